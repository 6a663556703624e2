"""A request that comes back, against a plain model of it: its times, what holds of all later ones, its end."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.conftest import IN_CI
from tests.machines import CommandLine, drive, folder, rare_collection
from tests.model import OPEN, REF, STATUSES, Request, Text, iso
from tests.series_model import SERIES, SeriesModel
from tests.test_state_machine import arguments, timeliness

__all__ = ["folder", "rare_collection"]

PARTS = 4
RUNS = 100 if IN_CI else int(os.environ.get("TRACKER_RUNS", "12"))
START = date(2026, 8, 1)
ASKED = Request(
    "Requests the Office of the High Commissioner",
    "to inform States every six months of the keeping of promises",
    "request",
    ("ohchr", "Office of the High Commissioner"),
)
TEXT = f"""Resolution adopted by the Human Rights Council on 4 April 2025

58/90. Keeping of promises

The Human Rights Council,

Recalling its earlier resolutions on the matter,

1. {ASKED.text};

2. Decides to remain seized of the matter.

55th meeting
4 April 2025
"""
DAYS = st.sampled_from([date(2025, 10, 4), date(2026, 4, 4), date(2026, 10, 4), date(2027, 4, 4), date(2027, 10, 4)])
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "status": st.sampled_from(STATUSES),
        "note": st.just("called"),
        "assignee": st.sampled_from(["Ana", "Bo", ""]),
        "priority": st.sampled_from(["high", "low"]),
        "tag": st.sampled_from(["a", "b"]),
    },
).filter(bool)
TAKEN_OFF = st.builds(lambda tag: {"untag": tag}, st.sampled_from(["a", "b"]))
PEOPLE = st.sampled_from(["Ana", "Bo"])


class Machine(CommandLine):
    """One series."""

    model: SeriesModel

    def __init__(self) -> None:
        super().__init__()
        self.model = SeriesModel(START, {})

    def compare(self) -> None:
        """The series in one row, each of its times, those that are past, and the whole history."""
        model = self.model
        listed = self.ask("list").json()
        assert [self.seen(row) for row in listed] == [self.whole()] * model.is_there()
        if model.is_there():
            found = self.ask("show", ":1").json()["occurrences"]
            expected = [self.one(day) for day in model.times(2) if self.is_shown(day)]
            assert [self.seen(row, "occurrence_on", "extended") for row in found] == expected
        past = [day for day in model.times(10) if self.is_past(day)] if model.is_there() else []
        overdue = [row["occurrence_on"] for row in self.ask("overdue").json()]
        assert sorted(overdue) == sorted(day.isoformat() for day in past)
        self.compare_history()

    def is_shown(self, day: date) -> bool:
        """Times that somebody touched are shown whatever their day."""
        return day in self.model.touched or day <= self.model.today.replace(year=self.model.today.year + 2)

    def is_past(self, day: date) -> bool:
        return self.model.status(day) in OPEN and self.model.due_on(day) < self.model.today

    def seen(self, row: dict[str, Any], *more: str) -> dict[str, Any]:
        names = ("ref", "status", "timeliness", "due_on", "assignee", "priority", "tags", *more)
        return {name: row[name] for name in names}

    def whole(self) -> dict[str, Any]:
        model, due = self.model, self.model.next_due()
        status = model.whole_status()
        return {
            "ref": REF + SERIES,
            "status": status,
            "timeliness": timeliness(due, status, None, model.today),
            "due_on": iso(due),
            **{name: model.series.held(name) for name in ("assignee", "priority")},
            "tags": (model.series.held("tags") or "").split(),
        }

    def one(self, day: date) -> dict[str, Any]:
        model, item = self.model, self.model.time(day)
        status, due = model.status(day), model.due_on(day)
        return {
            "ref": f"{REF}{SERIES}@{day}",
            "status": status,
            "timeliness": timeliness(due, status, item.since(None) if item else None, model.today),
            "due_on": due.isoformat(),
            **{name: model.of(day, name) for name in ("assignee", "priority")},
            "tags": (model.of(day, "tags") or "").split(),
            "occurrence_on": day.isoformat(),
            "extended": model.of(day, "extension") is not None,
        }

    @initialize()
    def begin(self) -> None:
        self.import_()

    @rule()
    def import_(self) -> None:
        self.run(self.model.read(READ, "Ana"), "import", self.folder / "series.txt", by="Ana")

    @rule(day=DAYS, change=CHANGES | TAKEN_OFF, by=PEOPLE)
    def update_time(self, day: date, change: dict[str, str], by: str) -> None:
        code = self.model.update_time(day, change, by)
        self.run(code, "update", f":1@{day}", *arguments(change), by=by)

    @rule(day=DAYS, status=st.sampled_from(["in_progress", "implemented"]), by=PEOPLE)
    def report(self, day: date, status: str, by: str) -> None:
        self.update_time(day, {"status": status, "note": "seen"}, by)

    @rule(day=DAYS, later=st.sampled_from([-10, 20, 200]), by=PEOPLE)
    def extend(self, day: date, later: int, by: str) -> None:
        self.update_time(day, {"extend": (day + timedelta(days=later)).isoformat()}, by)

    @rule(start=st.none() | DAYS, change=CHANGES | TAKEN_OFF, by=PEOPLE)
    def update_series(self, start: date | None, change: dict[str, str], by: str) -> None:
        code = self.model.update_series(start, change, by)
        named = f":1@{start}" if start else ":1"
        self.run(code, "update", named, "--series", *arguments(change), by=by)

    @rule(start=st.none() | DAYS, by=PEOPLE)
    def hand_over(self, start: date | None, by: str) -> None:
        self.update_series(start, {"assignee": "Cy"}, by)

    @rule(by=PEOPLE)
    def name_no_time(self, by: str) -> None:
        self.run(self.model.note(by), "update", ":1", "--note", "called", by=by)

    @rule(by=PEOPLE, number=st.none() | st.integers(1, 20))
    def undo(self, by: str, number: int | None) -> None:
        self.turn("undo", number, by)

    @rule(by=PEOPLE)
    @precondition(lambda self: any(operation.undoes for operation in self.model.operations))
    def redo(self, by: str) -> None:
        self.turn("redo", None, by)

    def turn(self, command: str, number: int | None, by: str) -> None:
        named = [str(number)] if number else []
        code = self.model.undo(number, by, again=command == "redo", dry_run=False)
        self.run(code, command, *named, "--yes", by=by)

    @rule(days=st.sampled_from([10, 100]))
    def days_pass(self, days: int) -> None:
        self.model.today += timedelta(days=days)
        self.compare()

    @rule()
    @precondition(lambda self: len(self.model.operations) % 4 == 3)
    def export_and_reload(self) -> None:
        self.reload()


READ = Text("en", {SERIES: ASKED})


@pytest.mark.slow
@pytest.mark.usefixtures("rare_collection")
@pytest.mark.parametrize("part", range(PARTS))
def test_series_do_what_the_model_does(part: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "series.txt").write_text(TEXT, encoding="utf-8")
    drive(Machine, part=part, runs=max(1, RUNS // PARTS), folder=folder, monkeypatch=monkeypatch)
