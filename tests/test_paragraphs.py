from __future__ import annotations

import contextlib
import re
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.resolution import Kind, Resolution
from tracker.errors import BadInputFile, NotAResolution
from tracker.extraction.labels import split
from tracker.extraction.resolutions import Found, find_resolutions
from tracker.reading.files import read_bytes

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = (ROOT / "examples" / "hrc-28-2.fr.txt").read_text(encoding="utf-8")


def found_in(text: str, language: str | None = None) -> tuple[Found, ...]:
    return find_resolutions(read_bytes(text.encode(), "text"), language)


def resolution_in(text: str, language: str | None = None) -> Resolution:
    (found,) = found_in(text, language)
    return found.resolution


def labels(resolution: Resolution) -> list[str]:
    return [p.label for p in resolution.paragraphs if p.kind is Kind.OPERATIVE]


def preambular(resolution: Resolution) -> list[str]:
    return [p.text for p in resolution.paragraphs if p.kind is Kind.PREAMBULAR]


def english(*operative: str, preamble: str = "Recalling its previous resolutions,") -> str:
    return "\n\n".join(["The Human Rights Council,", preamble, *operative])


def test_the_resolution_that_the_project_started_from() -> None:
    resolution = resolution_in(EXAMPLE)
    assert labels(resolution) == [str(number) for number in range(1, 28)]
    assert len(preambular(resolution)) == 17
    assert resolution.footnotes == 3
    assert "A/HRC/24/56" not in resolution.text
    for paragraph in resolution.paragraphs:
        assert resolution.text[paragraph.start : paragraph.end] == paragraph.text


def single_spaced(text: str) -> str:
    return re.sub(r"\n *\n", "\n", text)


SPACINGS: dict[str, Callable[[str], str]] = {
    "single spaced": single_spaced,
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "cr": lambda text: text.replace("\n", "\r"),
    "nbsp": lambda text: text.replace(" ", "\u00a0"),
    "bom": lambda text: "\ufeff" + text,
    "more blank lines": lambda text: text.replace("\n", "\n\n"),
    "indented": lambda text: textwrap.indent(text, "      "),
}


@pytest.mark.parametrize("spacing", SPACINGS)
def test_spacing_does_not_change_the_result(spacing: str) -> None:
    assert found_in(SPACINGS[spacing](EXAMPLE)) == found_in(EXAMPLE)


def paragraphs_of(resolution: Resolution) -> list[str]:
    return ["Résolution adoptée par le Conseil des droits de l’homme", "28/2", *resolution.text.split("\n")]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("width", [30, 48, 72, 100, 100_000])
@pytest.mark.parametrize("hyphens", [True, False])
def test_line_width_does_not_change_the_result(width: int, between: str, hyphens: bool) -> None:
    resolution = resolution_in(EXAMPLE)
    wrapped = [textwrap.fill(text, width, break_on_hyphens=hyphens) for text in paragraphs_of(resolution)]
    again = resolution_in(between.join(wrapped))
    assert again.text == resolution.text
    assert again.paragraphs == resolution.paragraphs
    assert (again.symbol, again.title, again.adopted_on) == (resolution.symbol, resolution.title, resolution.adopted_on)
    assert (again.meeting, again.vote) == (resolution.meeting, resolution.vote)


