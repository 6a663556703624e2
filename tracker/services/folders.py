"""The documents that a command line names: files as they are, folders with all that is in them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import NotFound, NotPermitted, TrackerError
from tracker.reading.formats import is_known_format

SUFFIXES = frozenset({
    ".txt", ".text", ".md", ".pdf", ".docx", ".docm", ".doc", ".rtf", ".odt", ".fodt", ".html", ".htm", ".xhtml",
})  # fmt: skip
"""Endings of the files that are taken from a folder; a file that is named is read whatever its ending."""


_OF_THIS_PROCESS = ("/dev/", "/proc/")
"""Where names mean another file in the process that reads: `/dev/stdin`."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents in their order, and what else was found where documents were looked for.

    `others` are files of other kinds, which nobody reads; `failed` are folders without documents, or that cannot be
    read, and why. Whoever asked for the folder is told of both.
    """

    files: tuple[Path, ...]
    others: tuple[Path, ...] = ()
    failed: tuple[tuple[Path, TrackerError], ...] = ()


def documents_in(paths: Iterable[Path]) -> Documents:
    """The files named, with folders replaced by the documents in them and below, each file once, folders by name.

    Hidden files and folders, and the lock files of Word (`~$...`), do not count at all. A file without ending is
    taken when its first bytes are those of a PDF, a Word file or a web page. When there is no file at all, raises
    NotFound for a folder without documents, NotPermitted for one that cannot be read.
    """
    files: dict[Path, Path] = {}
    others: list[Path] = []
    failed: list[tuple[Path, TrackerError]] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - that of Path raises where a name is too long
            files.setdefault(_real(path), _everywhere(path))
            continue
        refused: list[Path] = []
        found = 0
        for inside, taken in _walk(path, refused):
            if taken:
                files.setdefault(_real(inside), _everywhere(inside))
                found += 1
            else:
                others.append(inside)
        failed += [(folder, NotPermitted(f"{folder}: no permission to read this folder")) for folder in refused]
        if not found and not refused:
            kinds = ", ".join(sorted(SUFFIXES))
            failed.append((path, NotFound(f"{path}: the folder holds no documents ({kinds})")))
    if failed and not files:
        raise failed[0][1]
    return Documents(tuple(files.values()), tuple(others), tuple(failed))


def _real(path: Path) -> Path:
    """What tells two names of one file apart from two files."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links, a folder that was removed: reading it will report that
        return path


def _everywhere(path: Path) -> Path:
    """A name of the same file that holds in another process too."""
    with contextlib.suppress(OSError, ValueError):
        names = [os.path.abspath(path), os.readlink(path) if path.is_symlink() else ""]  # noqa: PTH100, PTH115
        if any(name.startswith(_OF_THIS_PROCESS) for name in names) and path.is_file():
            return _real(path)
    return path


def _walk(folder: Path, refused: list[Path]) -> Iterator[tuple[Path, bool]]:
    """What is in a folder and below, by name; True for documents. Links to folders are not followed.

    Adds to `refused` the folders that cannot be read.
    """
    for name, folders, names in os.walk(folder, onerror=lambda error: refused.append(Path(error.filename))):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(names):
            if not file.startswith((".", "~$")):
                path = Path(name, file)
                yield path, _is_document(path)


def _is_document(path: Path) -> bool:
    """By its ending, whatever it is: reading says what is wrong with a pipe or a link to nowhere."""
    if path.suffix:
        return path.suffix.lower() in SUFFIXES
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return is_known_format(file.read(4096))
    except OSError:
        return False
