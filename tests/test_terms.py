"""Words as search sees them, what people type, and snippets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.terms import Query, Term, fold, parse_query, score, snippet, words_of
from tracker.errors import UsageError


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Réunion-débat sur l’ŒUVRE", "reunion debat sur l oeuvre"),
        ("re\u0301union coope\u00adration", "reunion cooperation"),
        ("Ёжик, ещё; Мой", "ежик еще мой"),
        ("حُقُوقُ الإنْسَـــان", "حقوق الانسان"),
        ("المساعدة على المدى ٢٠١٥", "المساعده علي المدي 2015"),
        ("人权理事会第28/2号决议", "人 权 理 事 会 第 28 2 号 决 议"),
        ("A/HRC/RES/28/2", "a hrc res 28 2"),
        ("STRASSE straße", "strasse strasse"),
        ("２０１５ ﬁn", "2015 fin"),
        ("años Ñandú", "anos nandu"),
        ("... — \u0301", ""),
        ("x" * 100, "x" * 60),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=80) | st.text(st.characters(max_codepoint=127), max_size=80))
def test_folding_again_changes_nothing_and_every_word_has_its_place(text: str) -> None:
    words = list(words_of(text))
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(first.end <= second.start for first, second in pairwise(words))
    assert all(word.text.isalnum() for word in words)
    assert fold(text) == " ".join(word.text for word in words)
    assert fold(fold(text)) == fold(text)


def test_queries() -> None:
    assert parse_query('Rapport "droits de l’homme" -fonds coop* −"a b" 人权') == Query(
        (Term(("rapport",)), Term(("droits", "de", "l", "homme")), Term(("coop",), prefix=True), Term(("人", "权"))),
        (Term(("fonds",)), Term(("a", "b"))),
    )
    assert parse_query("«Совет по» ещё") == Query((Term(("совет", "по")), Term(("еще",))))
    assert parse_query('"not closed') == Query((Term(("not", "closed")),))
    assert parse_query('"two wor"* 28/2') == Query((Term(("two", "wor"), prefix=True), Term(("28", "2"))))


@pytest.mark.parametrize("typed", ["", "  ", '""', "*", "-", "-word", '-"a b"', "... !", " ".join(map(str, range(60)))])
def test_nothing_to_look_for_is_a_usage_error(typed: str) -> None:
    with pytest.raises(UsageError):
        parse_query(typed)


@given(st.text(max_size=40))
def test_nothing_typed_breaks_anything(typed: str) -> None:
    try:
        query = parse_query(typed)
    except UsageError:
        return
    assert all(word.isalnum() for term in query.wanted + query.unwanted for word in term.words)


def test_snippets_show_the_place_with_most_answers() -> None:
    text = "Rien ici. " * 40 + "Le Conseil prie les États de coopérer, et la coopération est utile. " + "Rien là. " * 40
    found = snippet(parse_query("coop* etats"), text, 80)
    assert [found.text[first:last] for first, last in found.spans] == ["États", "coopérer", "coopération"]
    assert found.text.startswith("… ")
    assert found.text.endswith(" …")
    assert len(found.text) < 100
    assert "\n" not in snippet(parse_query("b"), "a\nb\nc").text
    assert snippet(parse_query("人权"), "促进人权和人权教育").spans == ((2, 4), (5, 7))


PIECES = st.sampled_from(["prie", "l’", "État", "de", "权利", "\n", ",", "coopé"])


@given(st.lists(PIECES, max_size=60), st.integers(20, 90))
def test_spans_of_a_snippet_hold_the_words(pieces: list[str], length: int) -> None:
    found = snippet(parse_query("etat coop*"), " ".join(pieces), length)
    assert {fold(found.text[first:last]) for first, last in found.spans} <= {"etat", "coope"}


def test_often_and_in_few_words_is_better() -> None:
    query = parse_query("fonds")
    assert score(query, "fonds fonds a") > score(query, "fonds a a")
    assert score(query, "fonds a") > score(query, "fonds" + " a" * 100)
    assert score(query, "fond a") == 0
    assert score(parse_query("fon*"), "a fonds") > 0


@pytest.mark.parametrize("text", ["a" * 100_000, "a " * 50_000, "\u0301" * 100_000, "人" * 100_000, '"' * 100_000])
def test_long_texts_take_no_time(text: str) -> None:
    """Each is done with in one pass; a pattern that tries again and again would take minutes."""
    query = parse_query("a b* 人")
    assert fold(text).count("b") == 0
    assert score(query, fold(text)) >= 0
    assert snippet(query, text).spans is not None
