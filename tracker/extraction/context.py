"""What the rules for one clause may know of the resolution around it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tracker.core.codes import Force
from tracker.core.request import Addressee
from tracker.extraction.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Context:
    """The resolution around a clause: its language, adopting body and date, and the verb before the clause.

    `previous` are the addressees of the request before in the same paragraph, for pronouns (`le prie`).
    `text` is the resolution's, in which a body is named in full that a clause calls "the Commission".
    """

    lexicon: Lexicon
    body: str | None
    session: int | None
    adopted_on: date | None
    force: Force | None = None
    previous: tuple[Addressee, ...] = ()
    text: str = ""

    def at(self, force: Force | None, previous: tuple[Addressee, ...]) -> Context:
        """The context of a clause with the force of its verb, behind a request to `previous`."""
        # Not `replace`, which takes three times as long, for every request.
        return Context(self.lexicon, self.body, self.session, self.adopted_on, force, previous, self.text)
