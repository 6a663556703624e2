"""A file of sessions as people save it: commas, semicolons or tabs, days as in ISO or as 22.2.2027."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from tracker.core.calendar import SessionDates, read_rows
from tracker.errors import BadConfiguration, BadInputFile
from tracker.reading.decoding import decode

_NEEDED = ("body", "session", "opens")
_NAMES = {"organ": "body"}
"""Other names of columns."""

_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def read_file(path: Path) -> tuple[SessionDates, ...]:
    """The sessions of a file with the columns of `data/sessions.csv`. Raises BadInputFile for one that has not."""
    text, _ = decode(path.read_bytes(), str(path))
    try:
        rows = read_rows(_rows(text.splitlines()))
    except (BadConfiguration, BadInputFile, csv.Error) as mistake:
        raise BadInputFile(f"{path}: {mistake}; nothing was changed") from None
    seen: Counter[tuple[str, str]] = Counter()
    kinds: set[tuple[str, str, str]] = set()
    found = []
    for row in rows:
        if (row.body, row.session, row.kind) in kinds:
            raise BadInputFile(
                f"{path}: {row.body} {row.session} stands there twice; of a session that was held in two parts the "
                "second is of the kind resumed; nothing was changed"
            )
        kinds.add((row.body, row.session, row.kind))
        seen[row.body, row.session] += 1
        found.append(replace(row, part=seen[row.body, row.session]))
    return tuple(found)


def _rows(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    """The rows by the names of the columns, which the first line gives, and with it what separates them."""
    head = lines[0] if lines else ""
    told = re.fullmatch(r"sep=(.)", head.strip("\"' "))  # what a spreadsheet leaves to itself
    if told:
        lines = lines[1:]
        head = lines[0] if lines else ""
    between = told[1] if told else max(",;\t", key=head.count)
    table = csv.reader(lines, delimiter=between)
    names = [_NAMES.get(name.strip().lower(), name.strip().lower()) for name in next(table, [])]
    if missing := [name for name in _NEEDED if name not in names]:
        raise BadInputFile(
            f"no column {', '.join(missing)}; found: {', '.join(filter(None, names)) or 'nothing'} (separated by "
            f"{'tabs' if between == chr(9) else between}); `tracker sessions --csv` shows the columns"
        )
    for cells in table:
        yield {name: _iso(cell) for name, cell in zip(names, cells, strict=False)}


def _iso(cell: str) -> str:
    """A day with points, which is never the month first, as ISO writes it; anything else as it is."""
    match = _DOTTED.fullmatch(cell.strip())
    try:
        return date(int(match[3]), int(match[2]), int(match[1])).isoformat() if match else cell
    except ValueError:
        return cell
