"""Many files at once: all cores used, results in order, and one bad file does not stop the rest."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from tracker.services.worker import Outcome, Worker, hire, release

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")

_PARALLEL_FROM = 8
"""Starting a second process costs about as much as reading this many files."""

_AHEAD = 8
"""How many files a process may be ahead of who takes the results: what waits takes memory."""


def run(work: Callable[[Path], T], paths: Sequence[Path], jobs: int | None = None) -> Iterator[Outcome[T]]:
    """Does `work` on each file, in their order; `jobs` processes, by default as many as there are cores.

    `work` and its results must be picklable. Errors that a user can cause come back as outcomes, and so does the
    end of a process (the system stops those that take all memory). Raises Unavailable when no process can be started.
    """
    count = min(jobs or _cores(), len(paths))
    if count < 2 or (jobs is None and len(paths) < _PARALLEL_FROM):
        count = 1
    team = _Team()
    try:
        yield from _in_turn(team, work, paths) if count == 1 else _side_by_side(team, work, paths, count)
    finally:
        # Interrupted, if any is still reading: nobody wants what it finds, which may take half a minute.
        team.stop()


def _cores() -> int:
    """The cores that this process may use: fewer than the machine has, in a container or on a cluster."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Team:
    """The processes that are reading."""

    def __init__(self) -> None:
        self._busy: set[Worker] = set()

    def read(self, work: Callable[[Path], T], path: Path) -> Outcome[T]:
        worker = hire()
        self._busy.add(worker)
        outcome = worker.read(work, path)
        self._busy.discard(worker)
        release(worker)
        return outcome

    def stop(self) -> None:
        for worker in [*self._busy]:
            worker.stop()


def _in_turn(team: _Team, work: Callable[[Path], T], paths: Sequence[Path]) -> Iterator[Outcome[T]]:
    for path in paths:
        yield team.read(work, path)


def _side_by_side(team: _Team, work: Callable[[Path], T], paths: Sequence[Path], count: int) -> Iterator[Outcome[T]]:
    from concurrent.futures import ThreadPoolExecutor  # not for a single file

    rest = iter(paths)
    # Each thread waits for a process of its own.
    with ThreadPoolExecutor(count) as pool:
        waiting: deque[Future[Outcome[T]]] = deque()
        try:
            waiting.extend(pool.submit(team.read, work, path) for path in islice(rest, count * _AHEAD))
            while waiting:
                done = waiting.popleft().result()
                waiting.extend(pool.submit(team.read, work, path) for path in islice(rest, 1))
                yield done
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            team.stop()
            raise
