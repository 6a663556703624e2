"""A resolution with the ledger of its paragraphs, as `tracker show SYMBOL` gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli import output
from tracker.cli.items import due

if TYPE_CHECKING:
    from tracker.services.showing import ResolutionView


def show(view: ResolutionView) -> None:
    """Prints what is known of the resolution, its paragraphs with their items, and what its text has lost."""
    row = view.row
    output.heading(row["symbol"], f"  {row['title'] or '(no title)'}")
    stated = [
        f"adopted {row['adopted_on']}" if row["adopted_on"] else "",
        f"meeting {row['meeting']}" if row["meeting"] else "",
        row["vote"] or "",
        "texts: " + ", ".join(text["language"] for text in view.texts if text["current"]),
        f"{view.preambular} preambular paragraphs",
        f"{row['footnotes']} footnotes",
    ]
    output.words("; ".join(filter(None, stated)), "  ")
    output.line()
    for paragraph, items in view.ledger:
        for item in items:
            output.words(f"{paragraph['label']:>6}  {_line(item)}", " " * 10)
        if not items:
            recalled = f" (recalled from {paragraph['recalled']})" if paragraph["recalled"] else ""
            said = f"{paragraph['verb'] or 'see its sub-paragraphs'}: no request{recalled}"
            output.words(f"{paragraph['label']:>6}  {said}", " " * 10)
    if view.gone:
        output.line("\nGone from the text:")
        for since, item in view.gone:
            output.words(f"  {_line(item)}{f'  since {since}' if since else ''}", " " * 10)
        output.line()
    for problem in view.problems:
        output.words(f"problem: {problem['message']}", "  ")


def _line(item: dict[str, Any]) -> str:
    """An item of the ledger."""
    who = ", ".join(dict.fromkeys(a["code"] for a in item["addressees"])) or "-"
    return f"{item['ref']}  {item['status']}  {due(item)}  {who}"


def as_contract(view: ResolutionView) -> dict[str, Any]:
    """The resolution as `show SYMBOL --json` gives it."""
    keys = ("symbol", "body", "session", "title", "adopted_on", "meeting", "vote", "language", "footnotes")
    return {
        **{key: view.row[key] for key in keys},
        "texts": [
            {**{key: text[key] for key in ("language", "title", "file", "sha256")}, "current": bool(text["current"])}
            for text in view.texts
        ],
        "preambular": view.preambular,
        "paragraphs": [
            {
                "label": paragraph["label"],
                "text": paragraph["words"],
                "verb": paragraph["verb"],
                "recalled": paragraph["recalled"],
                "items": [item["ref"] for item in items],
            }
            for paragraph, items in view.ledger
        ],
        "gone_items": [item for _, item in view.gone],
        "problems": [{key: problem[key] for key in ("code", "message")} for problem in view.problems],
    }
