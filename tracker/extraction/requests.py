"""Operative paragraphs -> requests, and an account of each paragraph that makes none.

A paragraph is cut at its operative verbs (`clauses`); each actionable verb of the adopting body makes one request, one for
each letter where lettered actions follow (`lettered`). Addressees, deliverable and deadline come from their own modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from tracker.core.request import Addressee, Force, Problem, Reason, Request
from tracker.core.resolution import Account, Resolution
from tracker.extraction.addressees import find_addressees
from tracker.extraction.clauses import Clause, split_clauses
from tracker.extraction.context import Context
from tracker.extraction.deadlines import find_deadlines
from tracker.extraction.deliverables import find_deliverable
from tracker.extraction.lettered import Letter, Unit, letters_are_actions, units
from tracker.extraction.lexicon import Lexicon
from tracker.extraction.recalled import source_of
from tracker.extraction.verbs import Catalogue, catalogue_of

_ASKED = frozenset(
    "secretary-general high-commissioner ohchr secretariat executive-head mission hrc ga sc ecosoc president subsidiary"
    " special-procedures treaty-bodies un-system".split()
)
_TAIL = re.compile(r"[\s;:,.؛،；，。：—–-]+$")

Found = tuple[tuple[Request, ...], tuple[Account, ...], tuple[Problem, ...]]


@dataclass(frozen=True, slots=True)
class _Reader:
    """What the steps of one resolution share."""

    resolution: Resolution
    catalogue: Catalogue
    context: Context


def find_requests(resolution: Resolution, lexicon: Lexicon) -> Found:
    """Requests of the operative paragraphs, accounts of those without, and doubts, all in the order of the text."""
    context = Context(lexicon, resolution.body, resolution.session, resolution.adopted_on)
    reader = _Reader(resolution, catalogue_of(lexicon), context)
    requests: list[Request] = []
    ledger: list[Account] = []
    problems: list[Problem] = []
    for unit in units(resolution):
        found, accounts = _read_unit(reader, unit)
        requests += found
        ledger += accounts
        problems += [
            Problem("unknown-verb", f"paragraph {row.label} opens with no operative verb that is known", unit.start, unit.end)
            for row in accounts
            if row.verb == _first_words(unit.text) and not split_clauses(reader.catalogue, unit.text)
        ]
    return tuple(requests), tuple(ledger), tuple(problems)


def _read_unit(reader: _Reader, unit: Unit) -> tuple[list[Request], list[Account]]:
    clauses = _joined(split_clauses(reader.catalogue, unit.text)) if unit.text else ()
    requests: list[Request] = []
    governing = clauses[-1] if clauses and unit.letters else None
    rule = letters_are_actions(reader.catalogue, unit.text, unit.letters) if governing and governing.verb.force else None
    previous: tuple[Addressee, ...] = ()
    for clause in clauses:
        if clause.verb.force is None or (clause is governing and rule):
            continue
        end = unit.last if clause is governing else unit.start + clause.end
        requests.append(_request(reader, unit, None, clause, (unit.start, end), previous))
        previous = requests[-1].addressees or previous
    accounts: list[Account] = []
    for letter in unit.letters:
        chapeau = governing if rule else None
        found = list(_read_letter(reader, unit, letter, chapeau, rule or "", previous))
        requests += found
        opens = _own_verb(reader.catalogue, letter.text)
        if not found and opens:
            accounts.append(Account(letter.label, letter.text[opens.start : opens.verb_end]))
    if not requests:
        accounts.insert(0, _account(reader, unit, clauses))
    return requests, accounts


def _read_letter(
    reader: _Reader, unit: Unit, letter: Letter, chapeau: Clause | None, rule: str, previous: tuple[Addressee, ...]
) -> Iterator[Request]:
    """The requests of one letter: its own verbs, else the verb of the chapeau, then verbs coordinated in the letter."""
    own = _own_verb(reader.catalogue, letter.text) if chapeau is None or not reader.catalogue.letters.bare else None
    clauses = _joined(split_clauses(reader.catalogue, letter.text, opening=own is not None))
    clauses = tuple(clause for clause in clauses if own or clause.pronoun or clause.tie[:1] in ";؛；")
    if chapeau is not None and own is None:
        end = clauses[0].start if clauses else len(letter.text)
        request = _lettered(reader, unit, letter, chapeau, end, previous)
        yield replace(request, reasons=(*request.reasons, Reason("sub", rule, unit.text[-40:].strip())))
        previous = request.addressees or previous
    for clause in clauses:
        if clause.verb.force:
            request = _request(reader, unit, letter, clause, (letter.start, letter.start + clause.end), previous)
            yield request
            previous = request.addressees or previous


def _own_verb(catalogue: Catalogue, text: str) -> Clause | None:
    """The verb that a letter opens with, if it is one of the adopting body."""
    clauses = split_clauses(catalogue, text)
    return clauses[0] if clauses and clauses[0].tie == "opening" and not text[: clauses[0].start].strip() else None


def _request(
    reader: _Reader, unit: Unit, letter: Letter | None, clause: Clause, span: tuple[int, int], previous: tuple[Addressee, ...]
) -> Request:
    """The request of one clause; `span` is where its paragraph starts and where the request ends."""
    base, stop = span
    start, after = base + clause.start, base + clause.verb_end
    text = _trimmed(reader.resolution.text[start:stop])
    words = text[after - start :]
    context = replace(reader.context, force=clause.verb.force, previous=previous)
    addressed = find_addressees(words, context)
    action = words[addressed.end :]
    return _complete(reader, unit, letter, clause, context, addressed.addressees, (words, action), (start, start + len(text)))


def _lettered(
    reader: _Reader, unit: Unit, letter: Letter, chapeau: Clause, end: int, previous: tuple[Addressee, ...]
) -> Request:
    """The request of one letter under an actionable chapeau: its verb and addressees, the letter's action and deadline."""
    words = _trimmed(unit.text[chapeau.verb_end : chapeau.end])
    context = replace(reader.context, force=chapeau.verb.force, previous=previous)
    addressees = find_addressees(words, context).addressees
    action = _trimmed(letter.text[:end])
    if not addressees:
        addressed = find_addressees(action, context)
        addressees = addressed.addressees
    span = (letter.start, letter.start + len(action))
    found = _complete(reader, unit, letter, chapeau, context, addressees, (action, action), span)
    if found.deadline is None and found.recurrence is None:
        timing = find_deadlines(words, replace(context, previous=addressees))
        found = replace(
            found,
            deadline=timing.deadline,
            deadlines=timing.deadlines,
            recurrence=timing.recurrence,
            reasons=(*found.reasons, *timing.reasons),
            doubts=(*found.doubts, *timing.doubts),
        )
    return found


