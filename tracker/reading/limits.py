"""The limits under which a file is read and its text is searched.

What takes files apart in C runs under them in a process of its own for each file (`sandbox`). All else is Python
alone, which nothing breaks out of; but a text made for it may take long, or much memory.
"""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from typing import Any

from tracker.errors import UnreadableDocument

LARGEST = 50 * 1024 * 1024
"""Bytes of a file; the longest resolution known has 0.5 MB of text, so that anything larger is something else."""
MEMORY = 1024**3
"""Bytes of address space of a process that reads."""
CPU_SECONDS = 20
"""Of processor time for one file."""
WALL_SECONDS = 30
"""From start to end for one file, whatever it waits for."""


_LOOK = 0.5
"""Seconds from one look at the clocks to the next."""


def lower(limit: str, most: int, *, hard: bool = False) -> None:
    """Lowers a limit of this process (`RLIMIT_AS`) to `most`, for good where `hard`; one that is lower already stays.

    Does nothing on Windows, which has none.
    """
    try:
        import resource
    except ImportError:
        return
    kind = getattr(resource, limit)
    soft, highest = resource.getrlimit(kind)
    least = min(value for value in (most, soft, highest) if value != resource.RLIM_INFINITY)
    resource.setrlimit(kind, (least, least if hard else highest))


@contextlib.contextmanager
def limited(name: str, cpu_seconds: float, wall_seconds: float) -> Iterator[None]:
    """What is done inside, all of it about the file `name`, has these limits; in the main thread of a process.

    When the process that started this one is gone, all ends at once (SystemExit). Raises UnreadableDocument when the
    time, or the memory of the process, is not enough. Windows has no such clock: only memory is looked at there.
    """
    parent, started, used = os.getppid(), time.monotonic(), time.process_time()

    def look(*_: Any) -> None:
        if os.getppid() != parent:
            raise SystemExit
        for most, taken in (cpu_seconds, time.process_time() - used), (wall_seconds, time.monotonic() - started):
            if taken > most:
                raise UnreadableDocument(f"{name}: not read within {most:g} seconds; reading was stopped")

    try:
        with _looking(look):
            yield
    except MemoryError:
        raise UnreadableDocument(f"{name}: needs more memory than any resolution does; reading was stopped") from None


@contextlib.contextmanager
def _looking(look: Callable[..., None]) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):
        yield
        return
    before = signal.signal(signal.SIGALRM, look)
    # Again and again: Python drops what is raised while it cleans up after an object.
    signal.setitimer(signal.ITIMER_REAL, _LOOK, _LOOK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
