"""Which form of a word goes with a number, in the six official languages (rules of Unicode CLDR, whole numbers)."""

from __future__ import annotations


def plural(language: str, count: int) -> str:
    """The CLDR category of `count`: zero, one, two, few, many or other."""
    if language == "ar":
        return _arabic(count)
    if language == "ru":
        return _russian(count)
    if language == "fr":
        return "one" if count in {0, 1} else "other"
    if language in {"en", "es"}:
        return "one" if count == 1 else "other"
    return "other"


def _arabic(count: int) -> str:
    if count <= 2:
        return ("zero", "one", "two")[count]
    if 3 <= count % 100 <= 10:
        return "few"
    return "many" if count % 100 >= 11 else "other"


def _russian(count: int) -> str:
    if count % 10 == 1 and count % 100 != 11:
        return "one"
    return "few" if count % 10 in {2, 3, 4} and count % 100 not in {12, 13, 14} else "many"