SIX = {
    "fr": """Le Conseil économique et social,

Rappelant ses résolutions antérieures sur la question,

Conscient que les moyens manquent dans bien des pays,

1. Se félicite du rapport du Secrétaire général ;

2. Prie le Secrétaire général :

a) De publier ce rapport sans délai dans toutes les langues ;

b) De tenir les États informés :

i) Des dépenses ;

ii) Des recettes ;

3. Décide de revenir sur la question.
""",
    "en": """The Economic and Social Council,

Recalling its previous resolutions on the question,

Mindful that means are lacking in many countries,

1. Welcomes the report of the Secretary-General;

2. Requests the Secretary-General:

(a) To publish that report without delay in all languages;

(b) To keep States informed of:

(i) The expenditure;

(ii) The income;

3. Decides to return to the question.
""",
    "es": """El Consejo Económico y Social,

Recordando sus resoluciones anteriores sobre la cuestión,

Consciente de que faltan medios en muchos países,

1. Acoge con beneplácito el informe del Secretario General;

2. Solicita al Secretario General que:

a) Publique ese informe sin demora en todos los idiomas;

b) Mantenga informados a los Estados de:

i) Los gastos;

ii) Los ingresos;

3. Decide volver a ocuparse de la cuestión.
""",
    "ru": """Экономический и Социальный Совет,

ссылаясь на свои предыдущие резолюции по этому вопросу,

сознавая, что во многих странах не хватает средств,

1. приветствует доклад Генерального секретаря;

2. просит Генерального секретаря:

a) безотлагательно опубликовать этот доклад на всех языках;

b) информировать государства:

i) о расходах;

ii) о доходах;

3. постановляет вернуться к этому вопросу.
""",
    "ar": """إن المجلس الاقتصادي والاجتماعي،

إذ يشير إلى قراراته السابقة بشأن هذه المسألة،

وإذ يدرك أن الوسائل غير متوافرة في كثير من البلدان،

1 - يرحب بتقرير الأمين العام؛

2 - يطلب إلى الأمين العام:

(أ) أن ينشر هذا التقرير دون تأخير بجميع اللغات؛

(ب) أن يبقي الدول على علم بما يلي:

'1' النفقات؛

3 - يقرر العودة إلى هذه المسألة.
""",
    "zh": """经济及社会理事会，

回顾其以往关于这一问题的各项决议，

意识到许多国家缺乏手段，

1. 欢迎秘书长的报告；

2. 请秘书长：

(a) 立即以所有语文公布该报告；

(b) 向各国通报：

(一) 支出；

(二) 收入；

3. 决定再次审议这一问题。
""",
}


@pytest.mark.parametrize("language", SIX)
def test_one_grammar_reads_six_languages(language: str) -> None:
    resolution = resolution_in(SIX[language])
    assert resolution.language == language
    assert resolution.body == "ECOSOC"
    assert len(preambular(resolution)) == 2
    first_level = [label for label in labels(resolution) if label.count("(") < 2]
    assert first_level == ["1", "2", "2 (a)", "2 (b)", "3"]
    if language in {"fr", "en", "es", "ru"}:
        assert labels(resolution)[4:6] == ["2 (b) (i)", "2 (b) (ii)"]


