"""Fonts for the scripts of a report, out of those that the system has."""

from __future__ import annotations

import re

from tracker.errors import Unavailable

_LATIN = (
    "Noto Sans", "DejaVu Sans", "Liberation Sans", "Arial", "Segoe UI", "Helvetica", "Helvetica Neue", "Calibri",
    "Libertinus Serif",
)  # fmt: skip
_SCRIPTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "Chinese": (
        "[\u3400-\u4dbf\u4e00-\u9fff]",
        "Noto Sans CJK SC (Debian: fonts-noto-cjk)",
        (
            "Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Sans SC", "Source Han Sans CN", "Noto Sans SC",
            "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimHei", "SimSun", "WenQuanYi Zen Hei",
            "WenQuanYi Micro Hei", "Droid Sans Fallback", "Noto Sans CJK JP",
        ),
    ),
    "Arabic": (
        "[\u0620-\u06ff\u0750-\u077f]",
        "Noto Sans Arabic or Noto Naskh Arabic (Debian: fonts-noto-core)",
        (
            "Noto Sans Arabic", "Noto Naskh Arabic", "Noto Kufi Arabic", "Amiri", "Scheherazade New", "Geeza Pro",
            "Traditional Arabic", "Simplified Arabic", "Arial", "Segoe UI", "Tahoma", "DejaVu Sans",
        ),
    ),
}  # fmt: skip
"""A script: its letters, the font to ask for, and the fonts that have it, the best first."""


def choose(families: list[str], text: str) -> list[str]:
    """The families to set `text` in, the first one for Latin and Cyrillic letters.

    Raises Unavailable when the text has letters of a script that no family of the system has.
    """
    known = set(families)
    chosen = [name for name in _LATIN if name in known][:1]
    for script, (letters, advice, names) in _SCRIPTS.items():
        found = [name for name in names if name in known]
        if re.search(letters, text):
            if not found:
                raise Unavailable(f"no font for {script} is on this system; nothing was written; install {advice}")
            chosen.append(found[0])
    return chosen or families[:1]
