"""Reads one name of an addressee: its openers and adjectives, what belongs to it behind it, and what is no name."""

from __future__ import annotations

from tracker.extraction.addressee_grammar import Grammar
from tracker.extraction.context import Context
from tracker.extraction.phrases import Match
from tracker.extraction.words import Words

COMMAS = (",", "،", "，")

ASIDE = 40
"""Words of an aside between commas."""

SHORT = 8
"""Words of an aside behind a joiner, of a complement, and half as many as up to the noun of a lone adjective."""


class NameReader:
    """One clause, cut into words; places are those of words."""

    def __init__(self, grammar: Grammar, words: Words, context: Context) -> None:
        self.grammar, self.words, self.context = grammar, words, context
        self.stop = len(words.words)
        self.within = grammar.within.get(context.body or "")

    def everyone(self) -> list[Match]:
        """Every name in the text."""
        found = (self.grammar.names.match(self.words, place, self.stop) for place in range(self.stop))
        return [name for name in found if name]

    def _known(self, place: int, stop: int) -> Match | None:
        """The longest name that starts at `place`, unless it is part of something that is no addressee."""
        grammar, words = self.grammar, self.words
        found = grammar.names.match(words, place, stop)
        own = self.within.match(words, place, stop) if self.within else None
        found = own if own and (found is None or own.end >= found.end) else found
        if found is None:
            return None
        if not grammar.action.markers and found.end > place + 1 and grammar.action.at(words, found.end - 1, stop):
            found = Match(found.code, found.start, found.end - 1)  # `Миссию обеспечить`
        barred = grammar.barred.match(words, place, stop)
        if barred and barred.end >= found.end:
            return None
        bare = grammar.bare and words.slice(found.start, found.end).lower() in grammar.bare
        return None if bare and not self._has_head(place, stop) else found

    def _has_head(self, place: int, stop: int) -> bool:
        """Whether the noun of an adjective stands near: `organizations` after `regional`, or before `régionales`."""
        heads, words = self.grammar.heads, self.words
        near = range(max(0, place - 2 * SHORT), min(stop, place + 2 * SHORT))
        return any(heads.match(words, at, stop) for at in near)

    def _opened(self, place: int, stop: int) -> int | None:
        """The place after one opener or one title in Chinese quotes at `place`."""
        opener = self.grammar.opener.match(self.words, place, stop)
        if opener:
            return opener.end
        return self._closed(place, stop, "《", "》")

    def _closed(self, place: int, stop: int, left: str, right: str) -> int | None:
        """The place after what stands between `left`, at `place`, and `right`."""
        words = self.words.words
        if place >= stop or words[place] != left:
            return None
        return next((end + 1 for end in range(place, min(stop, place + ASIDE)) if words[end] == right), None)

    def _name(self, place: int, stop: int, adjectives: int = 0) -> Match | None:
        """The name at `place`, after its openers and at most `adjectives` further words."""
        grammar, words, start, first = self.grammar, self.words, adjectives, place
        while place < stop:
            found = self._known(place, stop)
            if found and grammar.head_last:
                return self._head(found, stop)
            if found and grammar.compounds:
                found = self._compound(found, stop)
            opened = self._opened(place, stop) if adjectives == start else None
            if found:
                return (self._name(opened, stop) if opened and opened >= found.end else None) or found
            if opened:
                place = opened
                continue
            if not adjectives or not words.words[place][0].isalnum() or (place == first and self._is_gerund(place)):
                return None
            if grammar.stop.match(words, place, stop) or grammar.marks.match(words, place, stop):
                return None
            hyphen = place + 2 < stop and words.words[place + 1] == "-"
            adjectives, place = adjectives - 1, place + (2 if hyphen else 1)
        return None

    def _is_gerund(self, place: int) -> bool:
        """`implementing and evaluating programmes` names nobody, `developing countries` does."""
        word, grammar = self.words.words[place], self.grammar
        return bool(grammar.gerunds) and word.endswith(grammar.gerunds) and word not in grammar.qualities

    def _compound(self, found: Match, stop: int) -> Match:
        """The last of the names that follow each other: `Security Council Committee`, `the Council’s President`."""
        if self.grammar.complement.match(self.words, found.end - 1, stop):
            return found  # `heads of`
        place = self._after_genitive(found.end, stop)
        while place < stop and (self.words.capital(place) or place > found.end):
            following = self._known(place, stop)
            if following is None:
                break
            found = Match(following.code, found.start, following.end)
            place = self._after_genitive(found.end, stop)
        return found

    def _after_genitive(self, place: int, stop: int) -> int:
        """The place after the ending of a genitive, if it stands there: `the Council’s President`."""
        genitive = place + 1 < stop and self.words.words[place : place + 2] == ["’", "s"]
        return place + 2 if genitive else place

    def _head(self, found: Match, stop: int) -> Match:
        """The last of the names that follow each other without a joiner: `Assembly` `President`."""
        place = found.end
        while place < stop:
            following = self._known(place, stop)
            if following:
                found = Match(_head_code(found.code, following.code), found.start, following.end)
                place = following.end
            elif opened := self._opened(place, stop):
                place = opened
            elif found.code == "state" and (modifier := self.grammar.modifier.match(self.words, place, stop)):
                place = modifier.end
            else:
                break
        return found

    def _modified(self, place: int, stop: int) -> Match | None:
        """The name after a modifier that starts at `place`."""
        words = self.words
        for at in range(place, stop):
            if words.words[at] in COMMAS:
                return None
            modifier = self.grammar.modifier.match(words, at, stop)
            if modifier and (name := self._name(modifier.end, stop)):
                return name
        return None

    def _after_complement(self, place: int, stop: int) -> int:
        """The place after `of the Republic of Nauru`: a State or words with capitals behind a preposition."""
        after = place
        while after < stop and (link := self.grammar.complement.match(self.words, after, stop)):
            known = self._known(link.end, stop)
            end = known.end if known else link.end
            while end < min(stop, link.end + SHORT) and self.words.capital(end):
                end += 1
            if end == link.end:
                break
            after = end
        return after

    def _after_postposed(self, place: int, stop: int) -> int:
        """The place after adjectives behind a name (`le Gouvernement syrien et`), if the list goes on there."""
        grammar, words = self.grammar, self.words
        for after in range(place, min(stop, place + grammar.postposed + 1)):
            mark = grammar.marks.match(words, after, stop)
            if mark:
                return after if mark.code == "joiners" else place
            if not words.words[after][0].isalpha() or grammar.stop.match(words, after, stop):
                break
        return place

    def _after_closer(self, place: int, stop: int) -> int | None:
        closer = self.grammar.closer.match(self.words, place, stop)
        return closer.end if closer else self._closed(place, stop, "(", ")")

    def _capital(self, start: int, stop: int) -> int:
        """The place of the capitalised word after openers at `start`; 0 when there is none."""
        place = start
        while place < stop and (opened := self._opened(place, stop)):
            place = opened
        return place if start < place < stop and self.words.capital(place) else 0


def _head_code(first: str, last: str) -> str:
    """Whom two names in a row mean: the last one, but the Government of a State and the Chair of a committee."""
    if (first, last) == ("state", "states"):
        return "state"
    if (first, last) == ("subsidiary", "president"):
        return "subsidiary"
    return last
