"""How a list looks: its order, its columns, and which rows of it are shown."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tracker.errors import UsageError

_COUNTED = 1_000


class Layout(NamedTuple):
    """How a list looks: its order, columns, and which rows of it."""

    order: str
    reverse: bool
    columns: tuple[str, ...]
    limit: int | None
    page: int

    @property
    def offset(self) -> int:
        """How many rows stand before the page."""
        return (self.page - 1) * (self.limit or 0)

    @property
    def counted(self) -> int:
        """Up to how many rows are counted: a page shall not wait for more."""
        return max(_COUNTED, self.offset + (self.limit or 0))


def order_of(wanted: str) -> str:
    """The order that `--sort` names, with or without its `-`. Raises UsageError with those that are possible."""
    from tracker.storage.conditions import ORDERS

    name = wanted.removeprefix("-")
    if name not in ORDERS:
        raise UsageError(f"--sort {name!r} is not one of {', '.join(ORDERS)}")
    return name


def columns_of(chosen: tuple[str, ...], known: Sequence[str]) -> tuple[str, ...]:
    """The columns that `--columns` names. Raises UsageError with those that are `known`."""
    for name in chosen:
        if name not in known:
            raise UsageError(f"--columns {name!r} is not one of {', '.join(known)}")
    return chosen
