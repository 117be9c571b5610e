"""A mixed stream of news: one report in three tells of politics, the others of sport, recipes, weather
and the like. The same reports every time, all of invented text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dateline.samples import sample, sample_names

PUBLISHED = {"published": "2023-01-25", "publisher": "Dateline Samples"}
_HERE = Path(__file__).parent
_FIELDS = _HERE.parent / "tests" / "coding" / "other_fields"


def political_paragraphs() -> list[str]:
    """The paragraphs of the sample reports."""
    return [p for name in sample_names() for p in sample(name).text.split("\n\n")]


def dense_reports(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Reports of politics alone, as long as the samples, of paragraphs drawn from all of them.

    Yields:
        Input objects.
    """
    draw = random.Random(seed)
    paragraphs = political_paragraphs()
    for number in range(count):
        yield {"id": f"report-{number}", "text": "\n\n".join(draw.sample(paragraphs, 8)), **PUBLISHED}


def other_paragraphs() -> dict[str, list[str]]:
    """Paragraphs without a political act, by desk; from sentences that resemble such acts, too."""
    desks: dict[str, list[str]] = {}
    for line in (_HERE / "other_news.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            paragraphs = desks.setdefault(line[3:], [])
        elif line and not line.startswith("#"):
            paragraphs.append(line)
    for path in sorted(_FIELDS.glob("*.txt")):
        sentences = path.read_text(encoding="utf-8").splitlines()
        desks[f"{path.stem} (hard)"] = [" ".join(sentences[k : k + 3]) for k in range(0, len(sentences), 3)]
    return desks


def mixed_stream(count: int, seed: int = 1) -> Iterator[tuple[str, dict[str, str]]]:
    """Reports of about 200 words, shuffled.

    Yields:
        The desk ("politics" or another), and the report as an input object.
    """
    draw = random.Random(seed)
    politics, others = political_paragraphs(), other_paragraphs()
    desks = sorted(others)
    for number in range(count):
        desk = "politics" if draw.random() < 1 / 3 else draw.choice(desks)
        paragraphs = politics if desk == "politics" else others[desk]
        text = "\n\n".join(draw.sample(paragraphs, min(len(paragraphs), 5)))
        yield desk, {"id": f"report-{number}", "text": text, **PUBLISHED}


_SYLLABLES = ("ba", "der", "fin", "go", "hal", "is", "ka", "lo", "mur", "ne", "or", "pe", "ri", "sto", "tan", "ul")


def short_reports(count: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Reports of about 60 words, each with names and numbers that no other has, as news has them.

    Yields:
        Input objects.
    """
    draw = random.Random(seed)
    politics, others = political_paragraphs(), [p for found in other_paragraphs().values() for p in found]

    def name() -> str:
        return "".join(draw.choices(_SYLLABLES, k=3)).capitalize()

    for number in range(count):
        paragraph = draw.choice(politics if draw.random() < 1 / 3 else others)
        line = f"{name()} {name()} of {name()} said that {draw.randrange(10**6):,} people had left {name()}."
        yield {"id": f"report-{number}", "text": f"{paragraph}\n\n{line}", **PUBLISHED}
