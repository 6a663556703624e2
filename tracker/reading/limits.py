"""The limits under which the text of a file is read and searched in the process at hand.

What takes files apart in C runs in a process of its own (`sandbox`). Text is decoded, cleaned and searched by Python
alone, which nothing breaks out of; but a text made for it may take long, or much memory.
"""

from __future__ import annotations

import contextlib
import signal
from collections.abc import Iterator
from typing import Any

from tracker.errors import UnreadableDocument

MEMORY = 1024**3
"""Bytes of address space, on top of what the process has already."""
CPU_SECONDS = 20
"""Of processor time; on a quiet machine that is also how long a person waits."""


@contextlib.contextmanager
def limited(name: str) -> Iterator[None]:
    """What is done inside gets 20 s of processor time and 1 GiB of memory, all of it about the file `name`.

    Raises UnreadableDocument when that is not enough. Holds in the main thread and where the system has such limits:
    on Windows only the size of files and texts is limited.
    """

    def stop(*_: Any) -> None:
        raise UnreadableDocument(f"{name}: not read within {CPU_SECONDS} seconds; reading was stopped")

    before = _set_timer(stop)
    try:
        with _memory():
            yield
    except MemoryError:
        raise UnreadableDocument(f"{name}: needs more memory than any resolution does; reading was stopped") from None
    finally:
        if before is not None:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, before)


def _set_timer(stop: Any) -> Any:
    """The handler that was there before; None where there are no timers, or in another thread than the main one."""
    try:
        before = signal.signal(signal.SIGPROF, stop)
    except (AttributeError, ValueError):
        return None
    # Again every second: Python drops what is raised while it cleans up after an object.
    signal.setitimer(signal.ITIMER_PROF, CPU_SECONDS, 1)
    return before


@contextlib.contextmanager
def _memory() -> Iterator[None]:
    """Lowers the soft limit for a while, where the system says how much is in use (Linux)."""
    try:
        import resource

        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - at every file: pathlib is not free
            used = int(file.read().split()[0]) * resource.getpagesize()
    except (ImportError, OSError, ValueError):
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = min(limit for limit in (used + MEMORY, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
