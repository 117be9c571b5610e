"""From PLOVER to CAMEO: the root code that a type stands for, finer where mode or context tells, and its score.

The Goldstein scale (Goldstein 1992, "A conflict-cooperation scale for WEIS events data"), as the field
assigns it to CAMEO's root and a few finer codes, runs from -10 (war) to +10 (union).
"""

from __future__ import annotations

from dateline.records import Event

_ROOT = {
    "AGREE": "03",
    "CONSULT": "04",
    "SUPPORT": "05",
    "COOPERATE": "06",
    "AID": "07",
    "CONCEDE": "08",
    "RETREAT": "08",
    "REQUEST": "10",
    "ACCUSE": "11",
    "REJECT": "12",
    "THREATEN": "13",
    "PROTEST": "14",
    "MOBILIZE": "15",
    "SANCTION": "16",
    "COERCE": "17",
    "ASSAULT": "19",
}
_MODE = {
    ("CONSULT", "visit"): "042",
    ("CONSULT", "phone"): "041",
    ("CONSULT", "third-party"): "044",
    ("CONSULT", "multilateral"): "046",
    ("ACCUSE", "disapprove"): "111",
    ("ACCUSE", "allege"): "112",
    ("ACCUSE", "investigate"): "09",
    ("REJECT", "assist"): "121",
    ("REJECT", "change"): "123",
    ("REJECT", "yield"): "124",
    ("REJECT", "meet"): "125",
    ("THREATEN", "relations"): "131",
    ("THREATEN", "restrict"): "132",
    ("THREATEN", "arrest"): "1324",
    ("THREATEN", "violence"): "138",
    ("PROTEST", "demo"): "141",
    ("PROTEST", "hunger"): "142",
    ("PROTEST", "strike"): "143",
    ("PROTEST", "obstruct"): "144",
    ("PROTEST", "riot"): "145",
    ("MOBILIZE", "police"): "151",
    ("MOBILIZE", "troops"): "152",
    ("SANCTION", "withdraw"): "161",
    ("SANCTION", "discontinue"): "162",
    ("SANCTION", "expel"): "166",
    ("COERCE", "restrict"): "172",
    ("COERCE", "censor"): "1721",
    ("COERCE", "curfew"): "1723",
    ("COERCE", "martial-law"): "1724",
    ("COERCE", "seize"): "171",
    ("COERCE", "arrest"): "173",
    ("COERCE", "deport"): "174",
    ("ASSAULT", "abduct"): "181",
    ("ASSAULT", "beat"): "182",
    ("ASSAULT", "sexual"): "1821",
    ("ASSAULT", "torture"): "1822",
    ("ASSAULT", "suicide-attack"): "1831",
    ("ASSAULT", "explosives"): "183",
    ("ASSAULT", "targeted"): "186",
    ("ASSAULT", "crowd-control"): "175",
    ("ASSAULT", "firearms"): "193",
    ("ASSAULT", "heavy-weapons"): "194",
    ("ASSAULT", "aerial"): "195",
    ("ASSAULT", "drone"): "195",
    ("ASSAULT", "unconventional"): "204",
}
_GOLDSTEIN = {
    "03": 4.0,
    "04": 1.0,
    "041": 1.0,
    "042": 1.9,
    "044": 2.5,
    "046": 7.0,
    "05": 3.5,
    "06": 6.0,
    "07": 7.0,
    "08": 5.0,
    "09": -2.0,
    "10": -5.0,
    "11": -2.0,
    "12": -4.0,
    "13": -6.0,
    "138": -7.0,
    "14": -6.5,
    "15": -7.2,
    "16": -4.0,
    "166": -7.0,
    "17": -7.0,
    "172": -5.0,
    "174": -5.0,
    "18": -9.0,
    "19": -10.0,
    "20": -10.0,
}
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), "VERBAL COOPERATION"),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), "MATERIAL COOPERATION"),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), "VERBAL CONFLICT"),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), "MATERIAL CONFLICT"),
}


def coded(event: Event) -> tuple[str, str | None] | None:
    """Type and mode as PLOVER codes them after its rules; None where it codes nothing."""
    return (event.plover.type, event.plover.mode) if event.plover else None


def cameo(type: str, mode: str | None) -> str | None:
    """The CAMEO code of a PLOVER type and mode, or None for a type of a user's own."""
    return _MODE.get((type, mode or "")) or _ROOT.get(type)


def goldstein(code: str) -> float | None:
    """The score of a CAMEO code: its own, or that of the nearest code above it."""
    for length in range(len(code), 1, -1):
        if code[:length] in _GOLDSTEIN:
            return _GOLDSTEIN[code[:length]]
    return None
