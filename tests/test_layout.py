from __future__ import annotations

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reading.layout import clean
from tracker.reading.typography import CHARACTERS, WORDS


def lines(text: str) -> list[str]:
    return [line for line in clean(text).text.split("\n") if line.strip()]


@pytest.mark.parametrize(
    ("broken", "repaired"),
    [
        ("les droits de l ’homme", "les droits de l’homme"),
        ("les droits de l’ homme", "les droits de l’homme"),
        ("lorsqu’ il y a lieu, qu’ il faut", "lorsqu’ il y a lieu, qu’il faut"),
        ("la vingt -quatrième session", "la vingt-quatrième session"),
        ("le Haut -Commissaire", "le Haut-Commissaire"),
        ("le Haut- Commissaire", "le Haut-Commissaire"),
        ("short- and long-term", "short- and long-term"),
        ("la 55\ne\n séance", "la 55e séance"),
        ("le 1 er mai 2019", "le 1er mai 2019"),
        ("the States\u00a0Members\u202fof\u2009it", "the States Members of it"),
        ("co\u00adopera\u00ad\ntion", "cooperation"),
        ("\u200eA/HRC\u200f/1 text", "A/HRC/1 text"),
        ("e\u0301tat", "état"),
        ("a\x07b\x1b[31mred\x1b[0m", "abred"),
        ("( a ) to do", "(a) to do"),
        ("يُرحب بتقـرير", "يرحب بتقرير"),
        ("non‑proliferation", "non-proliferation"),
        ("Law \\& order \\_ &amp; peace", "Law \\& order _ & peace"),
    ],
)
def test_typography_is_repaired(broken: str, repaired: str) -> None:
    assert " ".join(lines(broken)) == repaired


@pytest.mark.parametrize(
    "line",
    [
        "<!-- image -->",
        "http://undocs.org/fr/A/HRC/24/56",
        "GE.15-06884 (E)",
        "23-25990 (E) 100124",
        "*2325990*",
        "Distr.: General",
        "Distr. générale 23 juillet 2019 Français Original : anglais",
        "Original: English",
        "- 3 -",
        "Page 4 of 7",
    ],
)
def test_page_furniture_goes(line: str) -> None:
    assert lines(f"One sentence of text\n{line}\ngoes on here.") == ["One sentence of text", "goes on here."] or lines(
        f"One sentence of text\n{line}\ngoes on here."
    ) == ["One sentence of text", "\f", "goes on here."]


def test_the_first_symbol_stays_and_running_heads_go() -> None:
    text = "A/RES/78/999\nThe General Assembly,\nfirst page\n\nA/RES/78/999\n\nsecond page"
    assert [line for line in lines(text) if line != "\f"] == [
        "A/RES/78/999",
        "The General Assembly,",
        "first page",
        "second page",
    ]


def test_a_resolution_number_is_no_page_number() -> None:
    assert "28/2" in lines("Resolution adopted\n\n28/2\n\nTitle")


def test_footnotes_go_and_paragraphs_stay() -> None:
    text = (
        "1. Takes note of the report1 and of the study;2\n"
        "__________________\n\n1\n A/HRC/24/56.\n\n2\n See resolution 60/251, annex.\n\n"
        "2. Requests the Office to report;\n"
    )
    assert lines(text) == ["1. Takes note of the report and of the study;", "2. Requests the Office to report;"]
    assert dict(clean(text).changes)["footnotes"] == 2


def test_a_note_without_rule_is_known_by_its_mark() -> None:
    text = "1. Requests the Office to report;1\n\n1 Requests of 2019 are in the annex.\n\n2. Thanks the keepers;\n"
    assert lines(text) == ["1. Requests the Office to report;", "2. Thanks the keepers;"]
    unmarked = "1. Requests the Office to report;\n\n1 Requests the keepers to report.\n"
    assert lines(unmarked) == ["1. Requests the Office to report;", "1 Requests the keepers to report."]


@pytest.mark.parametrize("rule", ["__________________", "\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"])
def test_a_rule_before_paragraph_one_takes_nothing(rule: str) -> None:
    assert lines(f"Recalling it,\n\n{rule}\n\n1. Recalls the Charter;") == ["Recalling it,", "1. Recalls the Charter;"]


@pytest.mark.parametrize(
    ("marked", "bare"),
    [
        ("the session\n1\n; and then", "the session; and then"),
        ("Programme of Action5 and its follow-up", "Programme of Action and its follow-up"),
        ("the report of 2024,1\n\n1. Requests", "the report of 2024, 1. Requests"),
        ("the Rules (the Tokyo Rules),11 access", "the Rules (the Tokyo Rules), access"),
        ("the Rules (the Tokyo Rules)5 and", "the Rules (the Tokyo Rules) and"),
        ("of the Assembly,[8] and the Council[9],", "of the Assembly, and the Council,"),
        ("of the General Assembly,8 and", "of the General Assembly, and"),
        ("as adopted,¹⁰ and", "as adopted, and"),
        ("tenue en 2010 12 , dans", "tenue en 2010, dans"),
        ("Agenda 21 and Goal 5 of it", "Agenda 21 and Goal 5 of it"),
        ("an area of 5 km² in all", "an area of 5 km² in all"),
        ("COVID-19, and A/HRC/24/56, and G20.", "COVID-19, and A/HRC/24/56, and G20."),
    ],
)
def test_marks_of_footnotes_go(marked: str, bare: str) -> None:
    assert " ".join(lines(marked)).replace(" ,", ",") == bare


@given(st.text())
def test_cleaning_never_fails_and_leaves_no_control(text: str) -> None:
    cleaned = clean(text).text
    assert not re.search("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e]", cleaned)


@given(st.text(alphabet="ab1 .,’'-\n_*/\u00ad\u00a0¹A", max_size=200))
def test_cleaning_twice_finds_nothing_to_repair_in_characters(text: str) -> None:
    once = clean(text).text
    changed = {name for name, _ in clean(once).changes}
    assert not changed & {"newlines", "controls", "surrogates", "bidi", "spaces", "soft hyphens"}


PUMPS = [
    "a ",
    "1\n",
    "’ ",
    "' ",
    "- ",
    " -",
    "( ",
    " )",
    "__________\n1\n",
    "A/HRC/",
    "1 e",
    "¹",
    "\n",
    "\x1b[",
    "x1,",
    ". ,",
]


@pytest.mark.parametrize("pump", PUMPS)
def test_no_pattern_is_slow(pump: str) -> None:
    text = pump * (100_000 // len(pump))
    for name, _, repair in (*CHARACTERS, *WORDS):
        started = time.process_time()
        repair(text)
        assert time.process_time() - started < 0.5, name
    started = time.process_time()
    clean(text)
    assert time.process_time() - started < 2
