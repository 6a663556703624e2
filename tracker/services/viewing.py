"""Items as the reading commands list them, with what is derived for a day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tracker.core.lead_times import ISSUE_WEEKS, SUBMIT_WEEKS
from tracker.core.selection import Selection, fits
from tracker.core.status import Status, Timeliness, ageing, is_overdue, timeliness
from tracker.services.day import Day
from tracker.services.occurrences import occurrences_of, summed_up, within
from tracker.storage import details, queries
from tracker.storage.conditions import in_order
from tracker.storage.reader import Reader, Row


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def weeks_before(stored: str | None, stored_weeks: int, weeks: int) -> str | None:
    """A day that was stored `stored_weeks` before a session opens, as `weeks` before it."""
    if stored is None or weeks == stored_weeks:
        return stored
    return date.fromordinal(max(1, date.fromisoformat(stored).toordinal() + 7 * (stored_weeks - weeks))).isoformat()


def as_item(row: Row, day: Day) -> dict[str, Any]:
    """An item as `--json` promises it: keys are only ever added."""
    due_on, status_on = _date(row["due_on"]), _date(row["status_on"])
    status = Status(row["status"])
    by_text = row["due_on"] == row["text_due_on"]
    overdue_days = (day.shown - due_on).days if due_on else 0
    state = timeliness(due_on, status, status_on, day.shown, day.due_soon_days)
    since = row.get("gone_since")
    gone = since is not None and since <= day.shown.isoformat()
    return {
        "ref": row["ref"],
        "id": row["id"],
        "symbol": row["symbol"],
        "paragraph": row["paragraph"],
        "sub": row["sub"],
        "force": row["force"],
        "addressees": [{"code": code, "text": words} for code, words in json.loads(row["addressee_words"])],
        "group": row["office_group"],
        "action": row["action"],
        "deliverable": row["deliverable"],
        "status": row["status"],
        "status_on": row["status_on"],
        "timeliness": state.value,
        "days_overdue": overdue_days if state == "overdue" else None,
        "ageing": ageing(overdue_days) if state == "overdue" else None,
        "due_on": row["due_on"],
        "due_text": row["due_text"],
        "due_verified": bool(row["due_verified"]) if due_on and by_text and row["due_verified"] is not None else None,
        "submit_by": weeks_before(row["submit_by"], SUBMIT_WEEKS, day.submit_weeks) if by_text else None,
        "issue_by": weeks_before(row["issue_by"], ISSUE_WEEKS, day.issue_weeks) if by_text else None,
        "first_due_on": row["first_due_on"],
        "extended": row["extension"] is not None,
        "late_against_first": _late(_date(row["first_due_on"]), status, status_on, day),
        "recurrence": row["recurrence"],
        "series": row["ref"].partition("@")[0] if row["series_id"] else None,
        "occurrence_on": row["occurrence_on"],
        "assignee": row["assignee"],
        "office": row["office"],
        "priority": row["priority"],
        "tags": row["tags"].split() if row["tags"] else [],
        "to_check": bool(row["to_check"]),
        "added": bool(row["added"]),
        "gone": gone,
        "gone_since": since if gone else None,
    }


def _late(first: date | None, status: Status, status_on: date | None, day: Day) -> bool | None:
    """Whether the first promise was not kept, whatever was extended since; None where nothing was promised."""
    if first is None:
        return None
    return timeliness(first, status, status_on, day.shown) in {Timeliness.LATE, Timeliness.OVERDUE}


def list_items(
    reader: Reader,
    selection: Selection,
    day: Day,
    *,
    order: str = "resolution",
    reverse: bool = False,
    limit: int | None = None,
    offset: int = 0,
    language: str | None = None,
) -> list[dict[str, Any]]:
    """The selected items as they are on `day`, in the words of `language` where that text was imported."""
    if day.rebuilt is not None and _asks_of_times(selection):
        end = None if limit is None else offset + limit
        rows = _rows_then(reader, selection, day, order=order, reverse=reverse)[offset:end]
    else:
        rows = queries.find_items(
            reader, selection, as_of=day.rebuilt, order=order, reverse=reverse, limit=limit, offset=offset
        )
        rows = told(reader, rows, day)
    return [as_item(row, day) for row in in_language(reader, rows, language)]


def _asks_of_times(selection: Selection) -> bool:
    """Whether a condition is about what a series has from its occurrences."""
    dates = selection.due_before, selection.due_after
    return bool(selection.statuses or selection.timeliness or selection.no_deadline or any(dates))


def _rows_then(reader: Reader, selection: Selection, day: Day, *, order: str, reverse: bool) -> list[Row]:
    """The selected items as they were told on a day in the past.

    Which occurrence of a series was the next open one then stands in no column, so that series are looked at by us.
    """
    whole = selection._replace(
        statuses=(), timeliness=(), due_before=None, due_after=None, no_deadline=False, recurring=True
    )
    series = queries.find_items(reader, whole, as_of=day.rebuilt)
    numbers = {row["id"] for row in series}
    rows = [row for row in queries.find_items(reader, selection, as_of=day.rebuilt) if row["id"] not in numbers]
    rows += [row for row in told(reader, series, day) if _fits_then(row, selection, day)]
    return in_order(rows, order, reverse=reverse)


def _fits_then(row: Row, selection: Selection, day: Day) -> bool:
    """Whether a series as it was told on a day meets the conditions that `_asks_of_times` names."""
    due, status = _date(row["due_on"]), Status(row["status"])
    state = timeliness(due, status, _date(row["status_on"]), day.shown, day.due_soon_days)
    return (
        fits([row["status"]], selection.statuses)
        and fits([state], selection.timeliness)
        and not (selection.no_deadline and due is not None)
        and (selection.due_before is None or (due is not None and due < selection.due_before))
        and (selection.due_after is None or (due is not None and due > selection.due_after))
    )


def told(reader: Reader, rows: list[Row], day: Day) -> list[Row]:
    """The items as they are told: a series in one row, due when its next open occurrence is."""
    found = occurrences_of(reader, rows, day)
    return [summed_up(row, found[row["id"]]) if row["id"] in found else row for row in rows]


def expanded(reader: Reader, rows: list[Row], day: Day) -> list[Row]:
    """The items with each series that has dates replaced by its occurrences up to the horizon."""
    found = occurrences_of(reader, rows, day)
    shown: list[Row] = []
    for row in rows:
        shown.extend(within(found[row["id"]], day) if found.get(row["id"]) else [row])
    return shown


def list_overdue(
    reader: Reader,
    selection: Selection,
    day: Day,
    *,
    order: str = "due",
    reverse: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """What is overdue of the selected items at the end of the day, by due date; of a series each open occurrence.

    With `limit` so many of them after `offset`.
    """
    last = None if limit is None else offset + limit
    rows = open_rows(reader, selection, day, day.shown, order=order, reverse=reverse, limit=last)
    return [as_item(row, day) for row in rows[offset:]]


def count_overdue(reader: Reader, selection: Selection, day: Day, most: int) -> int:
    """How many rows `list_overdue` has without a limit; any number above `most` says that there are more than that."""
    late = selection._replace(overdue_on=day.shown)
    once = queries.count_items(reader, late, as_of=day.rebuilt, most=most, once=True)
    if once > most or not queries.anything_recurs(reader):
        return once
    return once + len(open_rows(reader, selection._replace(recurring=True), day, day.shown))


def open_rows(
    reader: Reader,
    selection: Selection,
    day: Day,
    before: date,
    *,
    order: str = "due",
    reverse: bool = False,
    limit: int | None = None,
) -> list[Row]:
    """What is open at the end of the day and due before `before`; of a series each open occurrence."""
    late = selection._replace(overdue_on=before)
    # What is asked about the work is asked about the occurrences; the series only tells where to look.
    whole = selection._replace(
        statuses=(), assignees=(), offices=(), tags=(), priorities=(), timeliness=(), due_before=None, due_after=None,
    )  # fmt: skip
    # Each series stands at its next open date, so that the first ones by date are among as many items.
    first = limit if order == "due" and not reverse and day.rebuilt is None and whole == selection else None
    rows = queries.find_items(reader, late, as_of=day.rebuilt, order="due", limit=first)
    found = occurrences_of(reader, rows, day)
    rows = [row for row in rows if not found.get(row["id"])]
    if first is None and queries.anything_recurs(reader):
        everywhere = whole._replace(recurring=True, overdue_on=None if day.rebuilt else before)
        found = occurrences_of(reader, queries.find_items(reader, everywhere, as_of=day.rebuilt), day)
    for occurrences in found.values():
        rows += [row for row in occurrences if _is_open(row, selection, day, before)]
    return in_order(rows, order, reverse=reverse)[:limit]


def _is_open(row: Row, selection: Selection, day: Day, before: date) -> bool:
    """Whether an occurrence is open, due before a day, and fits the conditions that are about it, not its series."""
    return is_overdue(_date(row["due_on"]), Status(row["status"]), before) and fits_time(row, selection, day)


def fits_time(row: Row, selection: Selection, day: Day) -> bool:
    """Whether an occurrence meets the conditions that are about the work, which a series has none of itself."""
    due, status = _date(row["due_on"]), Status(row["status"])
    return (
        due is not None
        and not selection.no_deadline
        and (bool(row["to_check"]) or not selection.to_check)
        and (selection.due_before is None or due < selection.due_before)
        and (selection.due_after is None or due > selection.due_after)
        and fits([row["status"]], selection.statuses)
        and fits([row["assignee"]], selection.assignees)
        and fits([row["office"]], selection.offices)
        and fits([row["priority"]], selection.priorities)
        and fits([timeliness(due, status, _date(row["status_on"]), day.shown, day.due_soon_days)], selection.timeliness)
        and fits(row["tags"].split(), selection.tags)
    )


def in_language(reader: Reader, rows: list[Row], language: str | None) -> list[Row]:
    """The items with their words in `language`; those whose text was not imported in it keep the original's."""
    if language is None:
        return rows
    words = details.wordings_of(reader, [row["series_id"] or row["id"] for row in rows], language)
    found = []
    for row in rows:
        wording = words.get(row["series_id"] or row["id"], [{}])[0]
        found.append({**row, **{key: value for key, value in wording.items() if key != "item_id"}})
    return found
