"""Verb phrases, what ties them to a clause, and texts that no resolution holds."""

from __future__ import annotations

import time
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.codes import Force
from tracker.extraction.clauses import Clause, split_clauses
from tracker.extraction.lexicon import FOLDER, languages, load
from tracker.extraction.spelling import fold
from tracker.extraction.verb_tables import catalogue_of


def split(language: str, text: str) -> tuple[Clause, ...]:
    return split_clauses(catalogue_of(load(language)), text)


def forces(language: str, text: str) -> list[str | None]:
    return [clause.verb.force and clause.verb.force.value for clause in split(language, text)]


@pytest.mark.parametrize(
    ("language", "text", "force"),
    [
        ("fr", "Demande aux villes", Force.REQUEST),
        ("fr", "Demande instamment aux villes", Force.URGE),
        ("fr", "Demande également et instamment aux villes", Force.REQUEST),
        ("fr", "Invite instamment les villes", Force.URGE),
        ("fr", "Encourage instamment les villes", Force.ENCOURAGE),
        ("en", "Takes note of the request", None),
        ("en", "Reiterates the need", None),
        ("en", "Reiterates its previous urgent request", Force.REQUEST),
        ("en", "Reaffirms its commitment to the call", None),
        ("en", "Also calls, in this regard, upon States", Force.CALL),
        ("es", "Hace también un llamamiento", Force.CALL),
        ("es", "Exhorta encarecidamente a los Estados", Force.URGE),
        ("ru", "вновь настоятельно призывает государства", Force.URGE),
        ("ru", "принимает решение провести", Force.DECIDE),
        ("ru", "принимает к сведению решение", None),
        ("ar", "تطلب كذلك إلى الأمين العام", Force.REQUEST),
        ("ar", "تكرر طلبها إلى الأمين العام", Force.REQUEST),
        ("zh", "重申其要求", Force.REQUEST),
        ("zh", "坚决要求各方", Force.DEMAND),
        ("zh", "提请注意建议", None),
    ],
)
def test_longest_phrase_gives_the_force(language: str, text: str, force: Force | None) -> None:
    assert split(language, text)[0].verb.force == force


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "Notes the rise, and, to this end, also invites cities to act", [None, "invite"]),
        ("en", "Notes the calls for help and requests for food", [None]),
        ("en", "Acting under Chapter VII of the Charter, decides that the ban shall end", ["decide"]),
        ("en", "In this context, urges ministers to meet", ["urge"]),
        ("fr", "Note que l’écart se creuse et, à cet égard, l’invite à agir", [None, "invite"]),
        ("fr", "Prend acte de l’aide qui soutient et invite les villes", [None]),
        ("ar", "يحيط علما بالتقرير، ويشجعه على النشر", [None, "encourage"]),
        ("ar", "تحيط علما بتقرير الأمين العام، ويطلب فيه المساعدة", [None]),
        ("zh", "欢迎报告，并为此请秘书长予以公布", [None, "request"]),
    ],
)
def test_only_tied_verbs_of_the_body_count(language: str, text: str, found: list[str | None]) -> None:
    assert forces(language, text) == found


@pytest.mark.parametrize("language", languages())
def test_every_phrase_is_found_at_the_start(language: str) -> None:
    tables = load(language).table("verbs")
    for kind, phrases in tables["force"].items():
        for phrase in phrases:
            clauses = split(language, phrase.replace(">", ""))
            assert clauses, phrase
            assert clauses[0].start == 0
            assert clauses[0].verb.force is not None, (phrase, kind)


@pytest.mark.parametrize("language", languages())
def test_no_phrase_stands_in_two_kinds(language: str) -> None:
    tables = tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))["verbs"]
    kinds: dict[str, str] = {}
    for group in ("force", "plain"):
        for kind, phrases in tables[group].items():
            for phrase in phrases:
                assert kinds.setdefault(phrase, kind) == kind, phrase


@given(st.sampled_from(languages()), st.text(max_size=200))
def test_any_text_is_cut_in_order(language: str, text: str) -> None:
    end = 0
    for clause in split(language, text):
        assert end <= clause.start <= clause.verb_end <= clause.end <= len(text)
        end = clause.verb_end


@given(st.text(max_size=100))
def test_folding_keeps_places(text: str) -> None:
    folded, places = fold(text)
    assert len(folded) == (len(text) if places is None else len(places) - 1)


PUMPS = {
    "en": [" and", ", and", "also ", ", in this regard, ", "requests ", "reiterates its ", " "],
    "fr": [" et", ", et à cet égard, ", "instamment ", "l’", "demande ", "réitère sa "],
    "es": [" y", " e", "también ", "exhorta a "],
    "ru": [" и", ", а также ", "вновь ", "подтверждает свою "],
    "ar": [" و", "، و", "ـ", "يطلب ", "يكرر "],
    "zh": ["，并", "并", "再次", "请", "重申其", "　"],
}


@pytest.mark.parametrize(("language", "pump"), [(language, pump) for language in PUMPS for pump in PUMPS[language]])
def test_pumped_texts_take_linear_time(language: str, pump: str) -> None:
    split(language, pump)  # compiles the lexicon
    times = []
    for length in (10_000, 100_000):
        text = (pump * (length // len(pump) + 1))[:length]
        started = time.process_time()
        split(language, text)
        times.append(time.process_time() - started)
    assert times[1] < max(30 * times[0], 0.2)
