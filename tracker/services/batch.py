"""Many files at once: all cores used, results in order, and one bad file does not stop the rest."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from tracker.errors import Unavailable
from tracker.services.worker import WAIT, Outcome, Worker, first_ready, hire, release

T = TypeVar("T")

_PARALLEL_FROM = 8
"""Starting a second process costs about as much as reading this many files."""

_MOST = 256
_OWN_HANDLES = 40
"""What this process opens itself: the database, its journal, what is printed, and what starting a process takes."""

_WAITING = 2
"""How many files a process has: while it reads one it knows the next, and need not wait for it."""

_AHEAD = 8
"""How many files for each process are read before who takes the results has come so far: what waits takes memory."""


def run(work: Callable[[Path], T], paths: Sequence[Path], jobs: int | None = None) -> Generator[Outcome[T]]:
    """Does `work` on each file, in their order; `jobs` processes, by default as many as there are cores.

    Who does not take all closes it, so that nothing is read any more. `work` and its results must be picklable. Errors
    that a user can cause come back as outcomes, and so does the end of a process (the system stops those that take
    all memory). Raises Unavailable when no process can be started.
    """
    count = min(jobs or _cores(), len(paths), _affordable())
    if jobs is None and len(paths) < _PARALLEL_FROM:
        count = min(1, count)
    team = _Team(work, paths, count)
    try:
        yield from team.outcomes()
    finally:
        team.dismiss()


def _cores() -> int:
    """The cores that this process may use: fewer than the machine has, in a container or on a cluster."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _affordable() -> int:
    """How many processes may be had so that this one can still open files: each takes two of its handles."""
    try:
        import resource
    except ImportError:
        return _MOST
    handles, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return _MOST if handles == resource.RLIM_INFINITY else max(1, min(_MOST, (handles - _OWN_HANDLES) // 2))


class _Team(Generic[T]):
    """The processes that read the files of one run."""

    def __init__(self, work: Callable[[Path], T], paths: Sequence[Path], count: int) -> None:
        self._work, self._paths, self._count = work, paths, count
        self._workers: list[Worker] = []
        self._left = deque(range(len(paths)))
        self._done: dict[int, Outcome[T]] = {}

    def outcomes(self) -> Iterator[Outcome[T]]:
        """What became of the files, in their order."""
        for place in range(len(self._paths)):
            self._give(place)
            while place not in self._done:
                self._take()
                self._give(place)
            yield self._done.pop(place)

    def dismiss(self) -> None:
        """Lets all go; those that are still reading are stopped, all at once."""
        for worker in self._workers:
            if not worker.idle:
                worker.dismiss()
        while self._workers:
            release(self._workers.pop())

    def _give(self, place: int) -> None:
        """Sees that all have something to do while the result of the file at `place` is waited for, or used."""
        while self._left and self._left[0] < place + self._count * _AHEAD and (worker := self._free()):
            given = self._left.popleft()
            worker.give(given, self._work, self._paths[given])

    def _free(self) -> Worker | None:
        """The one that has least to do, a new one before any has a second file; None when all have enough."""
        least = min(self._workers, key=lambda worker: len(worker.given), default=None)
        if (least is None or least.given) and len(self._workers) < self._count:
            least = self._hire() or least
        return least if least and len(least.given) < _WAITING else None

    def _hire(self) -> Worker | None:
        """One more; None, and no further try, when the system starts none but has started one before."""
        try:
            self._workers.append(hire())
        except Unavailable:
            if not self._workers:
                raise
            self._count = len(self._workers)
            return None
        return self._workers[-1]

    def _take(self) -> None:
        """Waits for one result, and has others read what a process had that has ended."""
        busy = [worker for worker in self._workers if worker.given]
        worker = None
        while worker is None:
            worker = first_ready(busy, WAIT) or next((one for one in busy if one.late), None)
        place, outcome = worker.take()
        self._done[place] = outcome
        if worker.stopped:
            self._workers.remove(worker)
            self._left.extendleft(place for place, _ in reversed(worker.given))
