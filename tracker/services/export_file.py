"""Reading what `tracker export` wrote: line by line, and believed only when its counts and its checksum fit."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from tracker.errors import BadInputFile
from tracker.services.exporting import FORMAT

LONGEST = 512 * 1024 * 1024
"""Bytes of a line: the longest text that is read, twice, with every character escaped."""

_TABLE = re.compile(r'"(\w{1,60})": \[')


class ExportFile:
    """An export whose first line was read: `schema` is the revision of the tables that it holds.

    Lines may end in CR LF, as some ways of sending files make them. Raises BadInputFile, also from `rows`.
    """

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name
        self._number = 0
        self._digest = hashlib.sha256()
        self.counts: dict[str, int] = {}
        try:
            head = self._line()
        except BadInputFile:
            head = ""
        if not head.startswith(f'{{"format": "{FORMAT}"') or not head.endswith(', "tables": {'):
            raise BadInputFile(f"{name} is not the JSON that `tracker export` writes; nothing was stored")
        about = self._json(head.removesuffix(', "tables": {') + "}")
        self.schema, self.program = str(about.get("schema")), str(about.get("program"))

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """Table and content of each row; after the last one, `counts` holds the number of rows of each table.

        Nothing of it is to be kept when this raises BadInputFile, which it may do at the very end.
        """
        table = None
        while True:
            line = self._line().removesuffix(",")
            if line.startswith("{") and table is not None:
                yield table, self._json(line)
                self.counts[table] += 1
            elif table is None and (match := _TABLE.fullmatch(line)) and match[1] not in self.counts:
                table = match[1]
                self.counts[table] = 0
            elif line == "]" and table is not None:
                table = None
            elif line == "}" and table is None:
                break
            else:
                raise self._damaged("is not as it was written")
        self._verify()

    def _verify(self) -> None:
        line = self._line()
        if (
            not line.startswith('"rows": {')
            or self._json(line.removeprefix('"rows": ').removesuffix(",")) != self.counts
        ):
            raise self._damaged("does not have the number of rows that it should have")
        expected = f'"sha256": "{self._digest.hexdigest()}"}}'
        if self._line() != expected or self._file.read(1024).strip():
            raise self._damaged("was changed after it was written: its checksum is another one")

    def _line(self) -> str:
        raw = self._file.readline(LONGEST)
        self._number += 1
        if not raw:
            raise self._damaged("ends in the middle")
        raw = raw.rstrip(b"\r\n")
        self._digest.update(raw + b"\n")
        try:
            return raw.decode("utf-8")
        except UnicodeDecodeError:
            raise self._damaged("is not UTF-8") from None

    def _json(self, text: str) -> dict[str, Any]:
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, dict):
            raise self._damaged("is not as it was written")
        return found

    def _damaged(self, what: str) -> BadInputFile:
        return BadInputFile(f"{self._name}: line {self._number}: the file {what}; nothing was stored")

    def unfit(self, why: object) -> BadInputFile:
        """The error for content that does not fit the tables."""
        return BadInputFile(f"{self._name}: line {self._number}: {why}; nothing was stored")
