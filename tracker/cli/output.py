"""The one place that prints: tables for a terminal, TSV for a pipe, JSON and CSV where asked for."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from tracker.cli import tables
from tracker.cli.tables import width_of
from tracker.core.unseen import escape, in_json, visible
from tracker.errors import CannotWrite


def prepare() -> None:
    """Pipes get UTF-8 whatever the locale; a terminal that lacks a character gets its escape.

    Raises CannotWrite when stdout is closed: before anything is done that nobody would hear of.
    """
    if sys.stdout is None:
        raise CannotWrite("standard output is closed; nothing was done; > /dev/null is for those who want no output")
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
    text = visible(text if keep_lines else text.replace("\n", " "))
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() or char == "\n" else _shown(char) for char in text)


def _shown(char: str) -> str:
    """What no terminal can print is an escape; blanks of all widths stay."""
    import unicodedata

    return char if unicodedata.category(char).startswith("Z") else escape(char)


def line(text: str = "") -> None:
    """One line of result on stdout."""
    sys.stdout.write(safe(text, keep_lines=True) + "\n")


def heading(strong: str, text: str = "") -> None:
    """A line whose beginning, one word, stands out on a terminal; too long for it, it goes on in the next one."""
    strong = safe(strong)
    whole = _wrapped(strong + safe(text), "  ")
    raw(bold(strong) + whole.removeprefix(strong) + "\n")


def words(text: str, indent: str = "") -> None:
    """A long text: wrapped on a terminal, later lines indented by `indent`; one line in a pipe."""
    raw(_wrapped(safe(text), indent) + "\n")


def _wrapped(text: str, indent: str) -> str:
    if not is_terminal() or width_of(text) != len(text):
        return text
    import textwrap  # only for people

    lines = textwrap.wrap(text, _columns(), subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return "\n".join(lines) or text


def cut(text: str) -> None:
    """One line, cut at the end where a terminal is too narrow for it; whole in a pipe."""
    text = safe(text)
    raw((tables.fit(text, _columns()).rstrip() if is_terminal() else text) + "\n")


def raw(text: str) -> None:
    """Text that another escaper made safe for its format."""
    sys.stdout.write(text)


def problem(text: str) -> None:
    """One line about what went wrong or is doubtful, on stderr."""
    if sys.stderr is not None:
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(safe(text) + "\n")
            sys.stderr.flush()


def flush() -> None:
    """Makes a full disk or a closed pipe known while the command can still say so."""
    sys.stdout.flush()


def is_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()


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
        width = width_of(shown)
        if used + width > room:
            # Back to the last blank, if it is not too far away.
            cut = blank if used - blank < 20 else len(line)
            raw(indent + _bolded(line[:cut]).rstrip() + "\n")
            line = line[cut:]
            while line and line[0][0] == " ":
                line.pop(0)
            used, blank = sum(width_of(piece) for piece, _ in line), 0
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
        raw("[" + ",".join("\n" + json_text(element) for element in value) + "\n]\n")
    else:
        raw(json_text(value, indent=1) + "\n")


def json_text(value: Any, *, indent: int | None = None) -> str:
    """`value` as JSON in its own letters; what nobody sees is escaped, so that it fools no terminal and no diff."""
    return in_json(json.dumps(value, ensure_ascii=False, indent=indent))


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


def table(
    columns: Sequence[str],
    rows: Sequence[Mapping[str, Any]],
    *,
    flexible: Sequence[str] = (),
    shorter: tables.Shorter = (),
) -> None:
    """A table that fits the terminal, `flexible` columns first giving way, then the `shorter` ones; TSV in a pipe."""
    cells = [[cell(row.get(column)) for column in columns] for row in rows]
    if not is_terminal():
        for values in [list(columns), *cells]:
            raw("\t".join(values) + "\n")
        return
    heading_, *lines = tables.laid_out(columns, cells, flexible, _columns(), shorter)
    raw(bold(heading_) + "\n")
    raw("".join(f"{line_}\n" for line_ in lines))


def _columns() -> int:
    import shutil

    return shutil.get_terminal_size().columns
