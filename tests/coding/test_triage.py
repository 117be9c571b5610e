from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dateline.coding import load_codebook
from dateline.coding.triage import Triage, default_triage
from dateline.samples import sample, sample_names

GOLD = Path(__file__).parents[1] / "gold" / "sentences.yaml"
FIELDS = Path(__file__).parent / "other_fields"


def test_reports_with_political_acts_are_read():
    triage = default_triage()
    assert all(triage(sample(name).text) for name in sample_names())
    sentences = yaml.safe_load(GOLD.read_text(encoding="utf-8"))
    acts = [item["text"] for item in sentences if any(e.get("type") for e in item.get("events", []))]
    assert len(acts) > 40
    lost = [text for text in acts if not triage(text)]
    assert len(lost) <= 0.01 * len(acts), lost


@pytest.mark.parametrize(
    "text",
    [
        "Soften the onions in butter, add the stock and let it simmer. Freeze what is left in small jars.",
        "The novel follows three sisters who inherit a lighthouse. It is slow to begin. The end divided its readers.",
        "The comet can be seen with the naked eye. It stands low in the west. The next one is years away. Look up.",
        "Harwick Rovers came from two goals down to draw. A header gave them hope. The goalkeeper saved a penalty.",
    ],
)
def test_other_news_is_left(text):
    assert not default_triage()(text)


def test_text_of_other_fields_is_mostly_left_though_its_words_are_those_of_war():
    triage = default_triage()
    for field, most in (("kitchen", 0.25), ("sport", 0.6), ("weather", 0.6)):
        sentences = (FIELDS / f"{field}.txt").read_text(encoding="utf-8").splitlines()
        texts = [" ".join(sentences[k : k + 10]) for k in range(0, len(sentences), 10)]
        assert sum(map(triage, texts)) <= most * len(texts), field


def test_sport_between_states_is_read_where_there_is_politics_in_it():
    text = (
        "The striker scored a hat-trick in the semifinal. The goalkeeper saved a penalty. "
        "The government in Ankara summoned the ambassador, and police arrested two protesters."
    )
    assert default_triage()(text)


def test_a_trigger_of_the_users_own_has_its_report_read(tmp_path):
    book = tmp_path / "transfers.yaml"
    book.write_text(
        "type: TRANSFER\ndefinition: One player fools another.\nentries:\n- verbs: nutmeg\n", encoding="utf-8"
    )
    text = "The midfielder nutmegged the keeper."
    assert not default_triage()(text)
    assert Triage(load_codebook((str(book),), True))(text)


@pytest.mark.parametrize("text", ["", " \n", "…", "Зеленський", "\x00", "a" * 5000, "“" * 3000])
def test_any_text_is_looked_at(text):
    assert default_triage()(text) in (True, False)
