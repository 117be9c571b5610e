"""How many of which unit: "a couple of", "two and a half", "several", and TIMEX3's code for it."""

from __future__ import annotations

from dateline.mentions.numerals import number
from dateline.mentions.times.readings.reader import Reader

_CODES = {
    "second": "TS",
    "minute": "TM",
    "hour": "TH",
    "day": "D",
    "week": "W",
    "fortnight": "W",
    "weekend": "WE",
    "month": "M",
    "quarter": "Q",
    "season": "SE",
    "half": "H",
    "year": "Y",
    "decade": "DE",
    "century": "CE",
    "millennium": "ML",
}


def count_of(r: Reader, words: list[str]) -> float | None:
    """How many: None where the words do not say ("several")."""
    drop = r.words_of("fillers")
    words = [word for word in words if word not in drop]
    if "couple" in words or "pair" in words:
        return 2
    if "dozen" in words:
        return 12 * (number([word for word in words if word not in ("dozen", "a")]) or 1)
    if not words or (words[0] in ("a", "an", "one", "the") and len(words) == 1):
        return 1
    if any(
        word in r.lexicon.values["VAGUECOUNT"]
        or word in ("number", "dozens", "scores", "hundreds", "thousands", "tens")
        for word in words
    ):
        return None
    return number([word for word in words if word != "a"])


def unit_of(r: Reader, name: str = "unit") -> str:
    """The unit that a part names, in the singular."""
    return str(r.value(name, "UNIT") or r.value(name, "UNITS"))


def length_value(count: float | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; ``PXY`` where the count is open."""
    if unit == "fortnight":
        unit, count = "week", None if count is None else count * 2
    elif unit == "decade" and count is not None:
        unit, count = "year", count * 10
    elif unit == "century" and count is not None:
        unit, count = "year", count * 100
    elif unit == "millennium" and count is not None:
        unit, count = "year", count * 1000
    code = _CODES[unit]
    time, code = ("T", code[1:]) if code[0] == "T" else ("", code)
    if code == "CE":
        code = "C"
    if count is None:
        return f"P{time}X{code}"
    if count != int(count):
        smaller = {
            "Y": ("M", 12),
            "H": ("M", 60),
            "M": ("S", 60) if time else ("D", 30),
            "D": ("TH", 24),
            "W": ("D", 7),
        }.get(code)
        rest = (count - int(count)) * smaller[1] if smaller else 0
        if smaller and abs(rest - round(rest)) < 0.01:
            whole = f"{int(count)}{code}" if int(count) else ""
            inner = smaller[0]
            inner = "T" + f"{round(rest)}H" if inner == "TH" else f"{round(rest)}{inner}"
            return f"P{time}{whole}{inner}"
        return f"P{time}{count:g}{code}"
    return f"P{time}{int(count)}{code}"


def is_age(r: Reader) -> bool:
    """Whether the length is somebody's or something's age."""
    after = r.after()
    if after in ("-", "–", "‑"):
        return r.after(1) in ("old", "olds")
    return after in ("old", "older", "younger") or (after == "of" and r.after(1) == "age")
