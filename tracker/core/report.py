"""The report model: all that a format may see. Formats lay it out; they add no words and no figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

RIGHT_TO_LEFT = frozenset({"ar"})
"""Languages of the United Nations that are written from right to left."""


class Tone(StrEnum):
    """What a colour says of a value; the words beside it always say the same."""

    PLAIN = "plain"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"
    MUTED = "muted"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and what the text alone does not say.

    `links` has an entry a line of the text: where it leads to, or None. `value` is the number or the day that the
    text writes out. `language` is that of the text where it is not that of the report.
    """

    text: str
    links: tuple[str | None, ...] = ()
    value: int | date | None = None
    language: str | None = None
    tone: Tone = Tone.PLAIN

    @property
    def lines(self) -> tuple[tuple[str, str | None], ...]:
        """Each line that is not blank, with its link."""
        lines = self.text.split("\n")
        links = (*self.links, *(None for _ in lines))
        return tuple((line, link) for line, link in zip(lines, links, strict=False) if line.strip())


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, and whether it holds numbers."""

    title: str
    weight: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; every row has a cell for each column. `total` marks the last row as a sum."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: int
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart of numbers side by side; `alternative` says in words what it shows."""

    title: str
    alternative: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """Points in time: a day, and its row (or, where the chart has no rows, how many there were by then)."""

    label: str
    points: tuple[tuple[date, int], ...]
    tone: Tone


@dataclass(frozen=True, slots=True)
class Timeline:
    """Deadlines against deliveries.

    With `rows` (their labels) each point belongs to a row; without, the points are running totals. `ticks` are
    the days that the axis names; `today` is the day of the report.
    """

    title: str
    alternative: str
    due: Series
    done: Series
    today: date
    today_label: str
    ticks: tuple[tuple[date, str], ...]
    rows: tuple[str, ...] = ()


Chart = Bars | Timeline
Block = Table | Words | Bars | Timeline


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it.

    `level` 1 is directly below the title of the report; `key` names the section whatever the language; `wide` asks
    for a landscape page.
    """

    title: str
    blocks: tuple[Block, ...]
    level: int = 1
    key: str = ""
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """A progress report: `facts` say what it covers, as of which day, and which program made it.

    `items` is the matrix once more for programs and spreadsheets: a row an item, one value a cell. `pair` is how the
    language writes a name and its value.
    """

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    items: Table
    contents_title: str = ""
    sources_title: str = ""
    pair: str = "{name}: {value}"

    def paired(self, name: str, value: str) -> str:
        """A name with its value."""
        return self.pair.replace("{name}", name).replace("{value}", value)

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`, as HTML writes it."""
        return direction_of(self.language)


def direction_of(language: str) -> str:
    """The direction in which `language` is written: `rtl` or `ltr`."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"
