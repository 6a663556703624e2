"""The one place that prints: tables for a terminal, TSV for a pipe, JSON and CSV where asked for."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tracker.errors import CannotWrite

_LEAST = 8
"""Characters that a shortened column keeps."""

_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")


def prepare() -> None:
    """Pipes get UTF-8 whatever the locale; a terminal that lacks a character gets its escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            with contextlib.suppress(OSError, ValueError):
                if stream.isatty():
                    stream.reconfigure(errors="backslashreplace")
                else:
                    stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def safe(text: str, *, keep_lines: bool = False) -> str:
    """`text` without anything that a terminal obeys: controls and bidi marks come out as visible escapes."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        char if (char.isprintable() and char not in _BIDI) or (keep_lines and char == "\n") else _visible(char)
        for char in text
    )


def _visible(char: str) -> str:
    if char in "\n\t\r":
        return " "
    if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn", "Co"}:
        return f"\\u{ord(char):04x}"
    return char if unicodedata.category(char).startswith("Z") else f"\\u{ord(char):04x}"


def line(text: str = "") -> None:
    """One line of result on stdout. Raises CannotWrite when stdout is closed."""
    if sys.stdout is None:
        raise CannotWrite("standard output is closed; there is nowhere to print to")
    sys.stdout.write(safe(text, keep_lines=True) + "\n")


def heading(strong: str, text: str = "") -> None:
    """A line whose beginning stands out on a terminal."""
    raw(bold(safe(strong)) + safe(text) + "\n")


def words(text: str, indent: str = "") -> None:
    """A long text: wrapped on a terminal, later lines indented by `indent`; one line in a pipe."""
    text = safe(text)
    if is_terminal() and _width(text) == len(text):
        import textwrap  # only for people

        text = "\n".join(textwrap.wrap(text, _columns(), subsequent_indent=indent, break_long_words=False)) or text
    raw(text + "\n")


def cut(text: str) -> None:
    """One line, cut at the end where a terminal is too narrow for it; whole in a pipe."""
    text = safe(text)
    raw((_fit(text, _columns()).rstrip() if is_terminal() else text) + "\n")


def raw(text: str) -> None:
    """Text that another escaper made safe for its format."""
    if sys.stdout is None:
        raise CannotWrite("standard output is closed; there is nowhere to print to")
    sys.stdout.write(text)


def problem(text: str) -> None:
    """One line about what went wrong or is doubtful, on stderr."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(safe(text) + "\n")
            sys.stderr.flush()


def flush() -> None:
    """Makes a full disk or a closed pipe known while the command can still say so."""
    if sys.stdout is not None:
        sys.stdout.flush()


def is_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout is not None and sys.stdout.isatty()


