"""The limits under which a file is read and its text is searched.

What takes files apart in C runs under them in a process of its own for each file (`sandbox`). All else is Python
alone, which nothing breaks out of; but a text made for it may take long, or much memory.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
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


@contextlib.contextmanager
def limited(name: str, cpu_seconds: float) -> Iterator[None]:
    """What is done inside, all of it about the file `name`, gets this much processor time; main thread only.

    Raises UnreadableDocument when that, or the memory of the process, is not enough. Windows counts no such time.
    """

    def stop(*_: Any) -> None:
        raise UnreadableDocument(f"{name}: not read within {cpu_seconds:g} seconds; reading was stopped")

    timed = hasattr(signal, "setitimer")
    if timed:
        before = signal.signal(signal.SIGPROF, stop)
        # Again every second: Python drops what is raised while it cleans up after an object.
        signal.setitimer(signal.ITIMER_PROF, cpu_seconds, 1)
    try:
        yield
    except MemoryError:
        raise UnreadableDocument(f"{name}: needs more memory than any resolution does; reading was stopped") from None
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)
