"""Everything that a database holds, on its way out: as one JSON document, or as a CSV file a table.

The JSON document has a line a row, so that it is written and read in constant memory, and ends with the number of rows
and a checksum. It depends on the content alone: loaded into an empty database, it is exported the same again.
The CSV files are for spreadsheets and other programs; they are not read back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Table

from tracker import __version__
from tracker.core.unseen import in_json
from tracker.reports import csv_
from tracker.reports.files import whole_file, write_folder
from tracker.reports.packing import pack_into
from tracker.storage.reader import Reader, reading
from tracker.storage.schema import head_revision
from tracker.storage.tables import data_tables, rows_of
from tracker.storage.target import Target

FORMAT = "tracker export"


def write_document(target: Target, file: BinaryIO) -> dict[str, int]:
    """Writes the JSON document to `file`, as the database is at this moment; returns the rows of each table."""
    digest = hashlib.sha256()
    counts: dict[str, int] = {}
    with reading(target) as reader:
        for piece in _pieces(reader, counts):
            content = piece.encode()
            digest.update(content)
            file.write(content)
    file.write(f'"sha256": "{digest.hexdigest()}"}}\n'.encode())
    return counts


def _pieces(reader: Reader, counts: dict[str, int]) -> Iterator[str]:
    head = {"format": FORMAT, "schema": head_revision(), "program": __version__}
    yield json.dumps(head)[:-1] + ', "tables": {'
    for table in data_tables():
        yield f'{"," if counts else ""}\n"{table.name}": ['
        counts[table.name] = 0
        for row in rows_of(reader, table):
            yield f"{',' if counts[table.name] else ''}\n{in_json(json.dumps(row, ensure_ascii=False))}"
            counts[table.name] += 1
        yield "\n]"
    yield f'\n}},\n"rows": {json.dumps(counts)},\n'


def write_csv(target: Target, to: Path, *, force: bool = False) -> None:
    """Writes a CSV file a table into the folder `to`, or into an archive when its name ends in `.zip`.

    Raises CannotWrite; what exists already stays unless `force`.
    """
    with reading(target) as reader:
        files = ((f"{table.name}.csv", _csv(reader, table)) for table in data_tables())
        if to.suffix.lower() == ".zip":
            with whole_file(to, force=force) as file:
                pack_into(file, files)
        else:
            write_folder(to, files, force=force)


def _csv(reader: Reader, table: Table) -> Iterator[bytes]:
    yield csv_.MARK + csv_.line(table.columns.keys())
    for row in rows_of(reader, table):
        yield csv_.line(row.values())
