"""Automatic numbers of Word: they are nowhere in the text, only rules that say how to count.

ECMA-376, part 1, 17.9: a paragraph names a list (`numId`) and a level; the list names an abstract list whose levels
say where to start, how to write a number and what stands around it (`(%2)`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Element = Any
"""An lxml element."""


def local(element: Element) -> str:
    """The name of an element without its namespace: strict and usual Word files differ in that alone."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute by its name without namespace."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if key.rpartition("}")[2] == name), None)


def child(element: Element | None, *path: str) -> Element | None:
    """The first descendant along `path`, by names without namespace."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner) == name), None)
    return element


@dataclass(slots=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    written: str = "decimal"
    text: str = ""
    restarts: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Numbering:
    """The lists of one document, and how far each has been counted."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._styles: dict[str, tuple[str | None, Element | None]] = {}
        self._default_style: str | None = None
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        for style in styles if styles is not None else ():
            if local(style) == "style":
                self._read_style(style)
        linked: dict[str, str] = {}
        for row in numbering if numbering is not None else ():
            if local(row) == "abstractNum":
                number = value(row, "abstractNumId") or ""
                levels = (_level(level) for level in row if local(level) == "lvl")
                self._abstract[number] = dict(levels)
                link = value(child(row, "numStyleLink"))
                if link:
                    linked[number] = link
            elif local(row) == "num":
                self._read_list(row)
        for number, style in linked.items():
            list_id = value(child(self._styles.get(style, (None, None))[1], "numPr", "numId"))
            other = self._lists.get(list_id or "")
            if other:
                self._abstract[number] = self._abstract.get(other.abstract, {})

    def _read_style(self, style: Element) -> None:
        name = value(style, "styleId") or ""
        self._styles[name] = (value(child(style, "basedOn")), child(style, "pPr"))
        if value(style, "type") == "paragraph" and value(style, "default") in {"1", "true", "on"}:
            self._default_style = name

    def _read_list(self, row: Element) -> None:
        found = _List(value(child(row, "abstractNumId")) or "")
        for change in row:
            if local(change) != "lvlOverride":
                continue
            at = _number(value(change, "ilvl"), 0)
            start = value(child(change, "startOverride"))
            if start is not None:
                found.starts[at] = _number(start, 1)
            level = child(change, "lvl")
            if level is not None:
                found.levels[at] = _level(level)[1]
        self._lists[value(row, "numId") or ""] = found

    def label(self, properties: Element | None) -> str:
        """The number that Word prints before a paragraph with these properties; counts it. Empty without one."""
        list_id, at = self._place(properties)
        found = self._lists.get(list_id or "")
        if list_id in {None, "0"} or found is None:
            return ""
        levels = {**self._abstract.get(found.abstract, {}), **found.levels}
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(found.abstract, {})
        if at in found.starts and (list_id or "", at) not in self._started:
            counts[at] = found.starts[at]
        else:
            counts[at] = counts[at] + 1 if at in counts else level.start
        self._started.add((list_id or "", at))
        for above in range(at):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        for below in [number for number in counts if number > at]:
            if below not in levels or levels[below].restarts is None or at < (levels[below].restarts or 0):
                del counts[below]
        if level.written in {"bullet", "none"}:
            return ""
        return _written_out(level, levels, counts)

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """The list and level of a paragraph: its own, else those of its style or of the styles that it is based on."""
        own = child(properties, "numPr")
        list_id, at = value(child(own, "numId")), value(child(own, "ilvl"))
        style = value(child(properties, "pStyle")) or self._default_style
        first = style
        for _ in range(12):
            if style is None or style not in self._styles or list_id is not None:
                break
            based_on, its = self._styles[style]
            given = child(its, "numPr")
            list_id = value(child(given, "numId"))
            at = at if at is not None else value(child(given, "ilvl"))
            style = based_on
        if at is None and list_id is not None and own is None:
            at = self._level_of_style(list_id, first)
        return list_id, _number(at, 0)

    def _level_of_style(self, list_id: str, style: str | None) -> str | None:
        found = self._lists.get(list_id)
        levels = self._abstract.get(found.abstract, {}) if found else {}
        return next((str(at) for at, level in levels.items() if style and level.style == style), None)


def _level(element: Element) -> tuple[int, Level]:
    restarts = value(child(element, "lvlRestart"))
    legal = child(element, "isLgl")
    return _number(value(element, "ilvl"), 0), Level(
        start=_number(value(child(element, "start")), 0),
        written=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")) or "",
        restarts=_number(restarts, 0) if restarts is not None else None,
        legal=legal is not None and value(legal) not in {"0", "false", "off"},
        style=value(child(element, "pStyle")),
    )


def _written_out(level: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    text = level.text
    for at in range(9):
        mark = f"%{at + 1}"
        if mark in text:
            written = "decimal" if level.legal else levels.get(at, Level()).written
            text = text.replace(mark, written_as(counts.get(at, 1), written))
    return text.strip()


def _number(text: str | None, default: int) -> int:
    """A number from the file; anything else, or one that no list reaches, is the default."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > 6:
        return default
    return int(text)


_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщыэюя"
_ALPHABETS = {
    "arabicAlpha": "أبتثجحخدذرزسشصضطظعغفقكلمنهوي",
    "arabicAbjad": "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ",
}
_HAN = "一二三四五六七八九"
_HAN_FORMS = {
    "chineseCounting", "chineseCountingThousand", "taiwaneseCounting", "taiwaneseCountingThousand",
    "japaneseCounting", "ideographDigital", "taiwaneseDigital", "japaneseDigitalTenThousand",
}  # fmt: skip
"""Forms that are the same up to nine; from ten on all are written with tens, as people type them."""


def written_as(number: int, form: str) -> str:
    """A number in one of Word's forms; those that are not known here come out as decimals."""
    lower = form[:1].lower() + form[1:].replace("Letter", "letter").replace("Roman", "roman")
    if lower.endswith("roman") and 0 < number < 4000:
        text = _roman(number)
    elif lower.endswith("letter") and 0 < number <= 26 * 20:
        text = _LATIN[(number - 1) % 26] * ((number - 1) // 26 + 1)
    elif lower.startswith("russian") and 0 < number <= len(_RUSSIAN) * 20:
        text = _RUSSIAN[(number - 1) % len(_RUSSIAN)] * ((number - 1) // len(_RUSSIAN) + 1)
    elif 0 < number <= len(_ALPHABETS.get(form, "")):
        text = _ALPHABETS[form][number - 1]
    elif form in _HAN_FORMS and 0 < number < 100:
        text = _han(number)
    elif form == "decimalZero":
        text = f"{number:02}"
    else:
        text = str(number)
    return text.upper() if form.startswith("upper") or form.endswith("Upper") else text


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return (_HAN[tens - 1] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones - 1] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for worth, letters in _ROMAN:
        count, number = divmod(number, worth)
        text += letters * count
    return text
