"""Which database: a file for SQLite, a URL for PostgreSQL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tracker.errors import UsageError


class Target(NamedTuple):
    """Where the data is: `path` of an SQLite file, or `url` of a PostgreSQL database.

    `usual` says that nobody named the file: the folder of the program is made for it when there is none.
    """

    path: Path | None = None
    url: str | None = None
    usual: bool = False

    @property
    def is_sqlite(self) -> bool:
        """Whether the data is in an SQLite file."""
        return self.path is not None

    @property
    def file(self) -> Path:
        """The SQLite file; only for targets that are one."""
        if self.path is None:
            raise TypeError("a PostgreSQL database has no file")
        return self.path

    def __str__(self) -> str:
        """For messages: the path, or the URL without its password."""
        if self.url is not None:
            return without_password(self.url)
        return str(self.path)


def without_password(text: str) -> str:
    """`text`, which may be the address of a database, without the password in it."""
    if "://" not in text:
        return text
    text = re.sub(r"(//[^/@:?]*):.*@", r"\1:***@", text)
    return re.sub(r"(?i)((?:^|[?&])(?:ssl)?password=)[^&]*", r"\1***", text)


def parse_target(text: str) -> Target:
    """Reads `--database`: a path, `sqlite:///path` or `postgresql://user@host/name`. Raises UsageError."""
    scheme, separator, rest = text.partition("://")
    if separator and scheme.removesuffix("+psycopg") in {"postgres", "postgresql"}:
        return Target(url=f"postgresql://{rest}")
    if text.startswith("sqlite:///"):
        text = text.removeprefix("sqlite:///")
    elif separator and re.fullmatch(r"[a-z][a-z0-9+.-]+", scheme):
        raise UsageError(
            f"--database {without_password(text)!r}: only SQLite files and postgresql:// addresses are known"
        )
    if not text.strip():
        raise UsageError("--database: the path is empty")
    return Target(path=Path(text).expanduser())
