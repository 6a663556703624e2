"""One clause -> one request: its force, addressees, action, deliverable and deadline, each with its reason."""

from __future__ import annotations

import re
from typing import NamedTuple

from tracker.core.codes import Force
from tracker.core.request import Addressee, Reason, Request
from tracker.extraction.addressee_references import DECISIONS, meant
from tracker.extraction.addressees import find_addressees, find_others, find_subject
from tracker.extraction.catalogue import Catalogue
from tracker.extraction.clauses import Clause
from tracker.extraction.context import Context
from tracker.extraction.deadlines import NOTHING, Timing, find_deadlines
from tracker.extraction.deliverables import find_deliverable
from tracker.extraction.spelling import fold

_OPENING = 160  # characters of a letter in which it says whom it asks
_NOUN = 160  # characters behind a verb in which its noun stands
_SEMICOLON = frozenset(";؛；")
_LINK = re.compile(r"[;؛；]\s?[^\W\d_]{1,3}\s?$")  # `; and` before the next letter
_BARE = " ,:،，："  # what stands behind the verb of a chapeau that says nothing: `Decides: (a) That the Group ...`
MISREAD = "verb-misread"
"""Code of a doubt: one letter of the verb was taken for another, as in scanned texts."""

ANOTHER = "another-addressee"
"""Code of a doubt: somebody else is asked by the same verb, maybe by another day."""

_ASKED = frozenset(
    {
        *("secretary-general", "high-commissioner", "ohchr", "secretariat", "executive-head", "mission", "president"),
        *("hrc", "ga", "sc", "ecosoc", "subsidiary", "special-procedures", "treaty-bodies", "un-system"),
    }
)


class Source(NamedTuple):
    """Where the words of a request stand.

    `verb` is the verb phrase as written, `object` the words after it in its own clause, `letter` the words of the
    lettered sub-paragraph that carries the action (None: the object does). `start` and `text` are those of the
    request, `lead` the words of the paragraph before it, `subject` the subject of a passive verb.
    """

    paragraph: str
    sub: str | None
    clause: Clause
    verb: str
    object: str
    letter: str | None
    text: str
    start: int
    lead: str = ""
    reasons: tuple[Reason, ...] = ()
    subject: str | None = None


def assemble(source: Source, catalogue: Catalogue, context: Context) -> Request:
    """The request that stands at `source`; `context.previous` are the addressees that a pronoun means."""
    context = context.at(source.clause.verb.force, context.previous)
    performed = source.clause.verb.phrase in catalogue.performed
    addressees, action = _addressed(source, catalogue, context, performed=performed)
    force, rule = _force(catalogue, source, addressees)
    others = tuple(row for row in find_others(action, context) if row not in addressees) if addressees else ()
    addressees = (*addressees, *others)
    context = context.at(force, addressees or context.previous)
    timing = _timing(source, context)
    action = _LINK.sub("", action).strip(" ,،，") if _SEMICOLON & set(action[-6:]) else action.strip(" ,،，")
    reasons = [
        Reason("force", rule, source.verb),
        Reason("verb", f"tie: {source.clause.tie}", source.verb),
        *(Reason("addressees", f"{_part(source)} of the verb", row.text) for row in addressees),
    ]
    return Request(
        paragraph=source.paragraph,
        sub=source.sub,
        verb=source.verb,
        force=force,
        addressees=addressees,
        action=action,
        deliverable=find_deliverable(action, context),
        deadline=timing.deadline,
        deadlines=timing.deadlines,
        recurrence=timing.recurrence,
        text=source.text,
        start=source.start,
        end=source.start + len(source.text),
        reasons=(*reasons, *source.reasons, *timing.reasons),
        doubts=(*timing.doubts, *((MISREAD,) if source.clause.misread else ()), *((ANOTHER,) if others else ())),
    )


def _addressed(
    source: Source, catalogue: Catalogue, context: Context, *, performed: bool
) -> tuple[tuple[Addressee, ...], str]:
    """Who is asked, and the words of the action: of the letter where there is one.

    `performed`: the verb itself does what is decided, so that its object is nobody who is to act.
    """
    if source.subject is not None and (subjects := _subjects(source.subject, catalogue, context)):
        return subjects, source.object if source.letter is None else source.letter
    lettered, repeats = source.letter is not None, source.clause.verb.repeats
    named = "" if performed else source.object
    found = find_addressees(named, context, source.lead, chapeau=lettered, repeats=repeats)
    addressees, action = found.addressees, source.object[found.end :]
    if source.letter is not None:
        action = source.letter
        asked = catalogue.letters.asked
        if asked and asked.search(fold(action[:_OPENING])[0]):  # "(a) Governments are encouraged to ..."
            addressees = find_subject(action, context) or addressees
        if not addressees or (source.clause.verb.force in DECISIONS and not source.object.strip(_BARE)):
            found = find_addressees(action, context)
            addressees, action = found.addressees, action[found.end :]
    if not addressees and source.clause.pronoun:
        addressees = meant(source.clause.pronoun, source.lead, context)
    return addressees, action


def _subjects(subject: str, catalogue: Catalogue, context: Context) -> tuple[Addressee, ...]:
    """Who is asked by a passive verb; without a subject, whom the verb before asks: `..., and is invited to attend`."""
    if not subject.strip(_BARE):
        return context.previous
    several = not catalogue.spaced or len(subject.split()) > 1  # `It is requested` is no pronoun
    return (
        find_subject(subject, context) or (several and find_addressees(subject, context, chapeau=True).addressees) or ()
    )


def _part(source: Source) -> str:
    return "object" if source.subject is None else "subject"


def _timing(source: Source, context: Context) -> Timing:
    """The deadlines of the letter, else those of its chapeau: "to appoint, for a period of one year, an expert to:"."""
    # The subject of a passive verb may hold the time as well: "The Committee, at its next session, is invited to".
    words = (source.subject or "") + source.object
    own = NOTHING if source.letter is None else find_deadlines(source.letter, context, source.verb)
    if own.deadline or own.recurrence:
        return own
    shared = find_deadlines(words, context, source.verb)
    return own if own.doubts and not (shared.deadline or shared.recurrence) else shared


def _force(catalogue: Catalogue, source: Source, addressees: tuple[Addressee, ...]) -> tuple[Force, str]:
    """The force of a clause: of its verb, but of `Demande` by who is asked (labelling guide, rule 8).

    Of a verb that says only with its noun what it does (`обращается к государствам с призывом`): of the noun.
    """
    clause = source.clause
    force = clause.verb.force or Force.REQUEST
    words = catalogue.by_words.get(clause.verb.phrase)
    if words:
        after = fold(source.object[:_NOUN])[0]
        said = next((named for noun, named in words if noun in after), force.value)
        return Force(said), f"verb by its noun: {said}"
    if force is not Force.REQUEST or clause.verb.word not in catalogue.by_addressee:
        return force, f"verb: {clause.verb.kind}"
    if next((row.code for row in addressees), "") in _ASKED:
        return Force.REQUEST, "verb by addressee: the Secretariat or a body of the United Nations"
    return Force.CALL, "verb by addressee: States, parties and everyone else"
