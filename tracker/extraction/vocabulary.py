"""The tables of a language file that hold its words: which keys they have, and of which type (see `schema`)."""

from __future__ import annotations

from collections.abc import Mapping

from tracker.core.codes import Deliverable, Force
from tracker.extraction.addressee_codes import codes
from tracker.extraction.schema import (
    COUNT,
    FLAG,
    FORMS,
    PATTERN,
    PATTERNS,
    ROWS,
    TEXT,
    WORD,
    WORDS,
    Each,
    Shape,
    Type,
    maybe,
)

_WORDS, _FLAG, _COUNT, _WORD, _TEXT = maybe(WORDS), maybe(FLAG), maybe(COUNT), maybe(WORD), maybe(TEXT)
_PATTERN, _PATTERNS, _ROWS, _FORMS = maybe(PATTERN), maybe(PATTERNS), maybe(ROWS), maybe(FORMS)

_CODES = frozenset(codes())
_FORCES = frozenset(force.value for force in Force)
_PRODUCTS = frozenset(product.value for product in Deliverable)
_PAIRS = maybe(
    Type("a list of pairs of texts", lambda value: all(isinstance(pair, list) and len(pair) == 2 for pair in value))
)


def _all(wanted: Shape, *keys: str) -> Mapping[str, Shape]:
    return dict.fromkeys(keys, wanted)


_VERBS: Mapping[str, Shape] = {
    **_all(_WORDS, "connectors", "leads", "adverbs", "no_adverbs", "strong", "pronouns", "suffixes", "by_addressee"),
    **_all(_WORDS, "opening_only", "performed", "relatives", "tight", "nouns", "noun_followers"),
    "plurals": _PATTERNS,
    "spaced": _FLAG,
    "gender": _PAIRS,
    "attached": _WORD,
    "force": Each(WORDS, _FORCES),
    "plain": Each(WORDS),
    "passive": Each(WORDS, _FORCES | {"auxiliaries"}),
    "composed": {"verbs": _WORDS, "gap": _COUNT, **_all(_WORDS, "stops", "determiners"), "nouns": Each(WORDS, _FORCES)},
    "recalled": {"verbs": _WORDS},
    "followed": Each(Type("a list of texts", WORDS.fits)),
    "by_words": Each(Each(WORDS, _FORCES)),
    "letters": {
        **_all(_WORDS, "likewise", "chapeau", "action", "endings", "topics", "nouns", "lists", "exempt", "tasks"),
        **_all(_PATTERNS, "openings", "inside"),
        "bare": _FLAG,
    },
}

_ADDRESSEES: Mapping[str, Shape] = {
    **_all(_FLAG, "spaced", "verb_first", "bare_subject", "head_last", "compounds"),
    **_all(_FORMS, "openers", "prefixes", "joiners", "fillers", "that", "modals", "lists", "adverbials", "consulted"),
    **_all(
        _FORMS,
        "implied",
        "pronouns",
        "attached",
        "closers",
        "closed",
        "passive",
        "done_by",
        "prepositions",
        "governing",
    ),
    **_all(_FORMS, "resumers", "modifiers", "own", "performed"),
    **_all(_FORMS, "barred", "heads", "complements", "authors", "recipients", "plural", "latter"),
    **_all(_WORDS, "office", "possessive", "persons", "bare", "gerunds", "qualities", "participles"),
    "sanctions": _PATTERNS,
    "another": _PATTERN,
    **_all(_COUNT, "adjectives", "postposed"),
    "action": _all(
        _FORMS, "markers", "clauses", "between", "endings", "nouns", "not_before", "not_after", "not_endings", "verbs"
    ),
    "names": Each(FORMS, _CODES),
    "within": Each(Each(FORMS, _CODES)),
}

_NUMBERS: Mapping[str, Shape] = {
    "figures": PATTERN,
    **_all(
        {
            "atoms": Each(WORDS),
            "bases": Each(WORDS),
            "endings": _WORDS,
            "joins": _WORDS,
            "joins_by_base": Each(WORDS),
        },
        "ordinal",
        "cardinal",
    ),
}

_SESSION: Mapping[str, Shape] = {
    **_all(
        _PATTERNS, "nouns", "meetings", "special", "substantive", "own", "article", "main", "resumed", "piece", "rough"
    ),
    **_all(_WORDS, "adjectives", "resuming", "lists", "ranges"),
    "year_after": _PATTERN,
    "joined": _TEXT,
    "following": Each(WORD),
    **_all(
        Each(PATTERNS, frozenset({"opening", "at", "for", "before", "by_end", "after", "since", "until", "past"})),
        "before",
        "after",
    ),
}

_BODIES: Mapping[str, Shape] = {
    "prefix": _PATTERN,
    **_all(_PATTERNS, "to", "through", "pronoun", "of", "president", "dative", "created", "goes_on", "possessive"),
    "names": Each(PATTERNS),
}

_DATE: Mapping[str, Shape] = {
    "months": _ROWS,
    **_all(_PATTERNS, "also", "early", "rough", "this_year", "other_year", "year_end", "title_after"),
    "shapes": _WORDS,
    **_all(_PATTERN, "after_year", "period_end", "days", "month", "yearless"),
    "periods": Each(PATTERNS, frozenset(str(month) for month in range(1, 13))),
    **_all(Each(PATTERNS, frozenset({"by", "before", "until", "till", "to", "on", "in", "since"})), "before", "after"),
}

_DURATION: Mapping[str, Shape] = {
    **_all(_PATTERN, "between", "behind", "prefix"),
    **_all(_PATTERNS, "counted", "lapsing", "lasting"),
    "tens": _WORDS,
    "units": Each(PATTERNS, frozenset("DWMYH")),
    "fixed": Each(PATTERNS),
    **_all(
        Each(PATTERNS, frozenset({"within", "term", "bare", "loose", "adoption", "event", "late"})), "before", "after"
    ),
}

VOCABULARY: Mapping[str, Mapping[str, Shape]] = {
    "verbs": _VERBS,
    "addressees": _ADDRESSEES,
    "deliverables": {
        "spaced": _FLAG,
        "makers": FORMS,
        **_all(Each(FORMS, _PRODUCTS), "alone", "made"),
        **_all(_FORMS, "other_words", "articles", "objects", "about", "made_behind"),
    },
    "numbers": _NUMBERS,
    "deadlines": {
        **_all(_PATTERN, "prefix", "token"),
        "word_spacing": _FLAG,
        "hints": WORDS,
        **_all(
            _PATTERNS,
            "refused",
            "attending",
            "past",
            "future",
            "events",
            "vague",
            "soon",
            "dealing",
            "convening",
            "holding",
            "told",
            "reporting",
        ),
        **_all(_PATTERNS, "goals", "renewing", "respectively", "preparing", "later"),
        "session": _SESSION,
        "bodies": _BODIES,
        "date": _DATE,
        "duration": _DURATION,
    },
    "recurrence": _all(
        _PATTERNS,
        *("annual", "biennial", "triennial", "quadrennial", "monthly", "quarterly", "semi-annual", "weekly"),
        *("every session", "every 2 sessions", "every 3 sessions", "every", "regular", "unless", "unclear"),
    ),
}
"""The tables of words, each with its keys."""
