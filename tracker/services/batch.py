"""Many files at once: all cores used, results in order, and one bad file does not stop the rest."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from tracker.errors import TrackerError, UnreadableDocument
from tracker.reading.limits import limited

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

_PARALLEL_FROM = 8
"""Starting processes costs about as much as reading this many files."""

_CHUNK, _AHEAD = 4, 2
"""Files that a process gets at once, and how many times that it may be ahead: what waits takes memory."""


_GRACE = 5.0
"""Seconds for taking down what was begun."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one file: its result, or the error with its exit code."""

    path: Path
    result: T | None
    error: str = ""
    exit_code: int = 0


def run(work: Callable[[Path], T], paths: Sequence[Path], jobs: int | None = None) -> Iterator[Outcome[T]]:
    """Does `work` on each file, in their order; `jobs` processes, by default as many as there are cores.

    `work` and its results must be picklable. Errors that a user can cause come back as outcomes, and so does the
    end of a process (the system stops those that take all memory).
    """
    count = min(jobs or _cores(), len(paths))
    if count < 2 or (jobs is None and len(paths) < _PARALLEL_FROM):
        yield from (_guarded(work, path) for path in paths)
        return
    at = 0
    while at < len(paths):
        for outcome in _in_processes(work, paths[at:], count):
            at += 1
            yield outcome
        if at < len(paths):
            # A process died on this file or one soon after it: alone, it shows which.
            yield from list(_in_processes(work, paths[at : at + 1], 1)) or [_died(paths[at])]
            at += 1


def _cores() -> int:
    """The cores that this process may use: fewer than the machine has, in a container or on a cluster."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _in_processes(work: Callable[[Path], T], paths: Sequence[Path], count: int) -> Iterator[Outcome[T]]:
    """The outcomes of the first files, up to one on which a process died; of all files if none did."""
    from concurrent.futures import ProcessPoolExecutor  # multiprocessing: not for a single file
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import active_children

    each = partial(_each, work)
    chunks = iter([paths[at : at + _CHUNK] for at in range(0, len(paths), _CHUNK)])
    pool = ProcessPoolExecutor(count, initializer=_follow)
    waiting: deque[Future[list[Outcome[T]]]] = deque()
    try:
        waiting.extend(pool.submit(each, chunk) for chunk in islice(chunks, count * _AHEAD))
        while waiting:
            done = waiting.popleft().result()
            waiting.extend(pool.submit(each, chunk) for chunk in islice(chunks, 1))
            yield from done
    except BrokenProcessPool:
        return
    except BaseException:
        # Interrupted: nobody wants what is still being read, which may take half a minute.
        for process in active_children():
            process.terminate()
        # One that was sending what it read left half an answer: with our end closed too, nobody waits for the rest.
        pool._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001 - the pool has no other way
        raise
    finally:
        pool.shutdown(cancel_futures=True)


_working = threading.Lock()
"""In each process: held while files are read, until all that this began is ended."""


def _each(work: Callable[[Path], T], paths: Sequence[Path]) -> list[Outcome[T]]:
    try:
        with _working:
            return [_guarded(work, path) for path in paths]
    except SystemExit:  # of `_end`, after all that it interrupted
        os._exit(1)


def _guarded(work: Callable[[Path], T], path: Path) -> Outcome[T]:
    try:
        with limited(str(path)):
            return Outcome(path, work(path))
    except TrackerError as error:
        return Outcome(path, None, str(error), error.exit_code)


def _died(path: Path) -> Outcome[T]:
    reason = f"{path}: the process that read it was stopped by the system (out of memory?)"
    return Outcome(path, None, reason, UnreadableDocument.exit_code)


def _follow() -> None:
    """In each process: Ctrl-C is the business of the one that started it, and without that one it ends too.

    Reading is ended by an exception, so that a converter which runs ends with it and leaves no folder behind.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # the pool may send a second one, which would interrupt the first
    if not _working.locked():
        os._exit(1)
    raise SystemExit


def _end_with_parent() -> None:
    from multiprocessing import connection, parent_process

    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        if hasattr(signal, "pthread_kill"):
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
            _working.acquire(timeout=_GRACE)
        os._exit(1)
