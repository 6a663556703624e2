"""What product a request names."""

from __future__ import annotations

import pytest

from tracker.core.codes import Deliverable
from tracker.extraction import lexicon
from tracker.extraction.context import Context
from tracker.extraction.deliverables import _kind, _products, find_deliverable


def product(language: str, action: str) -> str | None:
    found: Deliverable | None = find_deliverable(action, Context(lexicon.load(language), "HRC", 60, None))
    return found.value if found else None


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("to submit to the Council at its sixtieth session a report on the matter", "report"),
        ("to report thereon to the General Assembly", "report"),
        ("to submit to the Human Rights Council at its sixty-third session a comprehensive report on wells", "report"),
        ("to prepare, in consultation with States and all relevant organizations, an analytical study", "study"),
        ("to submit its views to all who are to read, at the Human Rights Council, the earlier report", None),
        ("to provide the Council with an oral update", "update"),
        ("to prepare a study on early warning", "study"),
        ("to organize a panel discussion", "panel"),
        ("to hold broad consultations", "consultation"),
        ("to convene a workshop in Geneva", "meeting"),
        ("to provide technical assistance", "assistance"),
        ("to adopt a national action plan", "plan"),
        ("to cease hostilities", None),
    ],
)
def test_english(action: str, expected: str | None) -> None:
    assert product("en", action) == expected


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        ("de lui présenter, à sa soixantième session, un rapport", "report"),
        ("de lui rendre compte de la suite donnée", "report"),
        ("d’établir, par l’intermédiaire du Haut-Commissariat aux droits de l’homme, un rapport analytique", "report"),
        ("de lui présenter un récapitulatif des propositions", "report"),
        ("de le tenir informé de l’évolution de la situation", "update"),
        ("d’établir une étude analytique", "study"),
        ("d’organiser une réunion-débat", "panel"),
        ("de fournir une assistance technique", "assistance"),
        ("de mettre fin aux hostilités", None),
    ],
)
def test_french(action: str, expected: str | None) -> None:
    assert product("fr", action) == expected


@pytest.mark.parametrize(
    ("language", "action", "expected"),
    [
        ("es", "que le presente un informe sobre los faros", "report"),
        ("es", "que preste asistencia técnica", "assistance"),
        ("es", "que reabran el puerto", None),
        ("es", "que prepare, en consulta con los Estados y las organizaciones interesadas, un estudio", "study"),
        ("ru", "представить доклад о состоянии маяков", "report"),
        ("ru", "представить Совету по правам человека на его шестьдесят третьей сессии полный доклад", "report"),
        ("ar", "أن يقدم إلى مجلس حقوق الإنسان في دورته الثالثة والستين تقريرا شاملا", "report"),
        ("ru", "провести исследование о маяках", "study"),
        ("ru", "вновь открыть порт", None),
        ("ar", "أن يقدم تقريرا عن حالة المنارات", "report"),
        ("ar", "أن تعد دراسة عن المنارات", "study"),
        ("ar", "أن تعيد فتح الميناء", None),
        ("zh", "向人权理事会提交一份灯塔状况报告", "report"),
        ("zh", "提供技术援助", "assistance"),
        ("zh", "重新开放港口", None),
    ],
)
def test_spanish_russian_arabic_chinese(language: str, action: str, expected: str | None) -> None:
    assert product(language, action) == expected


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_language_compiles(language: str) -> None:
    assert product(language, "…") is None


@pytest.mark.parametrize("language", lexicon.languages())
def test_every_form_is_found_and_named(language: str) -> None:
    """With its blanks, and without them where the language sets none between words."""
    products = _products(lexicon.load(language))
    assert products.listed
    for form, _, _ in products.listed:
        words = form.replace("*", "")
        for text in {words, words if products.spaced else words.replace(" ", "")}:
            found = products.product.search(text)
            assert found is not None
            assert _kind(products, found[0])
