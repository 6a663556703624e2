"""Operative paragraphs -> requests, and an account of each paragraph that makes none.

A paragraph is cut at its operative verbs (`clauses`); each actionable verb of the adopting body makes one request
(`assembling`), one for each letter where lettered actions follow (`lettered`).
"""

from __future__ import annotations

import re
from dataclasses import replace

from tracker.core.codes import Force
from tracker.core.request import Addressee, Problem, Reason, Request
from tracker.core.resolution import Account, Resolution
from tracker.extraction.addressee_references import DECISIONS
from tracker.extraction.assembling import Source, assemble
from tracker.extraction.catalogue import Catalogue
from tracker.extraction.clauses import Clause, split_clauses, split_letter
from tracker.extraction.context import Context
from tracker.extraction.lettered import Letter, Unit, letters_are_actions, units
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.recalled import source_of
from tracker.extraction.spelling import fold
from tracker.extraction.verb_tables import catalogue_of

_SPECIAL = re.compile(r"/(?:E?S-|OS/)\d|\(E?S-")
_TAIL = " \t\n;:,.؛،；，。：—–-"
_RECALLING = frozenset({"recall", "note", "reaffirm"})
_STRONGEST = (Force.DEMAND, Force.URGE, Force.REQUEST, Force.INSTRUCT, Force.CALL, Force.DECIDE, Force.RECOMMEND)

_ADJACENT = 60
"""Characters that an unfinished name, or a conjunction between two requests, has at the most."""

Found = tuple[tuple[Request, ...], tuple[Account, ...], tuple[Problem, ...]]


def find_requests(resolution: Resolution, lexicon: Lexicon) -> Found:
    """Requests of the operative paragraphs, accounts of those without, and doubts, all in the order of the text."""
    catalogue = catalogue_of(lexicon)
    special = _SPECIAL.search(resolution.symbol or "")
    session = None if special else resolution.session  # the numbers of special sessions are no regular ones
    context = Context(lexicon, resolution.body, session, resolution.adopted_on, text=resolution.text)
    requests: list[Request] = []
    ledger: list[Account] = []
    problems: list[Problem] = []
    for unit in units(resolution):
        reading = _Reading(resolution, catalogue, _of_draft(resolution, unit, context), unit)
        reading.read()
        requests += reading.requests
        ledger += reading.accounts
        problems += reading.problems
    return tuple(requests), tuple(ledger), tuple(problems)


def _of_draft(resolution: Resolution, unit: Unit, context: Context) -> Context:
    """The context of a paragraph: in the draft of another body that one decides, and `its session` is that one's."""
    body = next((body for start, body in reversed(resolution.drafts) if start <= unit.start), None)
    return context if not body or body == context.body else replace(context, body=body, session=None)


