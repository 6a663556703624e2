"""What became of one imported file as the JSON object of `tracker import --json`: keys are only ever added."""

from __future__ import annotations

from typing import Any

from tracker.core.request import TEXT_CHANGED, Problem
from tracker.services.importing import FileImported
from tracker.services.intake import Imported, ImportedItem


def contract_of(done: FileImported) -> dict[str, Any]:
    """The JSON object for one file.

    `outcome` is read, skipped (its bytes are stored already) or failed; that of a resolution is as in `Imported`.
    """
    return {
        "file": str(done.path),
        "outcome": "failed" if done.error else "skipped" if done.known_as else "read",
        "known_as": done.known_as,
        "error": done.error or None,
        "exit_code": done.exit_code,
        "resolutions": [_resolution(one) for one in done.resolutions],
    }


def _resolution(done: Imported) -> dict[str, Any]:
    """The ledger of one resolution: each operative paragraph is under `items` or under `no_request`."""
    found = done.extraction.resolution
    asked = {item.place.paragraph for item in done.items}
    return {
        "symbol": done.symbol,
        "outcome": done.outcome,
        "language": found.language,
        "title": found.title,
        "adopted_on": found.adopted_on.isoformat() if found.adopted_on else None,
        "made": done.made,
        "renewals": done.renewals,
        "items": [_item(done.symbol, item) for item in done.items],
        "no_request": [
            {"paragraph": account.label, "verb": account.verb, "recalled": account.recalled}
            for account in done.extraction.ledger
            if account.label.partition(" ")[0] not in asked
        ],
        "changes": [problem.message for problem in done.problems if problem.code == TEXT_CHANGED],
        "problems": [_problem(problem) for problem in done.problems if problem.code != TEXT_CHANGED],
    }


def _item(symbol: str, item: ImportedItem) -> dict[str, Any]:
    return {
        "ref": f"{symbol}:{item.place}",
        "verb": item.request.verb,
        "force": item.request.force.value,
        "addressees": [{"code": who.code, "text": who.text} for who in item.request.addressees],
        "action": item.request.action,
        "due_on": item.due_on.isoformat() if item.due_on else None,
        "due_verified": item.verified if item.due_on else None,
        "doubts": list(item.request.doubts),
    }


def _problem(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "message": problem.message}
