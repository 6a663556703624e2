"""The layout of tables on a terminal: what gives way when there is no room, and what never does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_LEAST = 8
"""Characters that a shortened column keeps."""


def laid_out(
    columns: Sequence[str], cells: Sequence[Sequence[str]], flexible: Sequence[str], available: int
) -> list[str]:
    """The lines of a table of `available` characters a line, the heading first.

    `flexible` columns are shortened, and where that is not enough left out, the first one first. No other column is
    ever cut: the widest one goes on on the next line where nothing else helps.
    """
    kept = _kept(columns, _widths(columns, cells), flexible, available)
    shown = [columns[i] for i in kept]
    rows = [[values[i] for i in kept] for values in cells]
    widths = _shrunk(_widths(shown, rows), [column in flexible for column in shown], available)
    lines = [_row([column.replace("_", " ") for column in shown], widths)]
    for values in rows:
        lines += [_row(line, widths) for line in _lines(values, widths, available)]
    return lines


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(width_of(values[i]) for values in [list(columns), *cells]) for i in range(len(columns))]


def _kept(columns: Sequence[str], widths: Sequence[int], flexible: Sequence[str], available: int) -> list[int]:
    """Which columns there is room for, when each flexible one has at least `_LEAST` characters or all of its own."""
    kept = list(range(len(columns)))
    for name in flexible:
        least = [min(widths[i], _LEAST) if columns[i] in flexible else widths[i] for i in kept]
        if sum(least) + 2 * (len(kept) - 1) <= available:
            break
        kept = [i for i in kept if columns[i] != name]
    return kept


def _lines(values: Sequence[str], widths: Sequence[int], available: int) -> Iterator[list[str]]:
    """The lines of one row: more than one where a column that may not be cut is narrower than its words."""
    over = sum(widths) + 2 * (len(widths) - 1) - available
    widest = max(range(len(widths)), key=lambda i: (" " in values[i], widths[i]))
    if over <= 0 or " " not in values[widest]:
        yield list(values)
        return
    import textwrap

    room = max(_LEAST, widths[widest] - over)
    parts = textwrap.wrap(values[widest], room, break_long_words=False) or [""]
    for number, part in enumerate(parts):
        others = values if number == 0 else [""] * len(values)
        yield [part if i == widest else other for i, other in enumerate(others)]


def _shrunk(widths: list[int], flexible: list[bool], available: int) -> list[int]:
    """Takes the missing characters from the widest flexible columns, down to `_LEAST` each."""
    over = sum(widths) + 2 * (len(widths) - 1) - available
    widths = list(widths)
    while over > 0:
        candidates = [i for i, soft in enumerate(flexible) if soft and widths[i] > _LEAST]
        if not candidates:
            break
        widest = max(candidates, key=lambda i: widths[i])
        widths[widest] -= 1
        over -= 1
    return widths


def _row(values: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(fit(value, width) for value, width in zip(values, widths, strict=True)).rstrip()


def fit(text: str, width: int) -> str:
    """`text` in exactly `width` columns: filled up, or cut with a sign that something is missing."""
    if width_of(text) > width:
        while text and width_of(text) > width - 1:
            text = text[:-1]
        text += "…"
    return text + " " * (width - width_of(text))


def width_of(text: str) -> int:
    """Columns of a terminal that `text` takes: two for a Chinese character, none for an accent."""
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    found = wcswidth(text)
    return found if found >= 0 else len(text)
