"""The alphabets and figures that label paragraphs, in the order in which they count."""

from __future__ import annotations

ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
HIJAI = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
"""The order of the dictionary, in which Word counts by itself unless told to follow the old one."""

CYRILLIC = "абвгдежзиклмнопрстуфхцчшщэюя"
LOOKALIKES = dict(zip("асеіорхум", "aceiopxym", strict=True))
"""Cyrillic letters that stand for Latin ones in lists typed on a Russian keyboard."""

_HAN = "一二三四五六七八九十"
ROMAN = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii",
    "xviii", "xix", "xx",
)  # fmt: skip


def number_value(number: str) -> int:
    """The value of a number of figures or of Chinese ones up to 99: `12`, `١٢`, `十二`."""
    if number.isdecimal():
        return int(number)
    tens, ten, ones = number.rpartition("十")
    return (10 * (_HAN.index(tens) + 1 if tens else 1) if ten else 0) + (_HAN.index(ones) + 1 if ones else 0)


def is_han(letter: str) -> bool:
    """Whether a label is a Chinese number: one figure, or with its tens."""
    return letter != "" and set(letter) <= set(_HAN) and (len(letter) == 1 or "十" in letter)
