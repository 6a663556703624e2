"""Many files at once: folders walked, all cores used, and one bad file does not stop the rest."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from tracker.errors import NotFound, TrackerError

T = TypeVar("T")

SUFFIXES = frozenset({".txt", ".text", ".md", ".pdf", ".docx", ".doc", ".html", ".htm", ".xhtml"})
"""Endings of the files that are taken from a folder; a file that is named is read whatever its ending."""

_PARALLEL_FROM = 8
"""Starting processes costs about as much as reading this many files."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one file: its result, or the error with its exit code."""

    path: Path
    result: T | None
    error: str = ""
    exit_code: int = 0


def files_of(paths: Iterable[Path]) -> list[Path]:
    """The files named, with folders replaced by the documents in them, in the order of their names.

    Raises NotFound for a folder without documents.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        inside = sorted(
            file
            for file in path.rglob("*")
            if file.suffix.lower() in SUFFIXES and not file.name.startswith(".") and file.is_file()
        )
        if not inside:
            raise NotFound(f"{path}: the folder holds no documents ({', '.join(sorted(SUFFIXES))})")
        found += inside
    return found


def run(work: Callable[[Path], T], paths: Sequence[Path], jobs: int | None = None) -> Iterator[Outcome[T]]:
    """Does `work` on each file, in their order; `jobs` processes, by default as many as there are cores.

    `work` and its results must be picklable. Errors that a user can cause come back as outcomes.
    """
    count = min(jobs or os.cpu_count() or 1, len(paths))
    one = partial(_guarded, work)
    if count < 2 or (jobs is None and len(paths) < _PARALLEL_FROM):
        yield from map(one, paths)
        return
    from concurrent.futures import ProcessPoolExecutor  # multiprocessing: not for a single file

    with ProcessPoolExecutor(count) as pool:
        try:
            yield from pool.map(one, paths, chunksize=max(1, min(16, len(paths) // (count * 4))))
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _guarded(work: Callable[[Path], T], path: Path) -> Outcome[T]:
    try:
        return Outcome(path, work(path))
    except TrackerError as error:
        return Outcome(path, None, str(error), error.exit_code)
