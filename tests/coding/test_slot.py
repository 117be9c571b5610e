from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Record


@pytest.mark.parametrize(
    ("text", "recipient"),
    [
        ("Peru urged Chile to halt the drill.", "Chile"),
        ("Italy returned ten masks that date back to A.D. 640 to Bolivia.", "Bolivia"),
        ("Norway reaffirmed on Monday its support for Georgia.", "Georgia"),
        ("Togo gave approval for the Ghanaian police to enter.", "the Ghanaian police"),
        (
            "Iranian police detained a former Swedish diplomat days after the arrest of an envoy.",
            "a former Swedish diplomat",
        ),
        ("Nordic ministers told Hungary that it must free the prisoners.", "Hungary"),
        ("The Sudanese rebels set free two Indian engineers.", "free two Indian engineers"),
    ],
)
def test_the_phrase_in_a_slot_is_found_wherever_it_hangs(
    read: Callable[..., Record], text: str, recipient: str
) -> None:
    record = read(text)
    spans = [argument.span for event in record.events for argument in event.recipient]
    assert recipient in [text[slice(*span)] for span in spans if span is not None]
