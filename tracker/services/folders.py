"""The documents that a command line names: files as they are, folders with all that is in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tracker.errors import NotFound, NotPermitted
from tracker.reading.formats import is_known_format

SUFFIXES = frozenset({
    ".txt", ".text", ".md", ".pdf", ".docx", ".docm", ".doc", ".rtf", ".odt", ".html", ".htm", ".xhtml",
})  # fmt: skip
"""Endings of the files that are taken from a folder; a file that is named is read whatever its ending."""


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents in their order, and what else the folders hold: files of other kinds, folders without permission.

    `others` are not read; whoever asked for the folder is told how many they are.
    """

    files: tuple[Path, ...]
    others: tuple[Path, ...] = ()


def documents_in(paths: Iterable[Path]) -> Documents:
    """The files named, with folders replaced by the documents in them and below, each file once, folders by name.

    Hidden files and folders, and the lock files of Word (`~$...`), do not count at all. A file without ending is
    taken when its first bytes are those of a PDF, a Word file or a web page. Raises NotFound for a folder without
    documents, NotPermitted for one that cannot be read.
    """
    files: dict[Path, Path] = {}
    others: list[Path] = []
    for path in paths:
        if not path.is_dir():
            files.setdefault(_real(path), path)
            continue
        found = 0
        for inside, taken in _walk(path):
            if taken:
                files.setdefault(_real(inside), inside)
                found += 1
            else:
                others.append(inside)
        if not found and path in others:
            raise NotPermitted(f"{path}: no permission to read this folder")
        if not found:
            raise NotFound(f"{path}: the folder holds no documents ({', '.join(sorted(SUFFIXES))})")
    return Documents(tuple(files.values()), tuple(others))


def _real(path: Path) -> Path:
    """What tells two names of one file apart from two files."""
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of links, which reading it will report
        return path.absolute()


def _walk(folder: Path) -> Iterator[tuple[Path, bool]]:
    """What is in a folder and below, by name; True for documents. Links to folders are not followed."""
    refused: list[Path] = []
    for name, folders, names in os.walk(folder, onerror=lambda error: refused.append(Path(error.filename))):
        folders[:] = sorted(inner for inner in folders if not inner.startswith("."))
        for file in sorted(names):
            if not file.startswith((".", "~$")):
                path = Path(name, file)
                yield path, _is_document(path)
    yield from ((path, False) for path in refused)


def _is_document(path: Path) -> bool:
    if not path.is_file():  # a pipe, a device, a link to nowhere
        return False
    if path.suffix:
        return path.suffix.lower() in SUFFIXES
    try:
        with path.open("rb") as file:
            return is_known_format(file.read(4096))
    except OSError:
        return False
