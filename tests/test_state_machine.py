"""The command line against a plain model: whatever people do in whatever order, both say the same after each step.

300 runs of 30 steps in CI; 30 runs elsewhere, or as many as TRACKER_RUNS says.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from tests.conftest import IN_CI
from tests.machines import CommandLine, drive, folder, rare_collection
from tests.model import CLOSED, DONE, OPEN, REF, STATUSES, Item, Model, Request, Text
from tracker.services.calendar import built_in

__all__ = ["folder", "rare_collection"]

PARTS = 10
RUNS = 300 if IN_CI else int(os.environ.get("TRACKER_RUNS", "30"))
START = date(2026, 8, 1)

REPORT = (
    "to prepare a report on the keeping of promises and to submit it to the Human Rights Council before its {} session"
)
OFFICE = "Requests the Office of the High Commissioner", ("ohchr", "Office of the High Commissioner")
STATES = "Invites States", ("states", "States")
BUREAU = "Demande au Haut-Commissariat", ("ohchr", "Haut-Commissariat")
PAYS = "Invite les États", ("states", "États")
SECRETARY = "Requests the Secretary-General", ("secretary-general", "Secretary-General")
NGOS = "Encourages non-governmental organizations", ("ngos", "non-governmental organizations")


def request(who: tuple[str, tuple[str, str]], words: str, force: str, **due: Any) -> Request:
    return Request(who[0], words, force, who[1], **due)


JUNE = date(2026, 6, 30)
REQUESTS = {
    "report": request(OFFICE, REPORT.format("sixty-third"), "request", session=63),
    "sooner": request(
        OFFICE, REPORT.format("sixty-second").replace("a report", "a short report"), "request", session=62
    ),
    "share": request(STATES, "to share their experience by 30 June 2026", "invite", day=JUNE),
    "share more": request(STATES, "to share their experience and their doubts", "invite"),
    "take part": request(NGOS, "to take part in the work", "encourage"),
    "guide": request(SECRETARY, "to publish a guide by 31 December 2026", "request", day=date(2026, 12, 31)),
    "rapport": request(
        BUREAU, "d’établir un rapport et de le lui soumettre avant sa soixante-troisième session", "request", session=63
    ),
    "partager": request(PAYS, "à faire part de leur expérience d’ici au 30 juin 2026", "invite", day=JUNE),
    "partager plus": request(PAYS, "à faire part de leur expérience et de leurs doutes", "invite"),
}
FRAMES = {
    "en": "Resolution adopted by the Human Rights Council on 4 April 2025\n\n58/90. Keeping of promises\n\n"
    "The Human Rights Council,\n\nRecalling its earlier resolutions on the matter,\n\n{}\n\n"
    "{}. Decides to remain seized of the matter.\n\n55th meeting\n4 April 2025\n",
    "fr": "Résolution adoptée par le Conseil des droits de l’homme le 4 avril 2025\n\n58/90. Tenue des promesses\n\n"
    "Le Conseil des droits de l’homme,\n\nRappelant ses résolutions antérieures sur la question,\n\n{}\n\n"
    "{}. Décide de rester saisi de la question.\n\n55e séance\n4 avril 2025\n",
}
TEXTS = {
    "first": ("en", ["report", "share", "take part"]),
    "corrected": ("en", ["sooner", "share", "take part", "guide"]),
    "shorter": ("en", ["report", "share more"]),
    "french": ("fr", ["rapport", "partager"]),
    "french again": ("fr", ["rapport", "partager plus"]),
}
MODELLED = {
    name: Text(language, {str(place): REQUESTS[request] for place, request in enumerate(names, 1)})
    for name, (language, names) in TEXTS.items()
}

PLACE = st.sampled_from(["1", "2", "3", "1", "2", "4", "1.2", "2.2", "1.3"])
PLACES = st.lists(PLACE, min_size=1, max_size=2)
PARTS_OF_ITEMS = st.lists(
    st.sampled_from(["to bake", "to take part", "to share their experience", "to prepare a report"]),
    min_size=2,
    max_size=3,
)
DAYS = st.sampled_from([START + timedelta(days=days) for days in (-100, -60, -20, -1, 0, 5, 30)])
PEOPLE = st.sampled_from(["Ana", "Bo"])
NOTES = st.sampled_from(["called", "asked again"])
EVIDENCE = st.sampled_from(["A/HRC/63/1", "https://example.org/a"])
REPORTS = st.fixed_dictionaries(
    {"status": st.sampled_from(STATUSES)}, optional={"note": NOTES, "evidence": EVIDENCE, "assignee": PEOPLE}
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "note": NOTES,
        "evidence": EVIDENCE,
        "assignee": st.sampled_from(["Ana", "Bo", ""]),
        "office": st.sampled_from(["X", ""]),
        "priority": st.sampled_from(["high", "low"]),
        "tag": st.sampled_from(["a", "b"]),
        "confirm": st.just("yes"),
    },
).filter(bool)
"""What several of can stand in one command; a tag is taken off, and a date set, by a command of its own."""
ALONE = st.one_of(
    st.builds(lambda tag: {"untag": tag}, st.sampled_from(["a", "b"])),
    st.builds(lambda day: {"due": day.isoformat()}, DAYS),
    st.builds(lambda day: {"extend": (day + timedelta(days=90)).isoformat()}, DAYS),
)
CORRECTIONS = st.fixed_dictionaries(
    {},
    optional={
        "force": st.sampled_from(["request", "urge", "as-read"]),
        "action": st.sampled_from(["to say more", "to say less", "as-read"]),
    },
).filter(bool)
OPTIONS = {"due": ["--reason", "agreed"], "extend": ["--authority", "A/HRC/DEC/31/115"]}


def arguments(change: dict[str, str]) -> Iterator[str]:
    """A change as options."""
    for name, value in change.items():
        if name == "confirm":
            yield "--confirm"
        else:
            yield from ("--extend-to" if name == "extend" else f"--{name}", value, *OPTIONS.get(name, []))


def timeliness(due: date | None, status: str | None, since: str | None, day: date) -> str:
    if due is None:
        return "no_deadline"
    if status in CLOSED:
        return "late" if since and since > due.isoformat() else "on_time"
    if due < day:
        return "overdue"
    return "due_soon" if due <= day + timedelta(days=30) else "upcoming"


def shown(item: Item, action: str, day: date, *, past: bool) -> dict[str, Any]:
    """The keys of `list --json` that the model knows."""
    at = day if past else None
    due, status, since = item.held("due_on", at), item.held("status", at), item.since(at)
    first = item.held("first_due_on", at)
    state, promise = (timeliness(date.fromisoformat(one) if one else None, status, since, day) for one in (due, first))
    return {
        "ref": REF + item.place,
        "force": item.held("force"),
        "action": action,
        "status": status,
        "status_on": since,
        "timeliness": state,
        "days_overdue": (day - date.fromisoformat(due)).days if due and state == "overdue" else None,
        "due_on": due,
        "first_due_on": first,
        "extended": item.held("extension", at) is not None,
        "late_against_first": promise in {"late", "overdue"} if first else None,
        "assignee": item.held("assignee", at),
        "office": item.held("office", at),
        "priority": item.held("priority", at),
        "tags": (item.held("tags", at) or "").split(),
        "to_check": item.held("to_check", at) == "yes",
        "group": item.held("office_group"),
        "addressees": [
            {"code": code, "text": words} for code, words in json.loads(item.held("addressee_words") or "[]")
        ],
    }


class Machine(CommandLine):
    """One resolution and its model."""

    def __init__(self) -> None:
        super().__init__()
        known = {number: built_in().find("HRC", number) for number in (62, 63)}
        sessions = {
            number: (row.opens, row.closes, row.mark == "yes")
            for number, row in known.items()
            if row and row.opens and row.closes
        }
        self.model = Model(START, sessions)

    def compare(self) -> None:
        """All that can be seen now and the whole history; the past, what is overdue and single items in turns."""
        self.compare_list(None)
        self.compare_history()
        turn, what = divmod(next(self.turns), 3)
        day = self.model.today - timedelta(days=29 * turn)
        if what == 0:
            self.compare_list(day)
        elif what == 1:
            self.compare_overdue(day)
        else:
            self.compare_item(turn)

    def visible(self) -> list[Item]:
        items = [item for item in self.model.items.values() if self.model.visible(item.place)]
        return sorted(items, key=lambda item: item.order)

    def compare_list(self, past: date | None) -> None:
        day = past or self.model.today
        rebuilt = day < self.model.today
        expected = [shown(item, self.model.action(item), day, past=rebuilt) for item in self.visible()]
        found = self.ask("list", *(["--as-of", day.isoformat()] if past else [])).json()
        keys = expected[0].keys() if expected else {}
        assert [{key: item[key] for key in keys} for item in found] == expected

    def compare_overdue(self, day: date) -> None:
        past = day if day < self.model.today else None
        late = [
            REF + item.place
            for item in self.visible()
            if item.held("status", past) in OPEN and (item.held("due_on", past) or "9") < day.isoformat()
        ]
        result = self.ask("overdue", "--check", "--as-of", day.isoformat())
        assert sorted(item["ref"] for item in result.json()) == sorted(late)
        assert result.code == int(bool(late))

    def compare_item(self, turn: int) -> None:
        """What stands in `show` only, of one item; one that was withdrawn is not shown."""
        place = sorted(self.model.items)[turn % len(self.model.items)]
        result = self.ask("show", f":{place}")
        assert (result.code == DONE) is self.model.visible(place)
        if result.code == DONE:
            item, found = self.model.items[place], result.json()
            assert sorted(note["note"] for note in found["notes"]) == sorted(self.model.kept(item, "note"))
            assert sorted(one["value"] for one in found["evidence"]) == sorted(self.model.kept(item, "evidence"))

    @initialize(name=st.sampled_from(["first", "corrected", "french"]))
    def begin(self, name: str) -> None:
        self.import_(name, "Ana")

    @rule(name=st.sampled_from(list(TEXTS)), by=PEOPLE)
    def import_(self, name: str, by: str) -> None:
        self.run(self.model.read(MODELLED[name], by), "import", self.folder / f"{name}.txt", by=by)

    @rule(places=PLACES, change=CHANGES, on=st.none() | DAYS, by=PEOPLE)
    def update(self, places: list[str], change: dict[str, str], on: date | None, by: str) -> None:
        code = self.model.update(places, change, on, by)
        day = ["--on", on.isoformat()] if on else []
        self.run(code, "update", *(f":{place}" for place in places), *arguments(change), *day, by=by)

    @rule(places=PLACES, change=REPORTS, on=st.none() | DAYS, by=PEOPLE)
    def report(self, places: list[str], change: dict[str, str], on: date | None, by: str) -> None:
        self.update(places, change, on, by)

    @rule(place=st.sampled_from(["1", "2", "3"]), status=st.sampled_from(STATUSES), by=PEOPLE)
    def report_today(self, place: str, status: str, by: str) -> None:
        self.update([place], {"status": status, "note": "seen"}, None, by)

    @rule(place=st.sampled_from(["1", "2", "3"]), change=ALONE, on=st.none() | DAYS, by=PEOPLE)
    def set_date(self, place: str, change: dict[str, str], on: date | None, by: str) -> None:
        self.update([place], change, on, by)

    @rule(place=PLACE, correction=CORRECTIONS, by=PEOPLE)
    def edit(self, place: str, correction: dict[str, str], by: str) -> None:
        code = self.model.edit(place, correction, by)
        self.run(code, "edit", f":{place}", *arguments(correction), by=by)

    @rule(place=PLACE, parts=PARTS_OF_ITEMS, by=PEOPLE)
    def split(self, place: str, parts: list[str], by: str) -> None:
        # Words of another text would make a part the request of that text, more or less.
        words = self.model.text_of(self.model.items[place]) if place in self.model.items else ""
        parts = [part if part in words else ("to bake", "to brew", "to sew")[at] for at, part in enumerate(parts)]
        code = self.model.split(place, parts, by)
        self.run(code, "split", f":{place}", *(word for part in parts for word in ("--part", part)), by=by)

    @rule(places=st.lists(PLACE, min_size=1, max_size=3), keep=st.booleans(), by=PEOPLE)
    def merge(self, places: list[str], keep: bool, by: str) -> None:
        code = self.model.merge(places, keep, by)
        self.run(code, "merge", *(f":{place}" for place in places), *(["--keep"] if keep else []), by=by)

    @rule(places=st.permutations(["1", "2", "3", "1.2"]), by=PEOPLE)
    def merge_two(self, places: list[str], by: str) -> None:
        self.merge(places[:2], keep=True, by=by)

    @rule(
        paragraph=st.sampled_from("129"),
        action=st.sampled_from(["to sing", "to dance"]),
        day=st.none() | DAYS,
        by=PEOPLE,
    )
    def add(self, paragraph: str, action: str, day: date | None, by: str) -> None:
        code = self.model.add(paragraph, action, day, by)
        due = ["--deadline", day.isoformat()] if day else []
        self.run(code, "add", "58/90", paragraph, "--action", action, *due, by=by)

    @rule(session=st.sampled_from([62, 63]), opens=DAYS, days=st.sampled_from([20, 20, 20, -1]), by=PEOPLE)
    def set_session(self, session: int, opens: date, days: int, by: str) -> None:
        closes = opens + timedelta(days=days)
        code = self.model.set_session(session, opens, closes, by)
        dates = ("--opens", opens.isoformat(), "--closes", closes.isoformat())
        self.run(code, "sessions", "set", "HRC", str(session), *dates, by=by)

    @rule(number=st.none() | st.integers(1, 30), again=st.booleans(), dry_run=st.booleans(), by=PEOPLE)
    def undo(self, number: int | None, again: bool, dry_run: bool, by: str) -> None:
        if number is not None:
            number = (number - 1) % (len(self.model.operations) + 1) + 1
        code = self.model.undo(number, by, again=again, dry_run=dry_run)
        named = [str(number)] if number else []
        self.run(code, "redo" if again else "undo", *named, "--dry-run" if dry_run else "--yes", by=by)

    @rule(by=PEOPLE)
    def undo_last(self, by: str) -> None:
        self.undo(None, again=False, dry_run=False, by=by)

    @rule(by=PEOPLE)
    @precondition(lambda self: any(operation.undoes for operation in self.model.operations))
    def redo_last(self, by: str) -> None:
        self.undo(None, again=True, dry_run=False, by=by)

    @rule(days=st.sampled_from([1, 10, 40]))
    def days_pass(self, days: int) -> None:
        self.model.today += timedelta(days=days)
        self.compare()

    @rule()
    @precondition(lambda self: len(self.model.operations) % 4 == 3)
    def export_and_reload(self) -> None:
        self.reload()


@pytest.mark.slow
@pytest.mark.usefixtures("rare_collection")
@pytest.mark.parametrize("part", range(PARTS))
def test_the_program_does_what_the_model_does(part: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Split into parts with seeds of their own, so that all cores work."""
    for name, (language, names) in TEXTS.items():
        paragraphs = "\n\n".join(f"{i}. {REQUESTS[name].text};" for i, name in enumerate(names, 1))
        (folder / f"{name}.txt").write_text(FRAMES[language].format(paragraphs, len(names) + 1), encoding="utf-8")
    drive(Machine, part=part, runs=max(1, RUNS // PARTS), folder=folder, monkeypatch=monkeypatch)
