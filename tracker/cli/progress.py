"""A progress bar on stderr, for people who wait; silent in a pipe."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_WORTH_A_BAR = 5
_WIDTH = 30


def progress(items: Iterable[T], total: int, what: str) -> Iterator[T]:
    """`items` one by one, with a bar while a terminal watches and there are enough of them.

    The bar is away whenever an item is out, so that what is printed about it stands on lines of its own.
    """
    if total < _WORTH_A_BAR or sys.stderr is None or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        yield from items
        return
    began = time.monotonic()
    _draw(_bar(what, 0, total, 0.0))
    try:
        for done, item in enumerate(items, 1):
            _draw("")
            yield item
            _draw(_bar(what, done, total, time.monotonic() - began))
    finally:
        _draw("")


def _bar(what: str, done: int, total: int, seconds: float) -> str:
    filled = _WIDTH * done // total
    left = f", {_clock(seconds / done * (total - done))} left" if done and seconds > 1 else ""
    return f"{what} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done} of {total}{left}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02} s" if minutes else f"{rest} s"


def _draw(text: str) -> None:
    """In place of the line that is there; cut where the terminal is narrow, since a wrapped line would stay."""
    width = shutil.get_terminal_size().columns
    sys.stderr.write(f"\r\x1b[K{text[: width - 1]}")
    sys.stderr.flush()
