"""The addressee codes, their groups and names: `data/addressees.toml`, read once and only when asked for.

Services store the group of an item when it is imported, so that the read path never needs this file.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tracker.errors import BadConfiguration

FILE = Path(__file__).resolve().parent.parent / "data" / "addressees.toml"

GROUPS = ("secretariat", "body", "states", "others")
"""The groups in the order of responsibility: the first that fits names the group of several addressees."""


@dataclass(frozen=True, slots=True)
class Code:
    """One addressee code: its group and its name for display, by language."""

    code: str
    group: str
    names: Mapping[str, str]


@cache
def codes() -> Mapping[str, Code]:
    """All codes by name, in the order of the file. Raises BadConfiguration when the file is wrong."""
    try:
        tables = tomllib.loads(FILE.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as mistake:
        raise BadConfiguration(f"{FILE.name}: {mistake}") from None
    found: dict[str, Code] = {}
    for code, table in tables.items():
        group = table.get("group")
        if group not in GROUPS:
            raise BadConfiguration(f"{FILE.name}: [{code}] has no group out of {', '.join(GROUPS)}")
        found[code] = Code(code, group, {key: name for key, name in table.items() if key != "group"})
    return found


def group_of(asked: Iterable[str]) -> str | None:
    """The group that a request belongs to: that of its addressee first in GROUPS; None without addressees.

    A request to the Secretary-General and to States is the Secretariat's to follow up.
    Unknown codes count as `others`.
    """
    known = codes()
    groups = {known[code].group if code in known else "others" for code in asked}
    return next((group for group in GROUPS if group in groups), None)


def name_of(code: str, language: str) -> str:
    """The name of `code` in `language`, else in English, else the code itself."""
    entry = codes().get(code)
    if entry is None:
        return code
    return entry.names.get(language) or entry.names.get("en") or code
