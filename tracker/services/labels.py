"""The words of reports in one language: `data/labels/*.toml`, one file a language."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from tracker.core.plurals import plural
from tracker.core.selection import Selection
from tracker.errors import UsageError

_FOLDER = Path(__file__).resolve().parent.parent / "data" / "labels"
_ADDRESSEES = _FOLDER.parent / "addressees.toml"


def languages() -> tuple[str, ...]:
    """Codes of the languages that reports can be in."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


_TABLES = {
    "statuses": "status", "groups": "group_short", "timeliness": "timeliness", "forces": "force",
    "deliverables": "deliverable", "priorities": "priority", "bodies": "bodies",
}  # fmt: skip
"""Conditions whose values have words, each with their table."""


@dataclass(frozen=True)
class Labels:
    """All words that a report needs, by `table.key`."""

    language: str
    tables: dict[str, Any]

    def __call__(self, key: str, **values: object) -> str:
        """The words of `key` with `values` filled in."""
        table, _, name = key.partition(".")
        return str(self.tables[table][name]).format(**values)

    def count(self, key: str, count: int, **values: object) -> str:
        """The words of `key` in the form that goes with `count`, which stands in them as {n}."""
        table, _, name = key.partition(".")
        forms = self.tables[table][name]
        form = "zero" if count == 0 and "zero" in forms else plural(self.language, count)
        return str(forms.get(form, forms["other"])).format(n=count, **values)

    def joined(self, *sentences: str) -> str:
        """Sentences one after the other."""
        return ("" if self.language == "zh" else " ").join(sentences)

    @property
    def pair(self) -> str:
        """How this language writes a name and its value: `{name}: {value}`."""
        return str(self.tables["facts"]["colon"])

    def known(self, table: str, name: str | None) -> str:
        """The words of `name`, or `name` itself where this language has none for it."""
        return str(self.tables.get(table, {}).get(name, name or ""))

    def day(self, day: date | str | None) -> str:
        """A day in words: `13 September 2015`; nothing for None."""
        if not day:
            return ""
        found = date.fromisoformat(day) if isinstance(day, str) else day
        dates = self.tables["dates"]
        number = dates["first"] if found.day == 1 else found.day
        return str(dates["pattern"]).format(day=number, month=dates["months"][found.month - 1], year=found.year)

    def addressee(self, code: str) -> str:
        """The name of an addressee code in this language."""
        return str(_addressees().get(code, {}).get(self.language, code))

    def filter_words(self, selection: Selection) -> str:
        """The conditions of `selection` in words, or that there are none."""
        parts = []
        for field, value in selection._asdict().items():
            name = self.known("filter", field)
            if type(value) is tuple and value:  # `moment` is none
                listed = self("filter.comma").join(self._value(field, one) for one in value)
                parts.append(self("facts.colon", name=name, value=listed))
            elif isinstance(value, date):
                parts.append(f"{name} {self.day(value)}")
            elif value is True:
                parts.append(name)
            elif isinstance(value, str) and value:
                parts.append(self("facts.colon", name=name, value=value))
        return self("summary.separator").join(parts) or self("filter.all")

    def _value(self, field: str, value: object) -> str:
        text = str(value)
        plain = text.removeprefix("!")
        words = self.addressee(plain) if field == "addressees" else self.known(_TABLES.get(field, ""), plain)
        return words if plain == text else self("filter.not", value=words)


@cache
def load(language: str) -> Labels:
    """The words of `language`; those in English for a language that is read, but has no words for reports yet.

    Raises UsageError for a language that there is no file for.
    """
    if language not in languages():
        from tracker.extraction import lexicon

        if language in lexicon.languages():
            return load("en")
        raise UsageError(f"--language {language!r} is not one of {', '.join(languages())}")
    return Labels(language, tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8")))


@cache
def _addressees() -> dict[str, dict[str, Any]]:
    found = tomllib.loads(_ADDRESSEES.read_text(encoding="utf-8"))
    tables = found.get("addressees", found)
    return {code: table.get("names", table) for code, table in tables.items() if isinstance(table, dict)}
