"""Many alternatives as one pattern that is quick to search.

The matcher of Python tries the alternatives of a group one after the other. Those with the same first letters are put
together, so that a word which opens none of them is passed over after a few steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HEAD = re.compile(r"(?:\\[^\w\s]|[^\W_]|[’'])(?![?*+{])")
"""A letter, or a mark with a stroke before it, that stands for itself and is there once."""
_GROUP = re.compile(r"\(\?:([^()]{1,300})\)(\??)(?![*+{])")
"""A group without others inside; group 2 says that it may be left out."""
_DEPTH = 4


def any_of(patterns: Iterable[str], depth: int = _DEPTH) -> str:
    """A group that matches as `pattern|pattern|...` does, the first that fits before later ones.

    Patterns with alternatives outside a group are left as they are.
    """
    branches: list[tuple[str, list[str]]] = []
    heads: dict[str, list[str]] = {}
    for pattern in patterns:
        head = _HEAD.match(pattern) if depth and not _parted(pattern) else None
        if head is None:  # it may match where those before it do: those behind it may not move before it
            branches.append(("", [pattern]))
            heads = {}
        elif head[0] in heads:
            heads[head[0]].append(pattern[head.end() :])
        else:
            rests = heads[head[0]] = [pattern[head.end() :]]
            branches.append((head[0], rests))
    found = [head + (rests[0] if len(rests) == 1 else any_of(rests, depth - 1)) for head, rests in branches]
    return f"(?:{'|'.join(found)})" if found else "(?!)"


def opened(patterns: Iterable[str]) -> str:
    """A look at the next letter: whether any of `patterns` may match there; nothing where one does not tell.

    For alternatives that cannot be put together, such as those whose groups say which of them matched.
    """
    found = [None if _parted(pattern) else _first_signs(pattern) for pattern in patterns]
    signs = set().union(*filter(None, found))
    return "" if None in found or not signs else f"(?=[{''.join(sorted(signs))}])"


def _first_signs(pattern: str) -> set[str] | None:
    """The signs with which what `pattern` matches may begin; None where that is not simply to be seen."""
    group = _GROUP.match(pattern)
    heads = [_HEAD.match(way) for way in (group[1].split("|") if group else [pattern])]
    if None in heads:
        return None
    signs = {head[0] for head in heads if head}
    if group and group[2]:
        rest = _first_signs(pattern[group.end() :])
        return None if rest is None else signs | rest
    return signs


def _parted(pattern: str) -> bool:
    """Whether alternatives stand outside the groups of a pattern."""
    depth = 0
    for sign in _SIGN.findall(pattern) if "|" in pattern else ():
        depth += (sign == "(") - (sign == ")")
        if sign == "|" and not depth:
            return True
    return False


_SIGN = re.compile(r"\\.|\[\^?\]?[^\]]{0,200}\]|[(|)]", re.DOTALL)
