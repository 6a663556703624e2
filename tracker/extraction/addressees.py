"""Who is asked: the names right after the verb of a request (labelling guide of the corpus, rule 7).

The addressee part of a clause is a list of names that ends where the action starts. It is walked segment by
segment: a name counts when it opens its segment, and not when it belongs to an aside (`in consultation with
Member States`, `including the Secretariat`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from tracker.core.request import Addressee, Force
from tracker.extraction.addressee_grammar import Grammar, grammar_of
from tracker.extraction.context import Context
from tracker.extraction.phrases import Match

BODY_CODES = {"HRC": "hrc", "GA": "ga", "SC": "sc", "ECOSOC": "ecosoc"}
"""Codes of the principal organs (and the Council); every other body counts as a subsidiary one."""

_PERSONS = frozenset({"secretary-general", "high-commissioner", "executive-head", "president", "special-procedures"})
"""Whom a pronoun means rather than a body named before."""

_OWN_RESOLUTION = re.compile(r"(?<![/\d])\d{3,4} ?[(（](?:19|20)\d\d[)）]")
"""`resolution 2140 (2014)`: a number that only the Security Council cites without saying whose it is."""

_REACH = 900  # characters: the longest list of addressees in the corpus has about 600
_NEAR = 100  # characters: how far from the verb an implied addressee may stand
_BREAK = re.compile("[，；。：]")
_END = re.compile(r"[;:；：؛]|[.](?=\s|$)|。")
_COMMA = re.compile("[,،，]")
_BLANKS = re.compile(r"[\s,،，]*")
_WORD = re.compile(r"[\w’'-]+\s+")
_LAST_WORD = re.compile(r"(\w+’?)\s*$")
_SPACES = re.compile(" *")
_PARENTHESIS = re.compile(r"[(（][^()（）]{0,120}[)）]")


@dataclass(frozen=True, slots=True)
class Addressed:
    """The addressees of a clause, and the offset in the clause where the action begins (0: no addressee part)."""

    addressees: tuple[Addressee, ...]
    end: int


class _Mode(Enum):
    """Whether a name at the start of the next segment counts."""

    LIST = auto()  # yes
    ADVERBIAL = auto()  # again after the next comma
    EXAMPLES = auto()  # again after a comma and a joining word
    CONSULTED = auto()  # no more


def find_addressees(clause: str, context: Context, lead: str = "") -> Addressed:
    """The addressees that `clause`, the text right after the verb, names or implies.

    `lead` is the text of the paragraph before the verb: pronouns refer to it when no request came before.
    """
    grammar = grammar_of(context.lexicon)
    text, places = _without_ignored(clause, grammar)
    reader = _Reader(grammar, text, context)
    found, end = reader.read(lead)
    if places is not None:
        found = [Match(name.code, places[name.start], places[name.end]) for name in found]
        end = places[end]
    return Addressed(_addressees(found, clause, context, reader), end)


def _without_ignored(clause: str, grammar: Grammar) -> tuple[str, list[int] | None]:
    """The clause without letters that only decorate (Arabic vowel marks), and the place that each letter had."""
    if not grammar.ignored.search(clause, 0, _REACH):
        return clause, None
    places = [place for place, letter in enumerate(clause) if not grammar.ignored.match(letter)]
    return "".join(clause[place] for place in places), [*places, len(clause)]


def _addressees(found: list[Match], clause: str, context: Context, reader: _Reader) -> tuple[Addressee, ...]:
    if found:
        named = dict.fromkeys(Addressee(name.code, clause[name.start : name.end].strip()) for name in found)
        return tuple(named)
    if reader.referred:
        return reader.referred
    if context.force in (Force.DECIDE, Force.INTEND) and context.body:
        if _OWN_RESOLUTION.search(clause, 0, _REACH) and not reader.names_council():
            return (Addressee("sc", "SC"),)
        return (Addressee(BODY_CODES.get(context.body, "subsidiary"), context.body),)
    return ()


class _Reader:
    """Reads one clause from left to right."""

    def __init__(self, grammar: Grammar, text: str, context: Context) -> None:
        self.grammar, self.text, self.context = grammar, text, context
        self.within = grammar.within.get(context.body or "")
        self.referred: tuple[Addressee, ...] = ()

    def read(self, lead: str) -> tuple[list[Match], int]:
        """The names found and where the action starts."""
        text, grammar = self.text, self.grammar
        start = self._after_fillers(0)
        if self._refers_back(start, lead):
            return [], start
        that = grammar.that.match(text, start)
        if that:
            return self._subject(that.end()), start
        if grammar.bare_subject and self.context.force is Force.DECIDE:
            return self._subject(start), start
        if self.context.force in (Force.DECIDE, Force.INTEND):
            return [], start
        stop = self._stop(start)
        first = self._name(start, stop)
        action = grammar.action.find(text, first.end if first else start, stop)
        if action and action.start() == start:
            return [], start
        if action is None:
            names = list(self._adjacent(start, stop))
            return names or list(self._implied(start, stop)), names[-1].end if names else start
        names = list(self._list(start, action.start()))
        if not names:
            names = list(self._implied(start, action.start())) or list(self._unknown(start, action.start()))
        return names, self._before_blanks(action.start()) if names else start

    def names_council(self) -> bool:
        """Whether the clause names the Security Council."""
        return any(name.code == "sc" for name in self._all(self.text[:_REACH]))

    def _stop(self, start: int) -> int:
        end = _END.search(self.text, start, start + _REACH)
        return end.start() if end else min(len(self.text), start + _REACH)

    def _before_blanks(self, place: int) -> int:
        return place

    def _after_fillers(self, place: int) -> int:
        """The place after blanks, adverbs and an aside between commas."""
        text, begin = self.text, place
        place = _BLANKS.match(text, place).end()  # type: ignore[union-attr]
        while found := self.grammar.filler.match(text, place):
            place = _BLANKS.match(text, found.end()).end()  # type: ignore[union-attr]
        if _COMMA.search(text, begin, place):
            place = self._after_aside(place)
        return place

    def _after_aside(self, place: int) -> int:
        """The place after `, like the Secretary-General before it,` unless a name or a clause starts at `place`."""
        text, grammar = self.text, self.grammar
        if grammar.that.match(text, place) or self._name(place, len(text)) or grammar.action.pattern.match(text, place):
            return place
        comma = re.compile("[,،，]").search(text, place, place + 250)
        return _BLANKS.match(text, comma.end()).end() if comma else place  # type: ignore[union-attr]

    def _refers_back(self, start: int, lead: str) -> bool:
        """Whether the clause names its addressee by a pronoun, here or at the end of `lead`."""
        grammar = self.grammar
        here = grammar.pronoun.match(self.text, start)
        word = _LAST_WORD.search(lead[-30:])
        before = word is not None and word[1].lower() in grammar.attached
        bare = grammar.action.pattern.match(self.text, start) if self.context.previous and not lead else None
        if not (here or before or (bare and self.context.force not in (Force.DECIDE, Force.INTEND))):
            return False
        self.referred = self.context.previous or self._named_in(lead)
        return bool(self.referred)

    def _named_in(self, lead: str) -> tuple[Addressee, ...]:
        """The first name in the text before the verb: whom `requests him` means."""
        found = list(self._all(lead))
        named = next((name for name in found if name.code in _PERSONS), found[0] if found else None)
        return (Addressee(named.code, lead[named.start : named.end]),) if named else ()

    def _all(self, text: str) -> Iterator[Match]:
        """Every name in `text`."""
        for word in re.finditer(r"(?<!\w)\w" if self.grammar.spaced else r"\w", text):
            if name := self.grammar.names.match(text, word.start(), len(text)):
                yield name

    def _known(self, place: int, stop: int) -> Match | None:
        found = self.within.match(self.text, place, stop) if self.within else None
        return found or self.grammar.names.match(self.text, place, stop)

    def _name(self, place: int, stop: int, adjectives: int = 0) -> Match | None:
        """The name at `place`, after its openers and at most `adjectives` further words."""
        text, grammar = self.text, self.grammar
        while place < stop:
            if text[place] == " ":
                place += 1
                continue
            found = self._known(place, stop)
            if found and grammar.head_last:
                return self._head(found, stop)
            opener = grammar.opener.match(text, place)
            if found:
                longer = self._name(opener.end(), stop) if opener and opener.end() >= found.end else None
                return longer or found
            if opener and opener.end() > place:
                place = opener.end()
                continue
            word = _WORD.match(text, place) if adjectives else None
            if (
                not word
                or self._is_aside(place)
                or grammar.stop.match(text, place)
                or grammar.joiner.match(text, place)
            ):
                return None
            adjectives, place = adjectives - 1, word.end()
        return None

    def _head(self, found: Match, stop: int) -> Match:
        """The last of the names that follow each other without a joiner: `Assembly` `President`."""
        place = found.end
        while place < stop:
            following = self._known(place, stop)
            opener = None if following else self.grammar.opener.match(self.text, place, stop)
            if following:
                named = found.code == "state" and following.code == "states"  # the Government of a State
                code = "state" if named else following.code
                found, place = Match(code, found.start, following.end), following.end
            elif found.code == "state" and self.grammar.modifier.match(self.text, place, stop):
                place += 1
            elif opener:
                place = opener.end()
            else:
                return found
        return found

    def _modified(self, place: int, stop: int) -> Match | None:
        """The name after a modifier that stands at `place` (`... 的` and a name)."""
        comma = _BREAK.search(self.text, place, stop)
        stop = min(stop, place + _NEAR, comma.start() if comma else stop)
        for found in self.grammar.modifier.finditer(self.text, place, stop):
            if name := self._name(found.end(), len(self.text)):
                return name
        return None

    def _is_aside(self, place: int) -> bool:
        """Whether words that no addressee follows stand at `place`."""
        grammar = self.grammar
        return any(
            pattern.match(self.text, place) for pattern in (grammar.adverbials, grammar.lists, grammar.consulted)
        )

    def _list(self, start: int, stop: int) -> Iterator[Match]:
        """The names that open a segment of `text[start:stop]`, asides left out."""
        mode, place = _Mode.LIST, start
        while place < stop:
            after = place
            if mode is _Mode.LIST:
                name = self._name(place, stop, self.grammar.adjectives)
                if name:
                    yield name
                    after = name.end
                elif place == start and not self._capital(start, stop):
                    return
            joiner = self.grammar.joiner.search(self.text, after, stop)
            tail_end = joiner.start() if joiner else stop
            mode = self._mode(mode, place if after == place else after, tail_end)
            if joiner is None:
                return
            mode = self._resumed(mode, joiner[0])
            place = joiner.end()

    def _mode(self, mode: _Mode, start: int, stop: int) -> _Mode:
        """The mode after the words between a name and the next joiner."""
        text, grammar = self.text, self.grammar
        if mode is _Mode.CONSULTED or grammar.consulted.search(text, start, stop):
            return _Mode.CONSULTED
        if mode is _Mode.EXAMPLES or grammar.lists.search(text, start, stop):
            return _Mode.EXAMPLES
        if mode is _Mode.ADVERBIAL or grammar.adverbials.search(text, start, stop):
            return _Mode.ADVERBIAL
        return mode

    @staticmethod
    def _resumed(mode: _Mode, joiner: str) -> _Mode:
        comma, word = _COMMA.match(joiner), joiner.strip(" ,،，、")
        if mode is _Mode.ADVERBIAL and comma:
            return _Mode.LIST
        if mode is _Mode.EXAMPLES and ((comma and word) or len(word) > 4):
            return _Mode.LIST
        return mode

    def _adjacent(self, start: int, stop: int, *, modified: bool = True) -> Iterator[Match]:
        """The names of a list that nothing but joiners interrupts."""
        text, grammar, place = self.text, self.grammar, start
        while place < stop:
            name = self._name(place, stop)
            if not name and modified and self.grammar.head_last:
                name = self._modified(place, stop)
            if not name:
                return
            yield name
            place = name.end
            while place < stop:
                place = _SPACES.match(text, place).end()  # type: ignore[union-attr]
                closer = grammar.closer.match(text, place, stop) or _PARENTHESIS.match(text, place, stop)
                if not closer:
                    break
                place = closer.end()
            joiner = grammar.joiner.match(text, place, stop)
            if not joiner and grammar.lists.match(text, place):
                joiner = grammar.resumer.search(text, place, stop)
            if not joiner:
                return
            place = joiner.end()

    def _subject(self, start: int) -> list[Match]:
        """The names that are the subject of `that ...`: who is to act, when it is a body or a party."""
        text, stop = self.text, self._stop(start)
        start = self._after_fillers(start)
        if self.grammar.verb_first:
            word = _WORD.match(text, start)
            start = word.end() if word else start
        names = list(self._adjacent(start, stop, modified=False))
        if not names and self.grammar.adjectives:
            name = self._name(start, stop, self.grammar.adjectives)
            names = [name] if name and name.code in ("subsidiary", "state", "states", "parties") else []
        if self.context.force is Force.DECIDE:
            names = [name for name in names if text[name.start : name.end].lower() not in self.grammar.own]
        return names

    def _implied(self, start: int, stop: int) -> Iterator[Match]:
        """`flexibility and engagement by the sides`: names after a word that makes them act."""
        comma = _COMMA.search(self.text, start, stop)
        stop = min(stop, start + _NEAR, comma.start() if comma else stop)
        if found := self.grammar.implied.search(self.text, start, stop):
            yield from self._adjacent(_BLANKS.match(self.text, found.end()).end(), stop)  # type: ignore[union-attr]

    def _unknown(self, start: int, stop: int) -> Iterator[Match]:
        """A capitalised name that no lexicon holds: `other`."""
        place = self._capital(start, stop)
        if place:
            joiner = self.grammar.joiner.search(self.text, place, stop)
            yield Match("other", place, joiner.start() if joiner else stop)

    def _capital(self, start: int, stop: int) -> int:
        """The place of the capital letter after openers at `start`; 0 when there is none."""
        place = start
        while opener := self.grammar.opener.match(self.text, place, stop):
            place = opener.end()
            while self.text[place : place + 1] == " ":
                place += 1
        return place if place > start and self.text[place : place + 1].isupper() else 0
