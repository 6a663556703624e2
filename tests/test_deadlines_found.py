from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core.codes import Force
from tracker.core.deadline import DateDeadline, Deadline, OffsetDeadline, RelativeDeadline, SessionDeadline
from tracker.core.request import Reason
from tracker.extraction.context import Context
from tracker.extraction.deadlines import UNCLEAR, Timing, find_deadlines
from tracker.extraction.lexicon import languages, load
from tracker.extraction.numbering import standing, year_of

HRC_51 = date(2022, 10, 7)


def read(
    clause: str,
    language: str = "en",
    body: str = "HRC",
    session: int | None = 51,
    adopted_on: date | None = HRC_51,
    force: Force = Force.REQUEST,
    text: str = "",
) -> Timing:
    return find_deadlines(clause, Context(load(language), body, session, adopted_on, force, text=text))


def short(deadline: Deadline | None) -> str:
    match deadline:
        case SessionDeadline(relation, body, session, _):
            return f"{relation} {body} {session}"
        case DateDeadline(relation, value, _):
            return f"{relation} {value}"
        case OffsetDeadline(value, anchor, _):
            return f"{value} {anchor}"
        case RelativeDeadline(value, _, body):
            return f"{value} {body}"
        case _:
            return "none"


@pytest.mark.parametrize(
    ("clause", "found"),
    [
        ("the Office to report at its fifty-fourth session", "at HRC 54"),
        ("the Office to report to the Council at its fifty-fourth session", "at HRC 54"),
        (
            "the Council's fifty-fourth session to be the place of a report, at the Council's fifty-fourth session",
            "at HRC 54",
        ),
        ("the mechanism to report to the General Assembly at its seventy-eighth session", "at GA 78"),
        ("the Office to help the General Assembly and to report at its fifty-fourth session", "at HRC 54"),
        ("the Working Group to finish no later than its nineteenth session", "by_end Working Group 19"),
        ("the Office to act on the report presented to the Council at its forty-eighth session", "none"),
        ("the Office to follow up the debate held during the fifty-first session", "none"),
        ("the Office to act on the study submitted to the General Assembly at its seventy-fifth session", "none"),
        ("the Office to honour the plan adopted on 26 March 2015", "none"),
        ("the Office to convene a seminar on 26 March 2024", "on 2024-03-26"),
        ("the Office to convene a seminar in 2015", "none"),
        ("the Office to convene a seminar as early as possible in 2024", "none"),
        ("States to end hunger by 2030 in line with their commitments", "by 2030"),
        ("States to work towards the goal of ending hunger by 2030", "none"),
        ("the Office to report at its next session", "next session HRC"),
        ("the Office to help in preparing the fifty-fourth session", "none"),
        ("the Office to facilitate the participation of experts in the fourteenth session of the Committee", "none"),
        ("the Office to brief it within 48 hours", "PT48H adoption"),
        ("the Office to submit its report at its ninety-ninth annual festival", "none"),
    ],
)
def test_deadlines_of_a_resolution_of_the_council(clause: str, found: str) -> None:
    assert short(read(clause).deadline) == found


def test_the_words_and_the_rule_are_kept() -> None:
    timing = read("the Office to report, before its fifty-fourth session, on wells")
    assert timing.deadline is not None
    assert timing.deadline.text == "before its fifty-fourth session"
    assert [(reason.field, reason.rule) for reason in timing.reasons] == [("deadline", "before-session")]


def test_the_earliest_deadline_comes_first() -> None:
    timing = read(
        "the Office to report to the General Assembly at its seventy-eighth session and to the Human Rights Council at "
        "its fifty-second session"
    )
    assert [short(timing.deadline), *map(short, timing.deadlines)] == ["at HRC 52", "at GA 78"]


@pytest.mark.parametrize(
    "clause",
    [
        "أن يقدم تقريرا في الجزء الأول من دورتها الثامنة والسبعين المستأنفة",
        "أن يقدم تقريرا في الجزء الثاني من دورتها المستأنفة الثامنة والسبعين",
    ],
)
def test_a_session_is_resumed_by_a_word_behind_it(clause: str) -> None:
    deadline = read(clause, "ar", "GA", 77).deadline
    assert isinstance(deadline, SessionDeadline)
    assert (deadline.session, deadline.part) == (78, "resumed")


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("es", "prorrogar el mandato por un período de un año a partir del 1 de mayo de 2023"),
        ("ru", "продлить мандат на один год с 1 мая 2023 года"),
        ("ar", "تمديد الولاية لفترة سنة واحدة اعتبارا من 1 أيار/مايو 2023"),
        ("zh", "将任期自2023年5月1日起延长一年"),
    ],
)
def test_a_term_counts_from_the_day_that_the_text_names(language: str, clause: str) -> None:
    assert short(read(clause, language, force=Force.DECIDE).deadline) == "P1Y 2023-05-01"


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("es", "que presente un informe antes de que finalice el año"),
        ("es", "que presente un informe antes de fin de año"),
        ("ru", "представить доклад до конца года"),
        ("ar", "أن يقدم تقريرا قبل نهاية السنة"),
        ("zh", "在今年年底前提交报告"),
    ],
)
def test_the_end_of_the_year_is_that_of_the_adoption(language: str, clause: str) -> None:
    assert short(read(clause, language).deadline) == "by 2022"


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("es", "que presente un informe en junio y diciembre de 2024"),
        ("ru", "представить доклад в июне и декабре 2024 года"),
    ],
)
def test_months_of_one_year(language: str, clause: str) -> None:
    timing = read(clause, language)
    assert [short(timing.deadline), *map(short, timing.deadlines)] == ["in 2024-06", "in 2024-12"]


