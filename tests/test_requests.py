"""From operative paragraphs to requests and accounts."""

from __future__ import annotations

from tracker.core.codes import Force
from tracker.core.request import Request
from tracker.core.resolution import Account, Kind, Paragraph, Resolution
from tracker.extraction.lexicon import load
from tracker.extraction.requests import find_requests


def resolution(language: str, *paragraphs: tuple[str, str], body: str = "HRC") -> Resolution:
    """A resolution of the given labelled operative paragraphs."""
    rows, text = [], ""
    for label, words in paragraphs:
        rows.append(Paragraph(Kind.OPERATIVE, label, words, len(text), len(text) + len(words)))
        text += words + "\n"
    return Resolution(language, text, None, body, 28, None, None, None, None, tuple(rows))


def read(language: str, *paragraphs: tuple[str, str]) -> tuple[tuple[Request, ...], tuple[Account, ...]]:
    found, ledger, _ = find_requests(resolution(language, *paragraphs), load(language))
    return found, ledger


def test_coordinated_verbs_make_a_request_each() -> None:
    found, ledger = read(
        "en", ("4", "Welcomes the work of the Office, requests it to go on, and invites States to help;")
    )
    assert [(row.verb, row.force) for row in found] == [("requests", Force.REQUEST), ("invites", Force.INVITE)]
    assert [row.text for row in found] == ["requests it to go on", "invites States to help"]
    assert not ledger


def test_offsets_cut_the_text_of_the_request() -> None:
    text = resolution(
        "fr", ("1", "Prend acte du rapport ;"), ("2", "Se félicite du débat, et engage les États à le suivre ;")
    )
    found, ledger, _ = find_requests(text, load("fr"))
    assert (
        [text.text[row.start : row.end] for row in found]
        == [row.text for row in found]
        == ["engage les États à le suivre"]
    )
    assert ledger == (Account("1", "Prend acte"),)


def test_verbs_with_one_object_are_one_request_of_the_stronger_force() -> None:
    found, _ = read("en", ("7", "Requests and urges the parties to let the convoys pass;"))
    assert [(row.verb, row.force) for row in found] == [("Requests and urges", Force.URGE)]


def test_a_verb_with_another_subject_is_none() -> None:
    found, _ = read(
        "fr",
        (
            "1",
            "Note que les États s’engagent à agir et que le Haut-Commissariat, à la demande du Conseil, les y aide ;",
        ),
        ("2", "Rappelle que tout plan qui protège et encourage les familles est utile ;"),
        ("3", "Décide de rester saisi de la question."),
    )
    assert not found


def test_letters_that_are_actions_are_a_request_each() -> None:
    found, _ = read(
        "en",
        ("3", "Requests the Secretary-General:"),
        ("3 (a)", "To prepare a study;"),
        ("3 (b)", "To consult all States on:"),
        ("3 (b) (i)", "Their laws;"),
        ("3 (b) (ii)", "Their needs;"),
    )
    assert [(row.sub, row.verb, row.action.split()[1]) for row in found] == [
        ("a", "Requests", "prepare"),
        ("b", "Requests", "consult"),
    ]
    assert found[1].text.endswith("Their needs")


def test_letters_that_list_topics_are_one_request() -> None:
    found, _ = read(
        "en", ("3", "Requests the Office to report on:"), ("3 (a)", "The laws of States;"), ("3 (b)", "Their needs;")
    )
    assert [(row.sub, row.text.count("\n")) for row in found] == [(None, 2)]


def test_letters_with_verbs_of_their_own() -> None:
    found, ledger = read(
        "en",
        ("3", "In relation to the fund:"),
        ("3 (a)", "Welcomes the gifts received;"),
        ("3 (b)", "Encourages all States to give;"),
    )
    assert [(row.sub, row.force) for row in found] == [("b", Force.ENCOURAGE)]
    assert Account("3 (a)", "Welcomes") in ledger


def test_recalled_requests_are_no_items_but_keep_their_source() -> None:
    found, ledger = read(
        "fr",
        ("24", "Rappelle que, dans sa résolution 70/12, l’Assemblée générale a prié le Secrétaire général d’agir ;"),
    )
    assert not found
    assert ledger == (Account("24", "Rappelle", "A/RES/70/12"),)


def test_an_unknown_verb_is_a_problem() -> None:
    _, ledger, problems = find_requests(resolution("en", ("1", "Whistles a tune;")), load("en"))
    assert ledger == (Account("1", "Whistles a"),)
    assert [problem.code for problem in problems] == ["unknown-verb"]
