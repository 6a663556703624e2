"""What changed between two wordings of one paragraph."""

from __future__ import annotations

from difflib import SequenceMatcher

_MOST, _CONTEXT = 4, 1


def changed_words(old: str, new: str) -> str:
    """The words that differ, each with a word of context: `“publish a guide” → “publish an annotated guide”`.

    At most four places are told; "…" stands for more.
    """
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    found = [
        (before[max(0, i - _CONTEXT) : k + _CONTEXT], after[max(0, j - _CONTEXT) : m + _CONTEXT])
        for tag, i, k, j, m in matcher.get_opcodes()
        if tag != "equal"
    ]
    told = [f"“{' '.join(left)}” → “{' '.join(right)}”" for left, right in found[:_MOST]]
    return ", ".join([*told, *(["…"] if len(found) > _MOST else [])])
