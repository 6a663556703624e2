"""One paragraph cut at its operative verbs: the first one and those coordinated with it.

A verb counts when the adopting body is its subject. In a paragraph that is so for the verb it opens with, and for
each later verb that a mark or a conjunction ties to it (`Welcomes ..., and requests ...`). Nouns (`at the request of`),
verbs of relative clauses (`which calls upon`) and verbs inside the asked action have no such tie.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.extraction.catalogue import Catalogue, Tokens
from tracker.extraction.passives import find_passives
from tracker.extraction.spelling import fold
from tracker.extraction.ties import Tied, find_tied
from tracker.extraction.verbs import Verb, match_verb

_REACH = 40  # characters to the word after a verb
_RELATIVE = 18  # characters between a relative pronoun and a verb that it may govern
_OPENING_KINDS = frozenset({"procedure", "continues"})  # everyday verbs: later in a paragraph others are their subject
_STATED = frozenset({"stress", "reaffirm", "recall", "note"})  # kinds that end a request behind a mere comma
_MISREAD = 4  # letters of the shortest verb that may be misread
_STRONG_MARKS = ";؛；.。:："


class Clause(NamedTuple):
    """One operative verb and the words it governs, as offsets into the paragraph.

    `start` is where the verb with its adverbs begins, `verb_end` where it ends, `end` the end of the clause.
    `pronoun` is the object pronoun at the verb (`le prie`), empty if none. `tie` is the mark
    and conjunction before it. `bare`: nothing stands between the verb and the next one.
    `first`: nothing stands before the verb. `misread`: one letter of the verb was taken for another.
    `subject`: where the subject of a passive verb starts, which is who is asked.
    """

    start: int
    verb_end: int
    end: int
    verb: Verb
    pronoun: str = ""
    tie: str = "opening"
    bare: bool = False
    first: bool = False
    misread: bool = False
    subject: int | None = None


def split_clauses(catalogue: Catalogue, text: str) -> tuple[Clause, ...]:
    """The clauses of one paragraph; empty when it holds no verb that the lexicon knows."""
    folded, places = fold(text)
    found = list(find_tied(catalogue, folded))
    if not (found and found[0].opens) and (passives := list(find_passives(catalogue, folded))):
        return tuple(_clauses(folded, _with_passives(catalogue, folded, found, passives), places, len(text)))
    spelt = None if found and found[0].opens else _spelt(catalogue, folded)
    if spelt:
        folded = spelt
        found = list(find_tied(catalogue, folded))
    clauses = tuple(_clauses(folded, _kept(catalogue, folded, found), places, len(text)))
    return (clauses[0]._replace(misread=True), *clauses[1:]) if spelt and clauses else clauses


def split_letter(catalogue: Catalogue, text: str, *, under_verb: bool) -> tuple[str | None, tuple[Clause, ...]]:
    """The verb phrase that a lettered sub-paragraph opens with, as it writes it, and its clauses.

    `under_verb`: the words before its first tied verb belong to a chapeau, so that a verb at the very start is none.
    Where it opens with none the words before the first tied verb are no clause either.
    """
    folded, places = fold(text)
    found = list(find_tied(catalogue, folded))
    opens = bool(found) and found[0].opens
    if under_verb or not opens:
        kept: list[Tied] = []
        for candidate in found[opens:]:
            if _accepted(catalogue, folded, candidate, kept):
                kept.append(candidate)
        return None, tuple(_clauses(folded, kept, places, len(text)))
    start, end = found[0].start, found[0].verb.end
    verb = text[start:end] if places is None else text[places[start] : places[end]]
    return verb, tuple(_clauses(folded, _kept(catalogue, folded, found), places, len(text)))


def _kept(catalogue: Catalogue, folded: str, found: list[Tied]) -> list[Tied]:
    """The first verb, and the later ones of which the adopting body is the subject."""
    kept = found[:1]
    for candidate in found[1:]:
        if _accepted(catalogue, folded, candidate, kept):
            kept.append(candidate)
    return kept


def _with_passives(catalogue: Catalogue, folded: str, found: list[Tied], passives: list[Tied]) -> list[Tied]:
    """The passive verbs, and the active ones behind them of which the adopting body is the subject."""
    kept: list[Tied] = []
    for candidate in sorted((*found, *passives), key=lambda tied: tied.start):
        if candidate.subject is not None or (kept and _accepted(catalogue, folded, candidate, kept)):
            kept.append(candidate)
    return kept


def _spelt(catalogue: Catalogue, folded: str) -> str | None:
    """`folded` with the verb it opens with, of which a scanner has misread one letter: `Frie` for `Prie`."""
    word = Tokens(folded, 0, catalogue.spaced, _REACH).words[0]
    if len(word) < _MISREAD or not catalogue.spaced:
        return None
    near = [
        verb
        for verb in catalogue.verb_starts
        if len(verb) == len(word) and sum(one != other for one, other in zip(verb, word, strict=True)) == 1
    ]
    if len(near) != 1:
        return None
    start = folded.index(word)
    return folded[:start] + near[0] + folded[start + len(word) :]


def _clauses(folded: str, kept: list[Tied], places: list[int] | None, length: int) -> Iterator[Clause]:
    def place(offset: int) -> int:
        return offset if places is None else places[offset]

    for at, candidate in enumerate(kept):
        following = kept[at + 1] if at + 1 < len(kept) else None
        end = place(following.left) if following else length
        bare = not folded[candidate.verb.end : following.left].strip(" ,،，") if following else False
        yield Clause(
            start=place(candidate.start),
            verb_end=place(candidate.verb.end),
            end=end,
            verb=candidate.verb,
            pronoun=candidate.pronoun,
            tie=(candidate.mark + " " + candidate.link).strip() or "opening",
            bare=bare,
            first=candidate.opens,
            subject=None if candidate.subject is None else place(candidate.subject),
        )


def _accepted(catalogue: Catalogue, folded: str, candidate: Tied, kept: list[Tied]) -> bool:
    """Whether the adopting body is the subject of the verb."""
    if catalogue.gender and kept and not _same_gender(folded, kept[0], candidate):
        return False
    if not _may_come_later(catalogue, folded, candidate.verb) or _is_noun(catalogue, folded, candidate.verb):
        return False
    if candidate.verb.kind in _OPENING_KINDS:
        return False
    if catalogue.tight and not candidate.mark and candidate.link not in catalogue.tight:
        return False
    if candidate.mark and candidate.mark in _STRONG_MARKS:
        return True
    if not candidate.link and candidate.verb.force is None:
        return catalogue.spaced and candidate.verb.kind in _STATED
    return not _in_relative_clause(catalogue, folded, candidate, kept[-1].verb.end if kept else 0)


def _may_come_later(catalogue: Catalogue, folded: str, verb: Verb) -> bool:
    """`что требует времени` takes time, `и требует от сторон` makes a demand: some verbs need their object."""
    if verb.phrase not in catalogue.opening_only:
        return True
    return folded.startswith(
        catalogue.followed.get(verb.phrase, ()), verb.end + (folded[verb.end : verb.end + 1] == " ")
    )


def _is_noun(catalogue: Catalogue, folded: str, verb: Verb) -> bool:
    """`offers and requests for assistance`: the words after tell the noun from the verb."""
    if verb.phrase not in catalogue.nouns_too:
        return False
    word = Tokens(folded, verb.end, catalogue.spaced, _REACH).words[0]
    return not word[:1].isalnum() or word in catalogue.noun_followers


def _same_gender(folded: str, first: Tied, later: Tied) -> bool:
    """`يطلب` after a paragraph that opened with `تحيط` has another subject than the body."""
    return folded[first.verb.start] == folded[later.verb.start]


def _in_relative_clause(catalogue: Catalogue, folded: str, candidate: Tied, end: int) -> bool:
    """Whether the verb continues a relative clause: a pronoun near by, or one that governs an operative verb."""
    if catalogue.relatives is None or candidate.mark or candidate.lead:
        return False
    since = max(end, folded.rfind(",", end, candidate.left))
    for pronoun in catalogue.relatives.finditer(folded, since, candidate.left):
        if catalogue.plurals and pronoun["next"] and catalogue.plurals.match(folded, pronoun.start("next")):
            continue  # `the recommendations that are contained therein and requests`: the body is one
        if candidate.left - pronoun.start() <= _RELATIVE:
            return True
        if pronoun["next"] in catalogue.verb_starts and _governs(catalogue, folded, pronoun.start("next")):
            return True
    return False


def _governs(catalogue: Catalogue, folded: str, place: int) -> bool:
    """Whether an operative verb stands at `place`: `which calls upon`, and not `which is contrary to`."""
    verb = match_verb(catalogue, folded, place)
    return verb is not None and verb.phrase not in catalogue.opening_only