def bold(text: str) -> str:
    """`text` in bold on a terminal that wants it (NO_COLOR is obeyed); unchanged elsewhere. Call after `safe`."""
    if not is_terminal() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[1m{text}\x1b[0m"


def marked(text: str, spans: Sequence[Sequence[int]], indent: str) -> None:
    """A text with the places `spans` in bold, wrapped to the terminal; scripts without blanks break anywhere."""
    inside = {at for first, last in spans for at in range(first, last)}
    room = max(20, _columns() - len(indent))
    line: list[tuple[str, bool]] = []
    used, blank = 0, 0
    for at, char in enumerate(text):
        shown = safe(char)
        width = _width(shown)
        if used + width > room:
            # Back to the last blank, if it is not too far away.
            cut = blank if used - blank < 20 else len(line)
            raw(indent + _bolded(line[:cut]).rstrip() + "\n")
            line = line[cut:]
            while line and line[0][0] == " ":
                line.pop(0)
            used, blank = sum(_width(piece) for piece, _ in line), 0
        line.append((shown, at in inside))
        used += width
        if char == " ":
            blank = len(line)
    raw(indent + _bolded(line).rstrip() + "\n")


def _bolded(pieces: Sequence[tuple[str, bool]]) -> str:
    return "".join(
        bold(joined) if strong else joined
        for strong, group in groupby(pieces, key=lambda piece: piece[1])
        if (joined := "".join(piece for piece, _ in group))
    )


def as_json(value: Any) -> None:
    """`value` as JSON: one line an element for a list, so that diffs and `head` are useful."""
    if isinstance(value, list):
        raw("[" + ",".join("\n" + json.dumps(element, ensure_ascii=False) for element in value) + "\n]\n")
    else:
        raw(json.dumps(value, ensure_ascii=False, indent=1) + "\n")


def as_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Prints `csv_text`."""
    raw(csv_text(columns, rows))


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """CSV with a header; a cell that a spreadsheet would take for a formula gets an apostrophe before it."""
    import csv

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([spreadsheet_safe(cell(row.get(column))) for column in columns] for row in rows)
    return buffer.getvalue()


def spreadsheet_safe(text: str) -> str:
    """`text` that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def cell(value: Any) -> str:
    """The text of one value: lists joined, true as yes, nothing as empty."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, (list, tuple)):
        return ", ".join(cell(part) for part in value)
    if isinstance(value, Mapping):
        return str(value.get("text") or value.get("code") or "")
    return safe(str(value))


def table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, flexible: Sequence[str] = ()) -> None:
    """A table that fits the terminal; TSV in a pipe, whole.

    `flexible` columns are shortened, and where that is not enough left out, the first one first. No other column is
    ever cut: the widest one goes on on the next line where nothing else helps.
    """
    cells = [[cell(row.get(column)) for column in columns] for row in rows]
    if not is_terminal():
        for values in [list(columns), *cells]:
            raw("\t".join(values) + "\n")
        return
    kept = _kept(columns, _widths(columns, cells), flexible)
    shown = [columns[i] for i in kept]
    cells = [[values[i] for i in kept] for values in cells]
    widths = _shrunk(_widths(shown, cells), [column in flexible for column in shown], _columns())
    raw(bold(_row([column.replace("_", " ") for column in shown], widths)) + "\n")
    for values in cells:
        for line_ in _lines(values, widths):
            raw(_row(line_, widths) + "\n")


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(_width(values[i]) for values in [list(columns), *cells]) for i in range(len(columns))]


def _kept(columns: Sequence[str], widths: Sequence[int], flexible: Sequence[str]) -> list[int]:
    """Which columns there is room for, when each flexible one has at least `_LEAST` characters or all of its own."""
    kept = list(range(len(columns)))
    for name in flexible:
        least = [min(widths[i], _LEAST) if columns[i] in flexible else widths[i] for i in kept]
        if sum(least) + 2 * (len(kept) - 1) <= _columns():
            break
        kept = [i for i in kept if columns[i] != name]
    return kept


def _lines(values: Sequence[str], widths: Sequence[int]) -> Iterator[list[str]]:
    """The lines of one row: more than one where a column that may not be cut is narrower than its words."""
    over = sum(widths) + 2 * (len(widths) - 1) - _columns()
    widest = max(range(len(widths)), key=lambda i: (" " in values[i], widths[i]))
    if over <= 0 or " " not in values[widest]:
        yield list(values)
        return
    import textwrap

    room = max(_LEAST, widths[widest] - over)
    parts = textwrap.wrap(values[widest], room, break_long_words=False) or [""]
    for number, part in enumerate(parts):
        others = values if number == 0 else [""] * len(values)
        yield [part if i == widest else other for i, other in enumerate(others)]


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns


def _shrunk(widths: list[int], flexible: list[bool], available: int) -> list[int]:
    """Takes the missing characters from the widest flexible columns, down to `_LEAST` each."""
    over = sum(widths) + 2 * (len(widths) - 1) - available
    widths = list(widths)
    while over > 0:
        candidates = [i for i, soft in enumerate(flexible) if soft and widths[i] > _LEAST]
        if not candidates:
            break
        widest = max(candidates, key=lambda i: widths[i])
        widths[widest] -= 1
        over -= 1
    return widths


def _row(values: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(_fit(value, width) for value, width in zip(values, widths, strict=True)).rstrip()


def _fit(text: str, width: int) -> str:
    if _width(text) > width:
        while text and _width(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _width(text))


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    found = wcswidth(text)
    return found if found >= 0 else len(text)