def _complete(
    reader: _Reader,
    unit: Unit,
    letter: Letter | None,
    clause: Clause,
    context: Context,
    addressees: tuple[Addressee, ...],
    said: tuple[str, str],
    span: tuple[int, int],
) -> Request:
    """Force, addressees, deliverable and deadline of a clause put together, each with its reason."""
    words, action = said
    source = unit.text if letter is None or not _own_verb(reader.catalogue, letter.text) else letter.text
    verb = source[clause.start : clause.verb_end]
    addressees = addressees or (context.previous if clause.pronoun else ())
    force, rule = _force(reader.catalogue, clause, addressees)
    timing = find_deadlines(words, replace(context, force=force, previous=addressees or context.previous))
    action = action.strip(" ,،，")
    deliverable = find_deliverable(action, replace(context, force=force))
    reasons = [Reason("force", rule, verb), Reason("verb", f"tie: {clause.tie}", verb)]
    reasons += [Reason("addressees", "object of the verb", row.text) for row in addressees]
    return Request(
        paragraph=unit.number,
        sub=letter.sub if letter else None,
        verb=verb,
        force=force,
        addressees=addressees,
        action=action,
        deliverable=deliverable,
        deadline=timing.deadline,
        deadlines=timing.deadlines,
        recurrence=timing.recurrence,
        text=reader.resolution.text[span[0] : span[1]],
        start=span[0],
        end=span[1],
        reasons=(*reasons, *timing.reasons),
        doubts=timing.doubts,
    )


def _force(catalogue: Catalogue, clause: Clause, addressees: Iterable[Addressee]) -> tuple[Force, str]:
    """The force of a clause: of its verb, but of `Demande` by who is asked (labelling guide, rule 8)."""
    force = clause.verb.force
    assert force is not None
    if force is not Force.REQUEST or clause.verb.word not in catalogue.by_addressee:
        return force, f"verb: {clause.verb.kind}"
    if any(row.code in _ASKED for row in addressees):
        return Force.REQUEST, "verb by addressee: the Secretariat or a body of the United Nations"
    return Force.CALL, "verb by addressee: States, parties and everyone else"


def _joined(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Verbs with one object (`urges and requests the parties`) made one clause, with the stronger force."""
    joined: list[Clause] = []
    for clause in clauses:
        last = joined[-1] if joined else None
        if last and last.bare and (last.verb.force or clause.verb.force):
            forces = [verb.force for verb in (last.verb, clause.verb) if verb.force]
            verb = replace(last.verb, force=max(forces, key=_rank), kind=max(forces, key=_rank).value)
            joined[-1] = replace(last, verb=verb, verb_end=clause.verb_end, end=clause.end, bare=clause.bare)
        else:
            joined.append(clause)
    return tuple(joined)


def _rank(force: Force) -> int:
    order = (Force.DEMAND, Force.URGE, Force.REQUEST, Force.INSTRUCT, Force.CALL, Force.DECIDE, Force.RECOMMEND)
    return len(order) - order.index(force) if force in order else 0


def _account(reader: _Reader, unit: Unit, clauses: tuple[Clause, ...]) -> Account:
    if not clauses:
        return Account(unit.number, _first_words(unit.text))
    first = clauses[0]
    verb = unit.text[first.start : first.verb_end]
    recalled = None
    if first.verb.kind in ("recall", "note", "reaffirm"):
        recalled = source_of(reader.catalogue, reader.context.lexicon, unit.text, reader.resolution.body)
    return Account(unit.number, verb, recalled)


def _first_words(text: str) -> str:
    return " ".join(text.split()[:2])[:40]


def _trimmed(text: str) -> str:
    return _TAIL.sub("", text)