def test_labels_are_not_part_of_the_text() -> None:
    resolution = resolution_in(SIX["en"])
    texts = {p.label: p.text for p in resolution.paragraphs if p.label}
    assert texts["2"] == "Requests the Secretary-General:"
    assert texts["2 (a)"] == "To publish that report without delay in all languages;"
    assert texts["2 (b) (ii)"] == "The income;"


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        ("Requests: (a) One; (b) Two; and (c) Three", ["a", "b", "c"]),
        ("Prie l’Office :\na) D’une part ;\nb) D’autre part", ["a", "b"]),
        ("Requests:\n(a) One;\n(b) Two, as in paragraph (c) of the annex;\n(d) Four", ["a", "b", "d"]),
        ("Recalls paragraph (a) of its resolution and subparagraph (b) of the annex", []),
        ("Requests:\n(g) Seven;\n(h) Eight", []),
        ("Decides:\n(a) One:\n(i) Deep;\n(ii) Deeper;\n(b) Two", ["a", "a.i", "a.ii", "b"]),
        ("Decides:\n" + "\n".join(f"({letter}) Item;" for letter in "abcdefghij"), list("abcdefghij")),
        ("Decides:\ni) One;\nii) Two;\niii) Three", ["i", "ii", "iii"]),
        ("Decides:\n1) One;\n2) Two", ["1", "2"]),
        ("Decides:\na. One;\nb. Two", ["a", "b"]),
        ("Decides to:\n- act;\n- think;", ["a", "b"]),
        ("Decides:\n(a)\nTo act;\n(b)\nTo think;", ["a", "b"]),
        ("постановляет:\nа) первое;\nб) второе;\nв) третье", ["a", "b", "c"]),
        ("постановляет:\nа) первое;\nb) второе;\nс) третье", ["a", "b", "c"]),
        ("تقرر:\n(أ) واحد؛\n(ب) اثنان؛\n(ج) ثلاثة؛\n(د) أربعة", ["a", "b", "c", "d"]),
        ("تقرر:\n(أ) واحد؛\n(ب) اثنان؛\n(ت) ثلاثة؛\n(ث) أربعة", ["a", "b", "c", "d"]),
        ("决定：" + "".join(f"\n(十{one}) 项；" for one in "一二三"), []),
        ("决定：" + "".join(f"\n({number}) 项；" for number in (*"一二三四五六七八九十", "十一")), list("abcdefghijk")),
        ("Requests the Director:\nTo publish\nthe text; and\nTo inform all;\nTo report.", ["a", "b", "c"]),
        ("Requests all:\n(a) To act;\n(c) To report; and\n(e) To meet.", ["a", "c", "e"]),
        ("Requests all, as in sentence (a);\n(c) above, to act.", []),
        ("Approves this agenda:\n1. Opening.\n2. Closing.", []),
        ("Reaffirms the Charter: all\nStates have rights. They\nhave duties.", []),
    ],
)
def test_letters_part_a_paragraph_where_they_follow_each_other(text: str, paths: list[str]) -> None:
    assert [".".join(part.path) for part in split(text)][1:] == paths
    assert re.sub(r"\W", "", "".join(part.label + part.text for part in split(text))) == re.sub(r"\W", "", text)


def test_a_number_lost_at_a_page_break_is_found_again() -> None:
    (found,) = found_in(english("1. Welcomes it;", "Requests the Office to report;", "3. Decides to go on."))
    assert labels(found.resolution) == ["1", "2", "3"]
    assert [problem.code for problem in found.problems] == ["number-lost"]


def test_a_paragraph_that_is_not_there_is_a_problem() -> None:
    (found,) = found_in(english("1. Welcomes it;", "2. Notes it;", "4. Decides to go on."))
    assert labels(found.resolution) == ["1", "2", "4"]
    assert "no paragraph 3" in found.problems[0].message


@pytest.mark.parametrize(
    ("letters", "lost"),
    [
        (("(a)", "(b)", "(c)"), []),
        (("(a)", "(c)", "(d)"), ["no letter (b) was found in paragraph 1"]),
        (("(i)", "(ii)", "(v)"), ["no letter (iii), (iv) was found in paragraph 1"]),
        (("(1)", "(3)", "(4)"), ["no letter (2) was found in paragraph 1"]),
    ],
)
def test_a_letter_that_is_not_there_is_a_problem(letters: tuple[str, ...], lost: list[str]) -> None:
    lines = "".join(f"\n{letter} To do something;" for letter in letters)
    (found,) = found_in(english(f"1. Requests the Office:{lines}", "2. Decides to go on."))
    assert labels(found.resolution) == ["1", *(f"1 {letter}" for letter in letters), "2"]
    assert [problem.message for problem in found.problems if problem.code == "letter-lost"] == lost


@pytest.mark.parametrize(
    ("numbers", "read_as", "told"),
    [
        ("1 2 2 3", "1 2 2 3", ["paragraph 2 follows paragraph 2: the numbers are not in order"]),
        ("1 2 3 1 2 3", "1 2 3 1 2 3", ["paragraph 1 follows paragraph 3: the numbers are not in order"]),
        ("1 2 1 3", "1 2 1 3", ["paragraph 1 follows paragraph 2: the numbers are not in order"]),
    ],
)
def test_numbers_that_come_again_are_told_and_part_paragraphs(numbers: str, read_as: str, told: list[str]) -> None:
    """Lists of word processors begin again at 1."""
    (found,) = found_in(english(*(f"{number}. Requests the Office to report;" for number in numbers.split())))
    assert labels(found.resolution) == read_as.split()
    assert [problem.message for problem in found.problems] == told


