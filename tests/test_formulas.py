"""Ways to say by when in Spanish, Russian, Arabic and Chinese: a file a language in `formulas/`."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from tracker.core.deadline import DateDeadline, Deadline, OffsetDeadline, RelativeDeadline, SessionDeadline
from tracker.extraction.context import Context
from tracker.extraction.deadlines import Timing, find_deadlines
from tracker.extraction.lexicon import load

FOLDER = Path(__file__).parent / "formulas"
TABLES = {path.stem: tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.toml"))}
ALL = [(language, formula) for language, table in TABLES.items() for formula in table["formulas"]]


def said(deadline: Deadline) -> str:
    match deadline:
        case SessionDeadline():
            found = f"session {deadline.body} {deadline.session} {deadline.relation.value}"
            return f"{deadline.ahead} {found}" if deadline.ahead else found
        case DateDeadline():
            found = f"date {deadline.value} {deadline.relation.value}"
            return f"{deadline.ahead} {found}" if deadline.ahead else found
        case OffsetDeadline():
            return f"offset {deadline.value} {deadline.anchor}"
        case RelativeDeadline():
            return "relative"


def meaning(timing: Timing) -> str:
    found = [said(one) for one in (timing.deadline, *timing.deadlines) if one]
    found += [f"recurs {timing.recurrence}"] if timing.recurrence else []
    return " + ".join([*found, *timing.doubts]) or "nothing"


@pytest.mark.parametrize(("language", "formula"), ALL)
def test_formula(language: str, formula: str) -> None:
    table = TABLES[language]
    clause = table["sentence"].replace("{}", formula)
    assert meaning(find_deadlines(clause, Context(load(language), "HRC", None, None))) == table["formulas"][formula]


def test_every_language_has_its_formulas() -> None:
    assert set(TABLES) == {"ar", "es", "ru", "zh"}
    assert all(len(table["formulas"]) >= 35 for table in TABLES.values())
