"""Which resolutions people mean by a symbol."""

from __future__ import annotations

from tracker.core.selection import Selection, symbol_key
from tracker.errors import Ambiguous, NotFound, UsageError
from tracker.storage import queries
from tracker.storage.reader import Reader, Row


def require_resolutions(reader: Reader, selection: Selection) -> None:
    """A mistyped symbol must not look like "nothing overdue". Raises NotFound with near matches."""
    for symbol in (symbol.removeprefix("!") for symbol in selection.symbols):
        if not queries.find_resolutions(reader, symbol):
            find_resolution(reader, symbol)


def find_resolution(reader: Reader, symbol: str) -> Row:
    """The one resolution that `symbol` fits. Raises NotFound with near matches, Ambiguous, UsageError for an item."""
    found = queries.find_resolutions(reader, symbol)
    exact = [row for row in found if row["symbol_key"] == symbol_key(symbol)]
    if len(found) > 1 and not exact:
        raise Ambiguous(f"{symbol} fits several resolutions: {listed([row['symbol'] for row in found])}")
    if not found and ":" in symbol:
        raise UsageError(f"{symbol!r} is an item, and a resolution is asked for; `tracker show {symbol}` shows it")
    if not found:
        import difflib

        known = {row["symbol"]: row for row in queries.find_resolutions(reader)}
        shorts = {name.split("/", 2)[-1]: name for name in known} | {name: name for name in known}
        near = [shorts[name] for name in difflib.get_close_matches(symbol, list(shorts), 5, 0.5)]
        hint = f"; near: {listed(list(dict.fromkeys(near)))}" if near else ""
        raise NotFound(f"no resolution {symbol} is in the database{hint}; `tracker import FILE` adds one")
    return (exact or found)[0]


def listed(names: list[str]) -> str:
    """The first of the names, and how many there are besides."""
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
