from __future__ import annotations

from datetime import date

import pytest

from tracker.core.resolution import Resolution
from tracker.extraction.resolutions import find_resolutions
from tracker.reading.files import read_bytes

BODY = "Recalling its previous resolutions on the question,\n\n1. Welcomes the report;\n\n2. Requests another one."
CORPS = "Rappelant ses résolutions sur la question,\n\n1. Se félicite du rapport ;\n\n2. Prie l’Office d’en faire un."


def read(text: str, symbol: str | None = None) -> Resolution:
    (found,) = find_resolutions(read_bytes(text.encode(), "text"), symbol=symbol)
    return found.resolution


def test_human_rights_council() -> None:
    resolution = read(
        "Human Rights Council\n\nForty-fourth session\n\nAgenda item 3\n\n"
        "Resolution adopted by the Human Rights Council\non 16 July 2020\n\n44/99.\tRivers and rights\nof people\n\n"
        f"The Human Rights Council,\n\n{BODY}\n\n27th meeting\n16 July 2020\n\n[Adopted without a vote.]"
    )
    assert (resolution.symbol, resolution.body, resolution.session) == ("A/HRC/RES/44/99", "HRC", 44)
    assert resolution.title == "Rivers and rights of people"
    assert (resolution.adopted_on, resolution.meeting) == (date(2020, 7, 16), "27")
    assert resolution.vote == "Adopted without a vote"


def test_special_session_with_a_recorded_vote() -> None:
    resolution = read(
        f"S-39/1. Situation somewhere\n\nThe Human Rights Council,\n\n{BODY}\n\n2nd meeting\n5 May 2023\n\n"
        "[Adopted by a recorded vote of 25 to 6, with\n16 abstentions. The voting was:\n\nIn favour:\n\nA, B, C]"
    )
    assert (resolution.symbol, resolution.session) == ("A/HRC/RES/S-39/1", 39)
    assert resolution.vote == "Adopted by a recorded vote of 25 to 6, with 16 abstentions"


def test_general_assembly_with_running_heads() -> None:
    resolution = read(
        "United Nations\nA/RES/78/999\n\nGeneral Assembly\nDistr.: General\n22 December 2023\n\n78th session\n"
        "Agenda item 107\n\nResolution adopted by the General Assembly\non 19 December 2023\n\n"
        "[on the report of the Third Committee (A/78/482, para. 29)]\n\n78/999. Congress on prevention\nof crime\n\n"
        "The General Assembly,\n\nRecalling its previous resolutions,\n\nCongress on prevention\nof crime\n"
        "A/RES/78/999\n\n2/3\n23-25990\n\n1. Welcomes the report;\n\n2. Requests another.\n\n50th plenary meeting\n"
        "19 December 2023"
    )
    assert (resolution.symbol, resolution.title) == ("A/RES/78/999", "Congress on prevention of crime")
    assert (resolution.adopted_on, resolution.meeting) == (date(2023, 12, 19), "50")
    assert [p.label for p in resolution.paragraphs] == ["", "1", "2"]


@pytest.mark.parametrize(
    ("head", "opener", "symbol", "title"),
    [
        ("75/253. Budget questions\n\nB", "The General Assembly,", "A/RES/75/253 B", "Budget questions"),
        ("ES-10/99. Protection of people", "The General Assembly,", "A/RES/ES-10/99", "Protection of people"),
        ("2777 (XXVI). Convention on objects", "The General Assembly,", "A/RES/2777(XXVI)", "Convention on objects"),
        ("2020/99. Statistics", "The Economic and Social Council,", "E/RES/2020/99", "Statistics"),
        ("36 (IV). Statistics", "The Economic and Social Council,", "E/RES/36(IV)", "Statistics"),
        ("4/7. Waste", "The United Nations Environment Assembly,", "UNEP/EA.4/RES.7", "Waste"),
        (
            "Resolution 69/3\n\nGoals",
            "The Economic and Social Commission for Asia and the Pacific,",
            "E/ESCAP/RES/69/3",
            "Goals",
        ),
        ("Resolution 2999 (2030)", "The Security Council,", "S/RES/2999(2030)", "Resolution 2999 (2030)"),
        ("S/2030/302\n24 April 2030\n\nA, B and C: draft resolution", "The Security Council,", "S/2030/302", None),
        ("A/C.3/80/L.99\n\nIraq:* draft resolution\n\nFamilies", "The General Assembly,", "A/C.3/80/L.99", "Families"),
        ("Families", "The General Assembly,", None, None),
    ],
)
def test_numbers_become_symbols(head: str, opener: str, symbol: str | None, title: str | None) -> None:
    resolution = read(f"{head}\n\n{opener}\n\n{BODY}")
    assert (resolution.symbol, resolution.title) == (symbol, title)


def test_parts_of_a_lettered_resolution_share_the_head_of_their_title() -> None:
    part = f"The General Assembly,\n\n{BODY}\n\n46th plenary meeting\n7 December 2022"
    text = f"77/12. Rivers\n\nA\nBridges\n\n{part}\n\nB\nFerries\n\n{part}"
    found = [one.resolution for one in find_resolutions(read_bytes(text.encode(), "text"))]
    assert [(one.symbol, one.title) for one in found] == [
        ("A/RES/77/12 A", "Rivers Bridges"),
        ("A/RES/77/12 B", "Rivers Ferries"),
    ]