@pytest.mark.parametrize("preamble", ["Recalling its previous resolutions,", ""])
def test_a_paragraph_0_before_the_first_one_is_no_mistake_of_ours(preamble: str) -> None:
    (found,) = found_in(english("0. Requests the Office to meet;", "1. Decides to go on.", preamble=preamble))
    assert labels(found.resolution)[-1] == "1"


def test_numbers_within_a_paragraph_are_no_paragraphs() -> None:
    lists = (
        "2. Decides on the following:",
        "1. Requests to the Office are made in writing;",
        "2. Requests are answered;",
    )
    (found,) = found_in(english("1. Welcomes it;", *lists, "3. Decides to go on."))
    assert not found.problems
    assert [label for label in labels(found.resolution) if "(" not in label] == ["1", "2", "3"]


@pytest.mark.parametrize("written", ["1 bis.", "1bis.", "1. bis", "1 bis"])
def test_paragraphs_put_in_later_have_numbers(written: str) -> None:
    lines = (f"{written} Requests the Office to publish it;", "1 ter. Urges States to pay:\n(a) Soon;\n(b) In full;")
    (found,) = found_in(english("1. Welcomes it;", *lines, "2. Decides to go on."))
    assert labels(found.resolution) == ["1", "1bis", "1ter", "1ter (a)", "1ter (b)", "2"]
    assert not found.problems


@pytest.mark.parametrize("line", ["3 bis. Requests no more;", "1 bis of the Protocol is meant;"])
def test_what_follows_no_paragraph_of_its_number_is_not_put_in(line: str) -> None:
    (found,) = found_in(english("1. Welcomes it;", line, "2. Decides to go on."))
    assert labels(found.resolution) == ["1", "2"]


@pytest.mark.parametrize("end", ["", ", 1", ",(1)"])
def test_last_preambular_paragraph_without_its_comma_stays(end: str) -> None:
    preamble = f"Recalling its previous resolutions,\n\nNoting the report of 2 May 2024{end}"
    text = english("1. Requests the Office to report;", preamble=preamble)
    assert preambular(resolution_in(text))[-1] == f"Noting the report of 2 May 2024{end}"


def test_paragraphs_without_numbers_are_numbered_by_order() -> None:
    (found,) = found_in(english("Adopts the text;", "Also requests the Office to send it;", "Decides to go on."))
    assert labels(found.resolution) == ["1", "2", "3"]
    assert not found.problems


SHORT = """
Организация Объединенных Наций
A/RES/74/100

Генеральная Ассамблея
Distr.: General
15 January 2020

Семьдесят четвертая сессия
Пункт 70 b) повестки дня

Резолюция, принятая Генеральной Ассамблеей 18 декабря 2019 года

[по докладу Третьего комитета (A/74/399/Add.2)]

74/100. Права человека и вещи

Генеральная Ассамблея,

вновь подтверждая свою приверженность принципам Устава,

вновь подтверждая также свои резолюции,

1. принимает к сведению доклад Генерального секретаря;

2. просит Генерального секретаря представить ей на ее семьдесят шестой сессии доклад о ее осуществлении;

3. постановляет рассмотреть этот вопрос на своей семьдесят шестой сессии.

50-е пленарное заседание,
18 декабря 2019 года
"""


def test_a_long_title_does_not_tie_the_paragraphs_of_a_short_text() -> None:
    resolution = resolution_in(SHORT)
    assert len(preambular(resolution)) == 2
    assert labels(resolution) == ["1", "2", "3"]


