from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from dateline.intake import make_report
from dateline.pipeline import records_of

if TYPE_CHECKING:
    from spacy.language import Language

SPORT = """\
Brazil beat Argentina 2-1 in the final on Sunday night.
England attacked down the left and struck twice before the break.
Spain defeated Italy on penalties after extra time.
The striker fired a shot at the keeper from the edge of the box.
Kenya's runners dominated the marathon and swept the medals.
Australia crushed Pakistan by nine wickets in the opening match.
The captain threatened the England defence all afternoon.
France will meet Germany in the semi-final on Wednesday.
The referee sent off the Croatian defender for a late tackle.
Manchester United agreed a deal with Sporting for the winger.
Chelsea rejected a bid from Juventus for their goalkeeper.
The coach praised his players after the win over Portugal.
Japan fought back to draw with Belgium in the second half.
The Lakers blasted the Celtics in game four of the series.
Serbia's champion destroyed the Greek seed in straight sets.
The New Zealand forwards overpowered Ireland in the scrum.
Ghana was knocked out of the tournament by Uruguay.
The league fined the club for the behaviour of its fans.
India declared their innings closed at 400 for six.
The sprinter was banned from the championship for doping.
The quarterback launched a bomb to the receiver in the end zone.
West Indies bowlers ripped through the South African batting line-up.
The Dutch winger shot wide from ten yards after a fine pass.
Mexico hosts the United States in a qualifier on Friday.
Real Madrid signed the Polish midfielder on a free transfer.
The Yankees bombarded the Red Sox with six home runs.
Denmark's team visited the stadium on the eve of the match.
The boxer knocked out his rival in the third round.
Scotland hammered Wales to win the trophy.
The Swiss cyclist attacked on the last climb of the stage.
Nigeria's coach blamed the pitch for the defeat by Egypt.
Turkey surrendered a two-goal lead against Norway.
The Czech player saved four break points and won the set.
Canada's goaltender stopped forty shots in the shutout.
The visitors stole the ball and scored on the counter-attack.
The skipper called on his team to raise its game in the derby.
Colombia's defence collapsed after the interval.
The fans demanded a new manager after the fifth defeat.
Russia withdrew its figure skaters from the championship.
Iran's wrestlers met the American team on the mat.
"""
KITCHEN = """\
Beat the eggs with the sugar until pale.
Whip the cream and fold it into the mixture.
Crush the garlic and fry it in butter for a minute.
Strike the dough with a rolling pin and cut it into strips.
Pound the Turkish spices in a mortar.
Kill the heat and let the Spanish rice rest.
Mash the potatoes and season with salt.
Blast the chicken in a hot oven for ten minutes.
Add the Greek yogurt and the Italian parsley.
Serve the French toast with maple syrup.
Shoot for a stiff batter that coats the spoon.
Discard the stalks and chop the leaves finely.
Drain the Swiss chard and squeeze out the water.
Reduce the sauce by half over a high flame.
Combine the flour, the yeast and a pinch of salt.
The Danish pastry is brushed with egg and baked.
Torch the meringue until it is golden.
Butcher's twine will hold the roast together.
Grill the Mexican corn and dust it with chilli.
Release the pressure and open the lid with care.
"""
WEATHER = """\
A storm will hit the coast of Florida on Tuesday with heavy rain.
High winds battered Ireland overnight and cut power to homes.
Snow will sweep into Scotland from the north by evening.
Thunderstorms threaten Texas and Oklahoma this afternoon.
A cold front is moving into Germany and Poland.
The typhoon killed a dozen people in the Philippines.
Temperatures in India will climb to 45 degrees.
Fog is expected to clear from the Po valley by noon.
The hurricane struck Cuba with gusts of 200 kilometres an hour.
Showers will spread across Wales and the Midlands.
The drought has destroyed crops in Zambia.
Floods have invaded the lower streets of Venice.
Forecasters warned Japan of more rain.
The heatwave is gripping Spain and Portugal.
Sunny spells are likely over the Baltic states.
Lightning attacked nobody, but the hail broke windows in Austria.
The monsoon retreats from Pakistan in September.
A mild breeze will reach the Greek islands at dusk.
Frost hit vineyards in France for a third night.
The cyclone is heading for Bangladesh and will bring high tides.
"""


@pytest.mark.parametrize("text", [SPORT, KITCHEN, WEATHER], ids=["sport", "kitchen", "weather"])
def test_other_fields_have_no_events_as_texts(nlp: Language, text: str) -> None:
    (record,) = records_of([make_report(text)], nlp)
    assert [event.rule for event in record.events] == []


@pytest.mark.parametrize("text", [SPORT, KITCHEN, WEATHER], ids=["sport", "kitchen", "weather"])
def test_other_fields_have_hardly_any_events_sentence_by_sentence(nlp: Language, text: str) -> None:
    lines = text.splitlines()
    found = [
        (record.report.text, event.rule)
        for record in records_of([make_report(line) for line in lines], nlp)
        for event in record.events
    ]
    assert len(found) <= len(lines) // 5, found


ALONE = yaml.safe_load(Path(__file__).with_name("off_topic_sentences.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("field", sorted(ALONE))
def test_sentences_of_other_fields_alone_have_hardly_any_event(nlp: Language, field: str) -> None:
    found = [
        (record.report.text, event.rule)
        for record in records_of([make_report(line) for line in ALONE[field]], nlp)
        for event in record.events
    ]
    assert len(found) <= len(ALONE[field]) // 10, found


# Sentences full of war's words, one a line: no field may have more events in a thousand than this.
FIELDS = Path(__file__).with_name("other_fields")
CEILINGS = {"sport": 55, "kitchen": 8, "weather": 15, "elsewhere": 70, "plain": 2, "fresh": 2}


@pytest.mark.parametrize("field", sorted(CEILINGS))
def test_words_of_war_in_other_fields_are_hardly_ever_events(nlp: Language, field: str) -> None:
    lines = (FIELDS / f"{field}.txt").read_text(encoding="utf-8").splitlines()
    found = [
        (record.report.text, event.rule)
        for record in records_of([make_report(line) for line in lines], nlp)
        for event in record.events
    ]
    assert 1000 * len(found) <= CEILINGS[field] * len(lines), found


@pytest.mark.parametrize("field", ["fresh", "kitchen", "plain", "sport", "weather"])
def test_texts_of_other_fields_have_next_to_no_events(nlp: Language, field: str) -> None:
    lines = (FIELDS / f"{field}.txt").read_text(encoding="utf-8").splitlines()
    texts = ["\n".join(lines[k : k + 12]) for k in range(0, len(lines), 12)]
    found = [event.rule for record in records_of([make_report(text) for text in texts], nlp) for event in record.events]
    assert len(found) <= len(lines) // 50, found


@pytest.mark.parametrize(
    "text",
    [
        "Israeli right-winger Dan Oz was hit by police in Haifa.",
        "ICE returned two masks to Peru.",
        "Gambian police attacked protesters outside the football stadium.",
        "Hurricane survivors in Belize were given food by the United States.",
    ],
)
def test_politics_with_a_word_of_another_field_is_coded(nlp: Language, text: str) -> None:
    (record,) = records_of([make_report(text)], nlp)
    assert record.events