def test_a_draft_has_its_symbol_in_the_masthead_and_no_number_yet() -> None:
    resolution = read(
        "United Nations A/HRC/55/L.9\nGeneral Assembly\n\nHuman Rights Council\nFifty-fifth session\n\n"
        f"Nauru: draft resolution\n\n55/… Rights of rivers\n\nThe Human Rights Council,\n\n{BODY}"
    )
    assert (resolution.symbol, resolution.session, resolution.title) == ("A/HRC/55/L.9", 55, "Rights of rivers")


def test_the_day_of_an_old_resolution_is_no_part_of_its_title() -> None:
    resolution = read(
        f"36 (IV). Commission on rivers\n\nResolution of 28 March 1947\n\nThe Economic and Social Council,\n\n{BODY}"
    )
    assert (resolution.symbol, resolution.title) == ("E/RES/36(IV)", "Commission on rivers")
    assert resolution.adopted_on == date(1947, 3, 28)
    council = read(f"186 (1964). Resolution of 4 March 1964\n\n[S/5575]\n\nThe Security Council,\n\n{BODY}")
    assert (council.symbol, council.adopted_on) == ("S/RES/186(1964)", date(1964, 3, 4))


def test_headings_of_a_markdown_file() -> None:
    resolution = read(
        f"## Resolution adopted by the Human Rights Council on 6 October 2023\n\n## 54/99. Rivers\n\n"
        f"The Human Rights Council,\n\n{BODY}\n\n3. Requests the Office:\n\n- (a) To plant;\n- (b) To water."
    )
    assert (resolution.symbol, resolution.title) == ("A/HRC/RES/54/99", "Rivers")
    assert [p.text for p in resolution.paragraphs if p.sub] == ["To plant;", "To water."]


def test_a_symbol_that_is_given_is_believed() -> None:
    assert read(f"44/9. Rivers\n\nThe Human Rights Council,\n\n{BODY}", "A/HRC/RES/44/8").symbol == "A/HRC/RES/44/8"


def test_what_a_converter_has_moved_about_is_found() -> None:
    resolution = read(
        "72/999.\n\n<!-- image -->\n\nDistr. générale 23 janvier 2018\n\nSoixante-douzième session\n\n"
        "Résolution adoptée par l'Assemblée générale le 19 décembre 2017\n\n[ sur la base du rapport (A/72/441) ]\n\n"
        f"Mise en valeur des rivières\n\nL'Assemblée générale ,\n\n{CORPS}\n\n73 e séance plénière 19 décembre 2017"
    )
    assert (resolution.symbol, resolution.title) == ("A/RES/72/999", "Mise en valeur des rivières")
    assert (resolution.adopted_on, resolution.meeting) == (date(2017, 12, 19), "73")


def test_a_number_within_the_text_is_that_of_the_resolution() -> None:
    resolution = read(
        "Résolution adoptée par le Conseil économique et social le 6 juin 2019\n\nMise en valeur des rivières\n\n"
        f"Le Conseil économique et social ,\n\nConscient des besoins de la population,\n\n2019/99.\n\n{CORPS}"
    )
    assert (resolution.symbol, resolution.title) == ("E/RES/2019/99", "Mise en valeur des rivières")
    assert len(resolution.paragraphs) == 4


def test_the_security_council_says_its_meeting_above() -> None:
    resolution = read(
        "Résolution 2999 (2030)\n\nAdoptée par le Conseil de sécurité à sa 7911 e séance, le 31 mars 2030\n\n"
        f"Le Conseil de sécurité,\n\n{CORPS}"
    )
    assert (resolution.adopted_on, resolution.meeting, resolution.session) == (date(2030, 3, 31), "7911", None)


CLOSINGS = {
    "es": """La Asamblea General,

Recordando sus resoluciones,

1. Toma nota del informe;

2. Decide seguir.

55ª sesión plenaria
12 de diciembre de 2022
""",
    "ru": """Генеральная Ассамблея,

ссылаясь на свои резолюции,

1. принимает к сведению доклад;

2. постановляет продолжить.

55-е пленарное заседание,
12 декабря 2022 года
""",
    "ar": """إن الجمعية العامة،

إذ تشير إلى قراراتها السابقة،

1 - تحيط علما بالتقرير؛

2 - تقرر مواصلة النظر.

الجلسة العامة 55

12 كانون الأول/ديسمبر 2022
""",
    "zh": """大会，

回顾其以往的各项决议，

1. 表示注意到该报告；

2. 决定继续审议。

2022年12月12日

第55次全体会议
""",
}


@pytest.mark.parametrize("language", CLOSINGS)
def test_closing_blocks_of_the_other_languages(language: str) -> None:
    resolution = read(CLOSINGS[language])
    assert resolution.language == language
    assert (resolution.adopted_on, resolution.meeting) == (date(2022, 12, 12), "55")
    assert [p.label for p in resolution.paragraphs] == ["", "1", "2"]
