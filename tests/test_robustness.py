"""Whatever a text looks like, reading it ends well: a result, or one clear error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import BadInputFile
from tracker.extraction.pipeline import extract
from tracker.reading.files import read_bytes
from tracker.services.extracting import as_contract

TEXTS = {
    "en": "The General Assembly,\n\nRecalling its resolution 1/1,\n\n1. Requests the Secretary-General to report to it "
    "at its eightieth session, and invites States:\n\n(a) To help;\n\n(b) To pay by 30 June 2026;\n\n"
    "2. Decides to continue.\n",
    "fr": "Le Conseil des droits de l’homme,\n\nRappelant sa résolution 1/1,\n\n1. Prie le Haut-Commissaire de lui "
    "faire rapport à sa trentième session ;\n\n2. Engage les États à coopérer d’ici à 2030.\n\n55e séance\n"
    "26 mars 2015\n",
    "es": "La Asamblea General,\n\nRecordando su resolución 1/1,\n\n1. Solicita al Secretario General que le presente "
    "un informe en su octogésimo período de sesiones;\n\n2. Exhorta a los Estados a que cooperen.\n",
    "ru": "Генеральная Ассамблея,\n\nссылаясь на свою резолюцию 1/1,\n\n1. просит Генерального секретаря представить "
    "ей доклад на ее восьмидесятой сессии;\n\n2. призывает государства сотрудничать.\n",
    "ar": "إن الجمعية العامة،\n\nإذ تشير إلى قرارها 1/1،\n\n1 - تطلب إلى الأمين العام أن يقدم إليها تقريرا في دورتها "
    "الثمانين؛\n\n2 - تهيب بالدول أن تتعاون.\n",
    "zh": "大会，\n\n回顾其第1/1号决议，\n\n1. 请秘书长向大会第八十届会议提交报告；\n\n2. 呼吁各国开展合作。\n",
}


_ODD = "(1a)).;:,’\n\t \u00a0و第0\x00\u202e\ud800\x1b"


def outcome(text: str) -> list[dict[str, object]] | None:
    """What reading gives; None when it says in one line why it gives nothing."""
    try:
        document = read_bytes(text.encode("utf-8", "surrogatepass"), "text.txt")
        found = extract(document)
    except BadInputFile as error:
        return None if "\n" not in str(error) else pytest.fail(f"more than one line: {error}")
    for extraction in found:
        resolution = extraction.resolution
        for request in extraction.requests:
            assert resolution.text[request.start : request.end] == request.text
        for paragraph in resolution.paragraphs:
            assert resolution.text[paragraph.start : paragraph.end] == paragraph.text
    return [as_contract(extraction, "text.txt") for extraction in found]


def mutated(text: str, other: str, chance: random.Random) -> str:
    """`text` cut, spliced with another, with letters flipped, lines moved or doubled."""
    for _ in range(chance.randint(1, 4)):
        at, to = sorted((chance.randrange(len(text) + 1), chance.randrange(len(text) + 1)))
        piece = other[chance.randrange(len(other)) :][: chance.randint(1, 400)]
        text = chance.choice(
            (
                text[:at] + text[to:],
                text[:at] + piece + text[at:],
                text[:at] + text[at:to] * 2 + text[to:],
                text[:at] + chance.choice(_ODD) * chance.randint(1, 9) + text[at:],
                text[:at] + text[at:to].swapcase() + text[to:],
                text[:at] + text[at:to][::-1] + text[to:],
            )
        ) or " "  # fmt: skip
    return text


def test_each_language_is_read() -> None:
    for language, text in TEXTS.items():
        found = outcome(text)
        assert found is not None
        assert found[0]["language"] == language
        assert len(found[0]["requests"]) >= 2  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(10))
def test_mutated_own_texts(seed: int, example: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same mutations every time
    texts = [*TEXTS.values(), example.read_text(encoding="utf-8")[-6000:]]
    for _ in range(200):
        outcome(mutated(chance.choice(texts), chance.choice(texts), chance))


@pytest.mark.parametrize("seed", range(10))
def test_mutated_real_texts(seed: int, corpus: Path) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same mutations every time
    files = sorted((corpus / "dev").glob("*.txt"))
    texts = [path.read_text(encoding="utf-8", errors="replace") for path in chance.sample(files, 6)]
    for _ in range(300):
        text, other = chance.choice(texts), chance.choice(texts)
        start = chance.randrange(max(1, len(text) - 5000))
        outcome(mutated(text[:1500] + text[start : start + 3000], other, chance))


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(TEXTS)))
def test_any_text_inside_a_resolution(text: str, language: str) -> None:
    whole = TEXTS[language]
    outcome(whole[: len(whole) // 2] + text + whole[len(whole) // 2 :])


@pytest.mark.parametrize("language", sorted(TEXTS))
@pytest.mark.parametrize("change", ["crlf", "nbsp", "doubled", "one line"])
def test_the_same_text_gives_the_same_result(language: str, change: str) -> None:
    text = TEXTS[language]
    other = {
        "crlf": text.replace("\n", "\r\n"),
        "nbsp": text.replace(" ", "\u00a0"),
        "doubled": text.replace("\n\n", "\n\n\n\n"),
        "one line": text.replace("\n\n", "\n"),
    }[change]
    assert outcome(other) == outcome(text)


@pytest.mark.parametrize("pump", ["a", " ", "1. ", "(a) ", "l ’", "A/", "\n", "vingt-", ", et ", "第十", "و", "1 - "])
def test_pump_strings_end(pump: str) -> None:
    """Quadratic patterns would need minutes here; `benchmarks/patterns.py` measures each pattern."""
    for text in (TEXTS["fr"], TEXTS["en"]):
        outcome(text.replace(" ;", " " + (pump * 100_000)[:100_000] + " ;", 1).replace(";", pump * 100, 1))