def test_numbers_in_chinese_figures_count_as_others_do() -> None:
    numbers = "一二三四五六七八九十"
    written = [*numbers, *(f"十{one}" for one in numbers[:9]), "二十", "二十一"]
    paragraphs = [f"{number}、请秘书长提交关于事项{number}的报告；" for number in written]
    resolution = resolution_in("\n\n".join(["大会", "回顾其各项决议，", *paragraphs]), "zh")
    assert labels(resolution) == [str(number) for number in range(1, 22)]
    mixed = resolution_in("大会，\n\n回顾其各项决议，\n\n一、总则\n\n1. 请秘书长提交报告；\n\n2. 决定审议报告。", "zh")
    assert labels(mixed) == ["1", "2"]


def test_a_list_in_a_paragraph_has_no_paragraphs() -> None:
    resolution = resolution_in(
        english(
            "1. Welcomes it;", "2. Approves the agenda:", "1. Opening.", "2. Debate.", "3. Closing.", "3. Decides it."
        )
    )
    assert labels(resolution) == ["1", "2", "3"]
    assert "2. Debate." in resolution.text


def test_a_sentence_goes_on_after_a_page_break() -> None:
    text = english(
        "1. Requests the Office to help all States that",
        "__________________",
        "1 Resolution 60/251.",
        "A/HRC/RES/99/1",
        "3/4",
        "ask for help;",
        "2. Decides to go on.",
    )
    resolution = resolution_in(f"A/HRC/RES/99/1\n\n{text}")
    assert labels(resolution) == ["1", "2"]
    assert "help all States that ask for help;" in resolution.text


def test_a_number_that_stands_after_its_first_line() -> None:
    text = "The Human Rights Council,\nRecalling its resolutions,\nDemands that all the parties cease\n1.\nto act;\n"
    resolution = resolution_in(text + "Requests the Office to help all\n2.\nof the States.")
    assert [(p.label, p.text) for p in resolution.paragraphs if p.label] == [
        ("1", "Demands that all the parties cease to act;"),
        ("2", "Requests the Office to help all of the States."),
    ]


def test_headings_are_no_paragraphs() -> None:
    resolution = resolution_in(
        english("Measures", "1. Decides to act;", "Follow-up and review", "2. Requests a report.")
    )
    assert labels(resolution) == ["1", "2"]
    assert len(preambular(resolution)) == 1
    assert "Follow-up" not in resolution.text


def test_sections_begin_their_numbers_again() -> None:
    resolution = resolution_in(
        english(
            "I", "1. Notes it;", "2. Decides it;", "II", "Recalling the rest,", "1. Requests a report.", preamble=""
        )
    )
    assert labels(resolution) == ["1", "2", "1"]
    assert preambular(resolution) == ["Recalling the rest,"]


@pytest.mark.parametrize(
    "heading",
    [
        "II\n\nFerries on the river",
        "II Ferries on the river\n\nand on the lakes of the region",
        "B. Ferries on the river",
        "Ferries on the river",
        (
            "III Special ferries of the commission on rivers\non contemporary forms of transport, of trade,\n"
            "of travel and of leisure, in all the regions of the world and on all their many lakes"
        ),
    ],
)
def test_sections_have_preambles_of_their_own(heading: str) -> None:
    resolution = resolution_in(
        english(
            "I",
            "Bridges on the river",
            "1. Requests States to mend bridges;",
            "2. Welcomes the report on bridges;",
            heading,
            "Having considered the report on ferries and the comments thereon of all those concerned,",
            "1. Requests States to paint ferries;",
            "2. Welcomes the report on ferries.",
        )
    )
    assert labels(resolution) == ["1", "2", "1", "2"]
    assert [text.split()[0] for text in preambular(resolution)] == ["Recalling", "Having"]
    texts = [p.text for p in resolution.paragraphs if p.kind is Kind.OPERATIVE]
    assert texts[1] == "Welcomes the report on bridges;"


def test_a_draft_for_another_body_is_part_of_the_resolution() -> None:
    text = (
        "The Economic and Social Council\n\n"
        "Recommends to the General Assembly the adoption of the following draft resolution:\n\n"
        "“The General Assembly,\n\n“Recalling its resolutions,\n\n"
        "“1. Welcomes the report;\n\n“2. Requests a further report.”"
    )
    resolution = resolution_in(text)
    assert labels(resolution) == ["0", "1", "2"]
    assert resolution.body == "ECOSOC"


