"""tracker edit: correct what was read wrongly of a request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from tracker.cli import options, output
from tracker.cli.changes import SAID_TWICE, sentence
from tracker.cli.state import State
from tracker.errors import UsageError

if TYPE_CHECKING:
    from tracker.core.correction import Correction
    from tracker.core.status import Changed


def command(
    context: typer.Context,
    reference: options.Reference,
    force: options.Force = None,
    addressee: options.AskedAddressees = None,
    deadline: options.OwnDeadline = None,
    deliverable: options.OwnDeliverable = None,
    recurrence: options.OwnRecurrence = None,
    action: options.OwnAction = None,
    words: options.OwnWords = None,
    as_read: Annotated[bool, typer.Option("--as-read", help="Take all corrections of this item back.")] = False,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="Why it is corrected.")] = None,
    by: options.By = None,
) -> None:
    """Correct what was read wrongly: who is asked, how strongly, by when. Without options, in your editor.

    A correction holds from the adoption and stays when the text is imported again; `as-read` as the value of an
    option takes that correction back. It is no extension: the first promise moves with it (see --extend-to of
    `tracker update` for a later date that was granted).

    Example: tracker edit 28/2:26 --addressee high-commissioner --deadline 'before HRC30'
    """
    from tracker.core.correction import Correction, parse_addressee
    from tracker.services.editing import edit_item

    state: State = context.obj
    correction = Correction(
        force=force,
        addressees=tuple(map(parse_addressee, addressee)) if addressee else None,
        deadline=deadline,
        deliverable=deliverable,
        recurrence=recurrence,
        action=action,
        words=words,
    )
    if as_read and not correction.is_empty():
        raise UsageError("--as-read takes everything back: give it alone; nothing was changed")
    if correction.is_empty() and not as_read:
        if note is not None:
            raise UsageError("--note goes with a correction; `tracker update --note` adds a note; nothing was changed")
        _in_editor(state, reference, by)
        return
    _tell(edit_item(state.target, reference, correction, state.act(by), as_read=as_read, note=note))


def _tell(done: list[Changed]) -> None:
    for one in done:
        if one.field not in SAID_TWICE:
            output.line(sentence(one))
    if not done:
        output.problem("nothing changed: all of this held already")


def _in_editor(state: State, reference: str, by: str | None) -> None:
    from tracker.cli.editor import fill_in
    from tracker.cli.forms import form_of, line_of, read_form
    from tracker.services.day import Day
    from tracker.services.editing import check, edit_item
    from tracker.services.showing import view_item
    from tracker.storage.reader import reading

    with reading(state.target) as reader:
        view = view_item(reader, reference, Day(state.today))

    def read(text: str) -> Correction:
        correction = read_form(text, view)
        try:
            check(correction)
        except UsageError as error:
            raise UsageError(line_of(text, str(error))) from None
        return correction

    correction = fill_in(form_of(view), read, ".toml")
    if correction is None or correction.is_empty():
        output.problem("nothing was changed")
        return
    _tell(edit_item(state.target, view.row["ref"], correction, state.act(by)))