def test_a_term_that_begins_at_a_session_in_chinese() -> None:
    timing = read("将工作组的任期从第五十三届会议起延长三年", "zh", force=Force.DECIDE)
    assert (short(timing.deadline), timing.deadlines) == ("P3Y event", ())


@pytest.mark.parametrize(
    ("language", "clause"),
    [
        ("en", "to include in the provisional agenda of its eightieth session the item entitled “Wells”"),
        (
            "fr",
            "d’inscrire à l’ordre du jour provisoire de sa quatre-vingtième session la question intitulée « Puits »",
        ),
        ("es", "incluir en el programa provisional de su octogésimo período de sesiones el tema titulado “Pozos”"),
        ("ru", "включить в предварительную повестку дня своей восьмидесятой сессии пункт, озаглавленный «Колодцы»"),
        ("ar", "أن تدرج في جدول الأعمال المؤقت لدورتها الثمانين البند المعنون «الآبار»"),
        ("zh", "将题为“水井”的项目列入第八十届会议临时议程"),
    ],
)
def test_an_agenda_stands_when_its_session_opens(language: str, clause: str) -> None:
    deadline = read(clause, language, "GA", 79, force=Force.DECIDE).deadline
    assert isinstance(deadline, SessionDeadline)
    assert (deadline.session, deadline.part) == (80, "opening")


def test_the_commission_is_the_one_that_the_resolution_names() -> None:
    text = "Recalling the work of the Commission on Crime Prevention and Criminal Justice, 1. Requests the Commission"
    timing = read(
        "the Commission to accord time at its thirty-third session",
        body="GA",
        session=78,
        adopted_on=date(2023, 12, 19),
        text=text,
    )
    assert short(timing.deadline) == "at CCPCJ 33"


def test_a_session_that_nobody_can_mean_is_a_doubt() -> None:
    timing = read("the Office to speak at its seventeenth session", adopted_on=HRC_51)
    assert timing.deadline is None
    assert timing.doubts == (UNCLEAR,)
    assert timing.reasons == (Reason("doubt", UNCLEAR, "at its seventeenth session"),)


@pytest.mark.parametrize("clause", ["", "States to build bridges", "the Office to share what it knows with all"])
def test_a_clause_without_time(clause: str) -> None:
    assert read(clause) == Timing()


def test_about_when_sessions_open() -> None:
    assert year_of("HRC", 30) == (2015, 9)
    assert year_of("GA", 79) == (2024, 9)
    assert standing("HRC", 30, date(2015, 3, 26)) == "future"
    assert standing("HRC", 24, date(2015, 3, 26)) == "past"
    assert standing("GA", 33, date(2023, 12, 19)) == "past"
    assert standing("COPUOS", 33, date(2023, 12, 19)) == ""


PUMPS = [
    "at its first and ",
    "by 2030 and ",
    "within six months ",
    "before the ",
    "annual report ",
    "1st 2nd 3rd ",
    "session ",
    "a",
    "2016 ",
    " ",
    ",",
    "the General Assembly ",
    "submit a report ",
    "d’ici à la fin de ",
    "à sa session ",
    "на своей сессии ",
    "в 30 дней ",
    "в ",
    "в течение ",
    "في دورتها ",
    "كل ",
    "第",
    "三十",
    "2016年",
    "届会议",
    "período de sesiones ",
    "el 3 de mayo de ",
]


@pytest.mark.parametrize("language", languages())
def test_no_text_takes_long(language: str) -> None:
    read("at its first session in 2016", language)
    for pump in PUMPS:
        clause = (pump * (100_000 // len(pump)))[:100_000]
        begun = time.process_time()
        read(clause, language)
        assert time.process_time() - begun < 1, pump


@pytest.fixture(scope="module")
def compiled() -> None:
    """The words of all languages, compiled before the time of an example is taken."""
    for language in languages():
        read("in 1999", language)


@pytest.mark.usefixtures("compiled")
@given(st.text(max_size=200), st.sampled_from(languages()))
def test_any_text_is_read(clause: str, language: str) -> None:
    timing = read(clause, language)
    assert timing.deadline is not None or not timing.deadlines