def test_annexes_are_never_operative() -> None:
    resolution = resolution_in(
        english("1. Adopts the rules annexed.", "2nd meeting", "3 May 2020", "Annex", "1. Requests all;")
    )
    assert labels(resolution) == ["1"]


def test_several_resolutions_in_one_file() -> None:
    one = english("1. Welcomes it.", "2nd meeting", "3 May 2020")
    two = english("1. Notes it;", "2. Requests it.", "4th meeting", "5 May 2020")
    first, second = (
        found.resolution for found in found_in(f"44/1. First things\n\n{one}\n\n44/2. Second things\n\n{two}")
    )
    assert (first.symbol, second.symbol) == ("A/HRC/RES/44/1", "A/HRC/RES/44/2")
    assert (first.title, second.title) == ("First things", "Second things")
    assert (labels(first), labels(second)) == (["1"], ["1", "2"])


def test_resolutions_without_closing_blocks_are_parted_by_their_numbers() -> None:
    text = f"44/1. First\n\n{english('1. Welcomes it.')}\n\n44/2. Second\n\n{english('1. Notes it.')}"
    assert [found.resolution.title for found in found_in(text)] == ["First", "Second"]


def test_a_text_without_opener_has_paragraphs() -> None:
    text = "Recalling its resolutions on it,\n\n1. Welcomes the report of the State;\n\n2. Requests one for the year."
    resolution = resolution_in(text)
    assert resolution.body is None
    assert (len(preambular(resolution)), labels(resolution)) == (1, ["1", "2"])


def test_an_unknown_body_still_has_paragraphs() -> None:
    resolution = resolution_in(
        english("1. Welcomes it;", "2. Requests it.").replace("Human Rights Council", "Joint Council of Bodies")
    )
    assert resolution.body is None
    assert labels(resolution) == ["1", "2"]


@pytest.mark.parametrize(
    "text", ["This is a letter to the editor, and it is about the weather in the south.", "x" * 500, "1. 2. 3."]
)
def test_other_texts_are_refused_in_one_line(text: str) -> None:
    with pytest.raises(NotAResolution, match=r"^text: [^\n]+$"):
        found_in(text)


def test_a_named_language_is_believed() -> None:
    assert resolution_in(SIX["fr"], "fr").language == "fr"


@st.composite
def mutations(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from([EXAMPLE, *SIX.values()]))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 400)))
        kind = draw(st.sampled_from(["cut", "double", "insert", "flip", "move"]))
        piece = text[start:end]
        if kind == "cut":
            text = text[:start] + text[end:]
        elif kind == "double":
            text = text[:end] + piece + text[end:]
        elif kind == "insert":
            text = text[:start] + draw(st.text(alphabet="\n1234.()ab;,: A/—“\f", max_size=30)) + text[start:]
        elif kind == "flip":
            text = text[:start] + piece.swapcase()[::-1] + text[end:]
        else:
            text = piece + text[:start] + text[end:]
    return text


@given(mutations())
@settings(max_examples=150, deadline=None)
def test_damaged_texts_never_break_the_reader(text: str) -> None:
    try:
        found = found_in(text)
    except BadInputFile:
        return
    for one in found:
        for paragraph in one.resolution.paragraphs:
            assert one.resolution.text[paragraph.start : paragraph.end] == paragraph.text
            assert bool(paragraph.label) == (paragraph.kind is Kind.OPERATIVE)


@pytest.mark.parametrize(
    "pump", ["1. Requests ", "(a) x; ", "Recalling,\n", "The Council,\n", "1. \n", ":\n(a) (i) ", "; and\n", "A\n"]
)
def test_time_grows_with_the_text_alone(pump: str) -> None:
    text = english("1. Requests:", pump * (100_000 // len(pump)))
    started = time.process_time()
    with contextlib.suppress(NotAResolution):
        found_in(text, "en")
    assert time.process_time() - started < 3
