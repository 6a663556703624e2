"""Who is asked: names, lists, asides, pronouns, subjects of clauses."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.core.codes import Force
from tracker.core.request import Addressee
from tracker.extraction import lexicon
from tracker.extraction.addressee_codes import GROUPS, codes, group_of, name_of
from tracker.extraction.addressees import find_addressees
from tracker.extraction.context import Context


def context(
    language: str, force: Force = Force.REQUEST, body: str = "GA", previous: tuple[Addressee, ...] = ()
) -> Context:
    return Context(lexicon.load(language), body, 60, None, force, previous)


def asked(clause: str, where: Context, lead: str = "") -> list[str]:
    return [addressee.code for addressee in find_addressees(clause, where, lead).addressees]


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (" the Secretary-General to submit a report", ["secretary-general"]),
        (" all States parties to the Convention to withdraw their reservations", ["states"]),
        (" the parties to the conflict to cease fire", ["parties"]),
        (" Member States, the funds and programmes and civil society to join", ["states", "un-system", "ngos"]),
        (" intergovernmental and non-governmental organizations to attend", ["igos", "ngos"]),
        (" the Secretary-General, in consultation with Member States, to draw up a list", ["secretary-general"]),
        (" States, including donor countries, and the private sector to invest", ["states", "private-sector"]),
        (" the Office of the High Commissioner to convene a workshop", ["ohchr"]),
        (" the High Commissioner to visit the region", ["high-commissioner"]),
        (" the Special Representative of the Secretary-General to continue", ["secretariat"]),
        (" the Zimbabwean authorities to investigate", ["state"]),
        (" the Syrian Arab Republic to cooperate", ["state"]),
        (" that all parties withdraw their forces", ["parties"]),
        (" further progress on the return of cultural property", []),
        (" dialogue and restraint by all sides", ["parties"]),
    ],
)
def test_english(clause: str, expected: list[str]) -> None:
    assert asked(clause, context("en")) == expected


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        (" le Secrétaire général de lui présenter un rapport", ["secretary-general"]),
        (" au Haut-Commissariat d’organiser un atelier", ["ohchr"]),
        (" la Haute-Commissaire de lui faire rapport", ["high-commissioner"]),
        (" aux États parties à la Convention de retirer leurs réserves", ["states"]),
        (" les États, les fonds et programmes ainsi que la société civile à agir", ["states", "un-system", "ngos"]),
        (" les autorités maliennes à ouvrir une enquête", ["state"]),
        (" qu’il soit mis fin aux hostilités", []),
        (" que toutes les parties déposent les armes", ["parties"]),
        (
            " le Secrétaire général, agissant en concertation avec les États Membres, de dresser une liste",
            ["secretary-general"],
        ),
    ],
)
def test_french(clause: str, expected: list[str]) -> None:
    assert asked(clause, context("fr")) == expected


def test_the_action_starts_after_the_addressees() -> None:
    clause = " the Secretary-General to submit a report"
    found = find_addressees(clause, context("en"))
    assert clause[found.end :] == "to submit a report"
    assert found.addressees == (Addressee("secretary-general", "Secretary-General"),)


def test_a_decision_is_the_bodys_own() -> None:
    assert asked(" to remain engaged", context("en", Force.DECIDE, "HRC")) == ["hrc"]
    assert asked(" to meet in Nairobi", context("en", Force.DECIDE, "UNEA")) == ["subsidiary"]
    assert asked(" that all Member States shall freeze the assets", context("en", Force.DECIDE, "SC")) == ["states"]


def test_the_council_is_the_body_that_speaks() -> None:
    assert asked(" the Council to consider the matter", context("en", body="SC")) == ["sc"]
    assert asked(" the Council to consider the matter", context("en", body="HRC")) == ["hrc"]


def test_pronouns_mean_the_addressees_before() -> None:
    before = (Addressee("secretary-general", "Secretary-General"),)
    assert asked(" him to report", context("en", previous=before)) == ["secretary-general"]
    assert asked(" de lui faire rapport", context("fr", previous=before), "et le ") == ["secretary-general"]
    lead = "Salue l’action que mène la Commission, et la "
    assert asked(" de poursuivre ses travaux", context("fr"), lead) == ["subsidiary"]


def test_every_code_has_a_group_and_names() -> None:
    for code in codes().values():
        assert code.group in GROUPS
        assert set(code.names) == set(lexicon.languages()), code.code
    assert group_of(["states", "ohchr"]) == "secretariat"
    assert group_of(["states", "ngos"]) == "states"
    assert group_of([]) is None
    assert name_of("ngos", "fr") == "organisations non gouvernementales"


@settings(deadline=None)
@given(st.text(max_size=300), st.sampled_from(lexicon.languages()))
def test_any_text_is_read(text: str, language: str) -> None:
    found = find_addressees(text, context(language))
    assert 0 <= found.end <= len(text)


@pytest.mark.parametrize("language", lexicon.languages())
@pytest.mark.parametrize("pump", ["a", " ", ",", "the ", "and ", "de ", ", et ", "все ", " و", "、", "Member States, "])
def test_long_strings_take_no_time(language: str, pump: str) -> None:
    find_addressees("", context(language))  # compiles the lexicon
    text = (pump * 100_000)[:100_000]
    start = time.process_time()
    find_addressees(text, context(language))
    assert time.process_time() - start < 1


NAMED = Path(__file__).parent / "addressees.csv"
"""Addressees as official texts in four languages name them: the code, and the words behind the verb."""

FRAMES = {
    "es": " {} a que adopten medidas adicionales",
    "ru": " {} принять дополнительные меры",
    "ar": " {} على اتخاذ تدابير إضافية",
    "zh": "{}采取进一步措施",
}


@pytest.mark.parametrize("language", FRAMES)
def test_names_in_four_languages(language: str) -> None:
    with NAMED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[language]]
    assert len(rows) > 120
    wrong = {}
    for row in rows:
        found = find_addressees(FRAMES[language].format(row[language]), context(language, Force.URGE))
        if codes := {one.code for one in found.addressees} ^ {row["code"]}:
            wrong[row[language]] = codes
    assert wrong == {}
