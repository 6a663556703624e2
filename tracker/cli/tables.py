"""The layout of tables on a terminal: what gives way when there is no room, and what never does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_LEAST = 8
"""Characters that a shortened column keeps."""


Shorter = Sequence[tuple[str, Sequence[str]]]
"""Columns with the cells that they have where there is no room for the whole ones."""


def laid_out(
    columns: Sequence[str],
    cells: Sequence[Sequence[str]],
    flexible: Sequence[str],
    available: int,
    shorter: Shorter = (),
) -> list[str]:
    """The lines of a table of `available` characters a line, the heading first.

    `flexible` columns are shortened; where that is not enough others take their `shorter` form, one after the other,
    and then the flexible ones are left out, the first one first. No other column is ever cut: the widest one goes on
    on the next line, before the last flexible one is left out.
    """
    cells = _shortened(columns, cells, flexible, available, shorter)
    kept = _kept(columns, cells, flexible, available)
    shown = [columns[i] for i in kept]
    rows = [[values[i] for i in kept] for values in cells]
    widths = _shrunk(_widths(shown, rows), [column in flexible for column in shown], available)
    over = _needed(widths) - available
    words = _longest_words(shown, rows)
    folded = max(range(len(widths)), key=lambda i: (words[i] < widths[i] and shown[i] not in flexible, widths[i]))
    if over > 0:
        widths[folded] = min(widths[folded], max(_LEAST, words[folded], widths[folded] - over))
    lines = [_row([column.replace("_", " ") for column in shown], widths)]
    for values in rows:
        lines += [_row(line, widths) for line in _lines(values, folded if over > 0 else None, widths)]
    return lines


def _shortened(
    columns: Sequence[str], cells: Sequence[Sequence[str]], flexible: Sequence[str], available: int, shorter: Shorter
) -> Sequence[Sequence[str]]:
    """The cells, with as many columns in their shorter form as it takes to keep all columns."""
    for name, texts in shorter:
        if _needed(_least(columns, cells, flexible)) <= available:
            break
        at = columns.index(name)
        cells = [[*values[:at], text, *values[at + 1 :]] for values, text in zip(cells, texts, strict=True)]
    return cells


def _needed(widths: Sequence[int]) -> int:
    """The characters of a line, with two between columns."""
    return sum(widths) + 2 * (len(widths) - 1)


def _widths(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    return [max(width_of(values[i]) for values in [list(columns), *cells]) for i in range(len(columns))]


def _longest_words(columns: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    """How narrow each column may be when its cells go on on the next line."""
    return [
        max(width_of(word) for values in [list(columns), *cells] for word in values[i].split(" "))
        for i in range(len(columns))
    ]


def _least(columns: Sequence[str], cells: Sequence[Sequence[str]], flexible: Sequence[str]) -> list[int]:
    """The widths when each flexible column has `_LEAST` characters, or all of its own."""
    widths = _widths(columns, cells)
    return [min(width, _LEAST) if name in flexible else width for name, width in zip(columns, widths, strict=True)]


def _kept(columns: Sequence[str], cells: Sequence[Sequence[str]], flexible: Sequence[str], available: int) -> list[int]:
    """Which columns there is room for; for the last flexible one another goes on on the next line."""
    kept, least = list(range(len(columns))), _least(columns, cells, flexible)
    words = _longest_words(columns, cells)
    for name in flexible:
        over = _needed([least[i] for i in kept]) - available
        if name == flexible[-1] and over > 0:
            over -= max((least[i] - max(_LEAST, words[i]) for i in kept if columns[i] not in flexible), default=0)
        if over <= 0:
            break
        kept = [i for i in kept if columns[i] != name]
    return kept


def _lines(values: Sequence[str], folded: int | None, widths: Sequence[int]) -> Iterator[list[str]]:
    """The lines of one row: more than one where column `folded` is narrower than its words."""
    if folded is None or width_of(values[folded]) <= widths[folded]:
        yield list(values)
        return
    import textwrap

    parts = textwrap.wrap(values[folded], widths[folded], break_long_words=False, break_on_hyphens=False) or [""]
    for number, part in enumerate(parts):
        others = values if number == 0 else [""] * len(values)
        yield [part if i == folded else other for i, other in enumerate(others)]


def _shrunk(widths: list[int], flexible: list[bool], available: int) -> list[int]:
    """Takes the missing characters from the widest flexible columns, down to `_LEAST` each."""
    over = _needed(widths) - available
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
