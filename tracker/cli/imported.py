"""What an import tells of one resolution."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli import output

if TYPE_CHECKING:
    from tracker.services.intake import Imported

_OUTCOMES = {
    "new": "new resolution",
    "unchanged": "already stored, nothing changed",
    "restored": "already stored; the items whose import was undone are back",
    "older": "an older text than the one stored, nothing changed",
    "repeated": "a second text of this resolution, not stored",
    "language": "new language of a known resolution",
    "changed": "changed text of a known resolution",
}


def is_change(code: str) -> bool:
    """Whether a problem tells a difference from the text before, which is no doubt."""
    from tracker.core.request import TEXT_CHANGED

    return code == TEXT_CHANGED


def show_briefly(done: Imported) -> None:
    """One line, unless nothing changed."""
    if done.outcome in {"unchanged", "older"}:
        return
    found = done.extraction.resolution
    changes = sum(is_change(problem.code) for problem in done.problems)
    problems = len(done.problems) - changes
    counts = [
        _counted(len(done.items), "item"),
        _counted(changes, "change") if changes else "",
        _counted(problems, "problem") if problems else "",
    ]
    about = ", ".join(filter(None, [done.outcome, found.language, *counts]))
    output.cut(f"{done.symbol}: {about}: {found.title or '(no title)'}")


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def show(done: Imported) -> None:
    """What it is, its items and paragraphs where they are new, what changed and the problems."""
    found = done.extraction.resolution
    output.words(f"{done.symbol}: {found.title or '(no title)'}", "  ")
    about = [
        f"adopted {found.adopted_on}" if found.adopted_on else "date of adoption not stated",
        f"meeting {found.meeting}" if found.meeting else "",
        found.vote or "",
        f"language {found.language}",
    ]
    output.words(f"  {_OUTCOMES[done.outcome]}; {'; '.join(filter(None, about))}", "  ")
    if done.outcome not in {"unchanged", "restored", "older", "repeated"}:
        _ledger(done)
    if done.renewals:
        requests = "1 request seems" if done.renewals == 1 else f"{done.renewals} requests seem"
        output.line(f"  {requests} to renew an earlier one: `tracker renewals {done.symbol}`")
    for problem in done.problems:
        if is_change(problem.code):
            output.words(f"  changed: {problem.message}", "    ")
        else:
            output.problem(f"  problem: {problem.message}")


def _ledger(done: Imported) -> None:
    operative = [p for p in done.extraction.resolution.paragraphs if p.kind == "operative"]
    numbers = list(dict.fromkeys(p.number for p in operative))
    asked = {item.place.paragraph for item in done.items}
    preambular = len(done.extraction.resolution.paragraphs) - len(operative)
    output.words(
        f"  {preambular} preambular, {len(numbers)} operative paragraphs: "
        f"{len(asked)} with {_counted(len(done.items), 'item')}, "
        f"{len([n for n in numbers if n not in asked])} without request",
        "  ",
    )
    for item in done.items:
        who = ", ".join(addressee.text for addressee in item.request.addressees) or "(nobody named)"
        due = f"  due {item.due_on}{'' if item.verified else '~'}" if item.due_on else ""
        output.words(f"  :{item.place}  {item.request.verb} — {who}{due}", "      ")
    silent = [account for account in done.extraction.ledger if account.label.partition(" ")[0] not in asked]
    for account in silent:
        recalled = f" (recalled from {account.recalled})" if account.recalled else ""
        output.line(f"  {account.label}  {account.verb}: no request{recalled}")