class _Reading:
    """One operative paragraph with its letters, read from top to bottom."""

    def __init__(self, resolution: Resolution, catalogue: Catalogue, context: Context, unit: Unit) -> None:
        self.resolution, self.catalogue, self.context, self.unit = resolution, catalogue, context, unit
        self.requests: list[Request] = []
        self.accounts: list[Account] = []
        self.problems: list[Problem] = []
        self.previous: tuple[Addressee, ...] = ()
        self.decided = 0  # where the last decision about the body itself starts

    def read(self) -> None:
        """Fills `requests`, `accounts` and `problems`."""
        unit = self.unit
        clauses = _joined(split_clauses(self.catalogue, unit.text)) if unit.text else ()
        governing = clauses[-1] if clauses and unit.letters else None
        actionable = governing is not None and governing.verb.force is not None
        rule = letters_are_actions(self.catalogue, unit.text, unit.letters) if actionable else None
        for clause in clauses:
            if clause.verb.force is None or (clause is governing and rule):
                continue
            end = unit.last if clause is governing else unit.start + clause.end
            self._add(self._source(clause, None, unit.start, end))
        self._share_actions()
        for letter in unit.letters:
            self._read_letter(letter, governing if rule else None, rule or "")
        if not self.requests:
            self.accounts.insert(0, self._account(clauses))
        if not clauses and not self.requests:
            message = f"paragraph {unit.number} opens with no operative verb that is known"
            self.problems.append(Problem("unknown-verb", message, unit.start, unit.end))

    def _share_actions(self) -> None:
        """`Requests the funds, and invites the agencies, to report`: both are asked for what the last one is.

        And `requests the funds to report, and invites the agencies to do likewise`: for what the first one is.
        """
        for place in range(len(self.requests) - 2, -1, -1):
            first, second = self.requests[place : place + 2]
            if not (first.deadline or first.recurrence) and second.action and self._lacks_action(first, second):
                self.requests[place] = _sharing(first, second, "next")
        for place in range(1, len(self.requests)):
            first, second = self.requests[place - 1 : place + 1]
            if not (second.deadline or second.recurrence) and self._likewise(second):
                self.requests[place] = _sharing(second, first, "last")

    def _likewise(self, request: Request) -> bool:
        """Whether a request asks for the same as the one before it."""
        likewise = self.catalogue.letters.likewise
        return (
            likewise is not None
            and len(request.action) < _ADJACENT
            and likewise.search(fold(request.action)[0]) is not None
        )

    def _lacks_action(self, first: Request, second: Request) -> bool:
        """Whether nothing but names stands between the verb of `first` and that of `second`.

        Who is asked again is asked for more: "Entrusts the Board with the draft and requests it to report by 2026".
        """
        if not first.addressees or second.start - first.end > _ADJACENT:
            return False
        opening = self.catalogue.letters.inside
        words = fold(first.action)[0]
        if not words:
            return True
        again = [row.text for row in first.addressees] == [row.text for row in second.addressees]
        return opening is not None and not again and len(words) < _ADJACENT and not opening.search(words)

    def _read_letter(self, letter: Letter, chapeau: Clause | None, rule: str) -> None:
        """The requests of one letter: its own verbs, else the verb of the chapeau, then verbs coordinated in it."""
        # behind `that:` a letter opens with its action, which in Arabic looks like a verb of the body
        under_verb = chapeau is not None and (self.catalogue.letters.bare or rule.startswith("chapeau ends"))
        own, found = split_letter(self.catalogue, letter.text, under_verb=under_verb)
        clauses = tuple(clause for clause in _joined(found) if own or clause.pronoun or clause.tie[:1] in ";؛；")
        before = len(self.requests)
        if chapeau is not None and own is None:
            self._add(self._lettered(letter, chapeau, clauses[0].start if clauses else len(letter.text), rule))
        for clause in clauses:
            if clause.verb.force:
                self._add(self._source(clause, letter, letter.start, letter.start + clause.end))
        if own and len(self.requests) == before:
            self.accounts.append(Account(letter.label, own, start=letter.start))

    def _add(self, source: Source) -> None:
        request = assemble(source, self.catalogue, self.context.at(None, self.previous))
        self.requests.append(request)
        if request.force in DECISIONS and [row.text for row in request.addressees] == [self.context.body]:
            # The body does not ask itself: "decides to establish a committee, and requests it to ..."
            self.previous, self.decided = (), request.start
        else:
            self.previous = request.addressees or self.previous

    def _source(self, clause: Clause, letter: Letter | None, base: int, stop: int) -> Source:
        """The words of one clause of the paragraph or letter that starts at `base`."""
        start, after = base + clause.start, base + clause.verb_end
        begins = start if clause.subject is None else base + clause.subject
        begins += len(self.resolution.text[begins:start]) - len(self.resolution.text[begins:start].lstrip())
        text = _trimmed(self.resolution.text[begins:stop])
        verb, words = self.resolution.text[start:after], text[after - begins :]
        lead = self.resolution.text[max(base, self.decided) : begins]
        subject = None if clause.subject is None else self.resolution.text[begins:start]
        sub = letter.sub if letter else None
        return Source(self.unit.number, sub, clause, verb, words, None, text, begins, lead, subject=subject)

    def _lettered(self, letter: Letter, chapeau: Clause, end: int, rule: str) -> Source:
        """The words of one letter, under the verb and the addressees of its chapeau."""
        chapeau_text, text = self.unit.text, _trimmed(letter.text[:end])
        words = _trimmed(chapeau_text[chapeau.verb_end : chapeau.end])
        verb = chapeau_text[chapeau.start : chapeau.verb_end]
        why = (Reason("sub", rule, chapeau_text[-40:].strip()),)
        lead = chapeau_text[: chapeau.start]
        return Source(self.unit.number, letter.sub, chapeau, verb, words, text, text, letter.start, lead, why)

    def _account(self, clauses: tuple[Clause, ...]) -> Account:
        unit = self.unit
        if not clauses:
            return Account(unit.number, " ".join(unit.text.split()[:2])[:40], start=unit.start)
        first = clauses[0]
        recalled = None
        if first.verb.kind in _RECALLING:
            recalled = source_of(self.catalogue, self.context.lexicon, unit.text, self.resolution.body)
        return Account(unit.number, unit.text[first.start : first.verb_end], recalled, unit.start)


def _joined(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Verbs with one object (`urges and requests the parties`) made one clause, with the stronger force."""
    joined: list[Clause] = []
    for clause in clauses:
        last = joined[-1] if joined else None
        if last and last.bare and (last.verb.force or clause.verb.force):
            force = min((verb.force for verb in (last.verb, clause.verb) if verb.force), key=_rank)
            verb = last.verb._replace(force=force, kind=force.value)
            joined[-1] = last._replace(verb=verb, verb_end=clause.verb_end, end=clause.end, bare=clause.bare)
        else:
            joined.append(clause)
    return tuple(joined)


def _sharing(request: Request, other: Request, which: str) -> Request:
    """`request` with the action of `other` and its deadlines."""
    why = Reason("action", f"shared with the {which} request of the paragraph", other.action[:60])
    return replace(
        request,
        action=other.action,
        deliverable=other.deliverable,
        deadline=other.deadline,
        deadlines=other.deadlines,
        recurrence=other.recurrence,
        reasons=(*request.reasons, why),
    )


def _rank(force: Force) -> int:
    return _STRONGEST.index(force) if force in _STRONGEST else len(_STRONGEST)


def _trimmed(text: str) -> str:
    return text.rstrip(_TAIL)
