"""What undo and redo print: first what would happen, then that it did."""

from __future__ import annotations

from tracker.cli import output
from tracker.cli.confirming import confirm
from tracker.cli.state import State
from tracker.errors import Conflict
from tracker.services.act import Act


def run(state: State, operation: int | None, act: Act, *, again: bool, yes: bool, dry_run: bool) -> None:
    """Shows the changes, asks, and makes them. Raises the errors of `services.undoing.undo`."""
    from tracker.cli.changes import sentence
    from tracker.services.undoing import undo

    found = undo(state.target, operation, act, again=again, keep=False)
    output.words(f"operation {found.number} of {found.actor}, {state.local(found.recorded_at)}: {found.command}", "  ")
    for change in found.changes:
        output.words(f"  {sentence(change)}", "    ")
    if not found.changes:
        output.problem("nothing is left of it to take back")
    if dry_run:
        output.problem("dry run: nothing was changed")
        return
    verb = "Bring back" if again else "Take back"
    count = len(found.changes)
    confirm(f"{verb} operation {found.number} ({count} {'change' if count == 1 else 'changes'})?", yes=yes)
    if undo(state.target, found.number, act, again=again) != found:
        raise Conflict("somebody else changed an item meanwhile; look at `tracker history`")
    output.problem(f"operation {found.number} {'is in effect again' if again else 'is undone'}")
