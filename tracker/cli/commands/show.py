"""tracker show: everything about one item, or a resolution with its ledger."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tracker.cli import ledger, options, output
from tracker.cli.changes import SAID_TWICE, sentence
from tracker.cli.items import due, marked, status
from tracker.cli.state import State
from tracker.core.status import Changed
from tracker.services.viewing import as_item
from tracker.storage.reader import reading

if TYPE_CHECKING:
    from tracker.services.showing import ItemView


def command(
    context: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="REF|SYMBOL",
            help="28/2:26, or 28/2 for the resolution.",
            autocompletion=options.complete_references,
        ),
    ],
    as_of: options.AsOf = None,
    language: options.Language = None,
    as_json: options.AsJson = False,
) -> None:
    """Show an item with its words, deadline and history, or a resolution with all its paragraphs.

    Example: tracker show 28/2:26
    """
    from tracker.services.showing import view_item, view_resolution

    state: State = context.obj
    day = options.day_of(state, as_of)
    with reading(state.target) as reader:
        if ":" in reference or reference.isdecimal():
            view = view_item(reader, reference, day, language)
            output.as_json(_item_json(view)) if as_json else _show_item(state, view)
        else:
            found = view_resolution(reader, reference, day, language)
            output.as_json(ledger.as_contract(found)) if as_json else ledger.show(found)


def _show_item(state: State, view: ItemView) -> None:
    item = view.item
    output.heading(item["ref"], f"  (no. {item['id']})" if item["id"] is not None else "")
    _show_request(view)
    _show_progress(view)
    if view.occurrences:
        output.line()
        output.table(_OCCURRENCE, [_occurrence(row, view) for row in view.occurrences])
    output.line()
    _paragraph(view)
    output.line()
    for event in view.events:
        if event["field"] not in SAID_TWICE:
            recorded = state.local(str(event["recorded_at"]))
            said = _event(event, recorded[:10], added=item["added"])
            output.words(f"{recorded}  {event['actor']}: {said}", "    ")


def _show_request(view: ItemView) -> None:
    """What the text asks for, as read or corrected."""
    row, item = view.row, view.item
    _field("asked", "; ".join(f"{a['text']} [{a['code']}]" for a in item["addressees"]) or "nobody named")
    verb = f" (“{row['verb']}”)" if row["verb"] else ", added by hand"
    _field("force", f"{item['force']}{verb}" + (f", {item['deliverable']}" if item["deliverable"] else ""))
    if item["added"] or row["own_words"]:
        _field("action", item["action"])
    _field("deadline", _deadline(view))
    for further in view.deadlines[1:]:
        on = f" → {marked(further['due_on'], bool(further['verified']))}" if further["due_on"] else ""
        _field("", f"further: “{further['words']}”{on}")
    if item["recurrence"]:
        _field("recurs", item["recurrence"] + (f"; one time of {item['series']}" if item["series"] else ""))


def _show_progress(view: ItemView) -> None:
    """What became of it."""
    row, item = view.row, view.item
    late = f" by {item['days_overdue']} days: {item['ageing']}" if item["days_overdue"] else ""
    since = f" since {item['status_on']}" if item["status_on"] else ""
    _field("status", f"{item['status']}{since} ({item['timeliness']}{late})")
    _show_work(item)
    if item["gone"]:
        _field("gone", f"the text does not have it any more, since {item['gone_since']}")
    if item["to_check"]:
        _field("to check", f"{_doubts(row) or 'the text changed'} — `tracker update REF --confirm` when it is right")
    for one in view.evidence:
        title = f": {one['title']}" if one["title"] else ""
        _field("evidence", f"{one['value']} ({one['kind']}, {one['dated']}){title}")
    for link in view.links:
        _field("link", f"{link['kind'].replace('_', ' ')} {link['target']}")


def _show_work(item: dict[str, Any]) -> None:
    """Who follows it, and how the office sorts it."""
    for name in ("assignee", "office", "priority"):
        if item[name]:
            _field(name, item[name])
    if item["tags"]:
        _field("tags", ", ".join(item["tags"]))


_OCCURRENCE = ("occurrence", "due", "status")


def _occurrence(row: dict[str, Any], view: ItemView) -> dict[str, Any]:
    """One line of the occurrences of a series."""
    item = as_item(row, view.day)
    return {"occurrence": item["ref"], "due": due(item), "status": status(item)}


def _field(name: str, text: str) -> None:
    output.words(f"{name:<9} {text}", " " * 10)


def _deadline(view: ItemView) -> str:
    row, item = view.row, view.item
    if row["due_by_hand"]:
        first = f"; first promised for {item['first_due_on']}" if item["first_due_on"] else ""
        late = ", which was not kept" if item["late_against_first"] else ""
        how = row["due_by_hand"] if item["extended"] else f"set by hand: {row['due_by_hand']}"
        return f"{item['due_on'] or 'none'}, {how} (the text: “{row['due_text'] or 'none'}”{first}{late})"
    if not row["due_text"]:
        return "none, corrected by hand" if row["deadline"] else "none"
    why = f": {row['due_why']}" if row["due_why"] else "; no date follows from it"
    dates = f"; submit by {item['submit_by']}, issue by {item['issue_by']}" if item["submit_by"] else ""
    said = f"{row['deadline']}, corrected by hand" if row["deadline"] else f"“{row['due_text']}”"
    return f"{said}{f' → {due(item)}' if item['due_on'] else ''}{why}{dates}"


def _paragraph(view: ItemView) -> None:
    """The words of the paragraph, with the request between › and ‹: that survives copying and every terminal."""
    row, paragraph = view.row, view.paragraph
    if paragraph is None:
        output.words(row["words"] or row["action"] or "")
        return
    if row["start_at"] is None:
        found = paragraph["words"].find(row["words"]) if row["words"] else -1
        if found < 0:
            output.words(f"{paragraph['label']}. {paragraph['words']}")
            return
        start, end = found, found + len(row["words"])
    else:
        start, end = row["start_at"] - paragraph["start_at"], row["end_at"] - paragraph["start_at"]
    before, request, after = paragraph["words"][:start], paragraph["words"][start:end], paragraph["words"][end:]
    output.words(f"{paragraph['label']}. {before}›{request}‹{after}")


def _event(event: dict[str, Any], day: str, *, added: bool) -> str:
    undone = " (undone)" if event["undone_by"] else ""
    holds = "" if day == event["holds_on"] else f", from {event['holds_on']}"
    if event["field"] == "created":
        return f"{'added by hand' if added else 'imported'}{undone}"
    change = sentence(Changed("", event["field"], event["old"], event["new"])).strip()
    return f"{change}{holds}{undone}"


def _reasons(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """Which rule and which words gave each field of the reading."""
    return [dict(zip(_REASON, one, strict=True)) for one in json.loads(row["reasons"] or "[]")]


def _doubts(row: Mapping[str, Any]) -> str:
    """The doubts of the reading, with the words of the text where they are about some: `deadline-unclear (“...”)`."""
    words: dict[str, list[str]] = {}
    for reason in _reasons(row):
        if reason["field"] == "doubt":
            words.setdefault(reason["rule"], []).append(f"“{reason['words']}”")
    codes = (row["doubts"] or "").split()
    return " ".join(f"{code} ({', '.join(words[code])})" if code in words else code for code in codes)


def _item_json(view: ItemView) -> dict[str, Any]:
    row = view.row
    return {
        **view.item,
        "verb": row["verb"],
        "text": row["words"] or item_words(view),
        "start": row["start_at"],
        "end": row["end_at"],
        "due_why": row["due_why"],
        "reasons": _reasons(row),
        "doubts": (row["doubts"] or "").split(),
        "deadlines": [
            {**{key: one[key] for key in _DEADLINE}, "due_verified": bool(one["verified"]) if one["due_on"] else None}
            for one in view.deadlines
        ],
        "due_by_hand": row["due_by_hand"],
        "extension_authority": row["extension"],
        "occurrences": [as_item(row, view.day) for row in view.occurrences],
        "links": _only(view.links, "kind", "target"),
        "evidence": _only(view.evidence, "kind", "value", "title", "dated"),
        "notes": _only(view.notes, "note", "holds_on", "actor"),
        "history": _only(view.events, "operation_id", "recorded_at", "actor", "field", "old", "new", "holds_on"),
    }


def item_words(view: ItemView) -> str:
    """An item that was added without words has those of its paragraph."""
    return str(view.paragraph["words"] if view.paragraph else view.row["action"])


_DEADLINE = ("kind", "relation", "body", "session", "value", "words", "due_on")

_REASON = ("field", "rule", "words")


def _only(rows: list[dict[str, Any]], *keys: str) -> list[dict[str, Any]]:
    return [{key: row[key] for key in keys} for row in rows]
