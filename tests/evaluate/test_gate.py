"""The evaluation gate: figures on our own gold never fall below their floors."""

from pathlib import Path

import pytest

from dateline.evaluate.gate import below, measure, raised, read_floors, write_floors

GOLD = Path(__file__).parent.parent / "gold"


@pytest.fixture(scope="module")
def figures():
    return measure(GOLD)


def test_figures_hold_their_floors(figures):
    print()
    for name, measured in figures.items():
        print(name, "  ".join(f"{figure} {value:.3f}" for figure, value in measured.items()))
    assert below(figures, read_floors(GOLD / "floors.toml")) == []


def test_every_figure_has_a_floor(figures):
    floors = read_floors(GOLD / "floors.toml")
    assert {name: set(measured) for name, measured in figures.items()} == {n: set(f) for n, f in floors.items()}


def test_a_fall_and_a_vanished_figure_close_the_gate():
    floors = {"samples records": {"events_f1": 0.5, "who_f1": 0.4}}
    assert below({"samples records": {"events_f1": 0.5, "who_f1": 0.4}}, floors) == []
    assert "below its floor" in below({"samples records": {"events_f1": 0.49, "who_f1": 0.4}}, floors)[0]
    assert "not measured" in below({"samples records": {"events_f1": 0.6}}, floors)[0]


def test_floors_rise_and_never_fall(tmp_path):
    floors = {"a records": {"up": 0.5, "down": 0.5}}
    new = raised({"a records": {"up": 0.8, "down": 0.2}}, floors)
    assert new["a records"]["up"] == pytest.approx(0.79, abs=0.001)
    assert new["a records"]["down"] == 0.5
    write_floors(tmp_path / "floors.toml", new)
    assert read_floors(tmp_path / "floors.toml") == new
