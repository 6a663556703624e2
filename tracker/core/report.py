"""The report model: all that a format may see. Formats lay it out; they add no words and no figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table: its text, and where it leads to if it is a link."""

    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its share of the width, and whether it holds numbers."""

    title: str
    weight: int = 1
    number: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; every row has a cell for each column."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of running text."""

    text: str


Block = Table | Words


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it; `level` 1 is directly below the title of the report."""

    title: str
    blocks: tuple[Block, ...]
    level: int = 1


@dataclass(frozen=True, slots=True)
class Report:
    """A progress report: `facts` say what it covers, as of which day, and which program made it."""

    title: str
    language: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
