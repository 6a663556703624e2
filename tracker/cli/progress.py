"""A progress bar on stderr, for people who wait; silent in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_WORTH_A_BAR = 5


def progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """`items` one by one, with a bar while a terminal watches and there are enough of them."""
    if total < _WORTH_A_BAR or sys.stderr is None or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console  # comes with Typer; 0.1 s that only those who wait for files pay
    from rich.progress import track

    yield from track(items, what, total, console=Console(stderr=True), transient=True)
