"""A mixed stream of news: one report in three tells of politics, the others of sport, recipes, weather
and the like. The same reports every time, all of invented text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from dateline.samples import sample, sample_names

_HERE = Path(__file__).parent
_FIELDS = _HERE.parent / "tests" / "coding" / "other_fields"


def political_paragraphs() -> list[str]:
    """The paragraphs of the sample reports."""
    return [p for name in sample_names() for p in sample(name).text.split("\n\n")]


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
        yield desk, {"id": f"report-{number}", "text": text, "published": "2023-01-25", "publisher": "Dateline Samples"}
