"""Whole resolutions in Spanish, Russian, Arabic and Chinese: what they say about themselves, and every way to set them.

The texts are made for the tests: a file a language in `resolutions/`, with the front matter of other bodies too.
"""

from __future__ import annotations

import re
import textwrap
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tracker.core.calendar import Calendar
from tracker.extraction.pipeline import extract
from tracker.reading.files import read_bytes
from tracker.services.extracting import as_contract

FOLDER = Path(__file__).parent / "resolutions"
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))
WANTED = [
    ("2", "a", "call", ["states"], None),
    ("2", "b", "call", ["states"], None),
    ("3", None, "urge", ["private-sector"], None),
    ("4", None, "request", ["high-commissioner"], 61),
]
LABELS = ["1", "2", "2 (a)", "2 (b)", "2 (b) (i)", "2 (b) (ii)", "3", "4", "5"]


def parts(language: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def whole(made: dict[str, Any], between: str = "\n\n") -> str:
    body = [*made["preamble"].split("\n"), *made["operative"].split("\n")]
    return "\n\n".join([made["front"].strip(), between.join(line for line in body if line), made["closing"]])


def read(text: str | bytes) -> dict[str, Any]:
    found = extract(read_bytes(text if isinstance(text, bytes) else text.encode(), "resolution.txt"))
    assert len(found) == 1
    return as_contract(found[0], "resolution.txt", Calendar(()))


def asked(contract: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            row["paragraph"],
            row["sub"],
            row["force"],
            [one["code"] for one in row["addressees"]],
            (row["deadline"] or {}).get("session"),
        )
        for row in contract["requests"]
    ]


def check(contract: dict[str, Any], made: dict[str, Any], language: str) -> None:
    stated = {key: contract[key] for key in ("language", "symbol", "body", "session", "title", "adopted_on", "meeting")}
    assert stated == {
        "language": language,
        "symbol": "A/HRC/RES/58/31",
        "body": "HRC",
        "session": 58,
        "title": made["title"],
        "adopted_on": "2025-04-03",
        "meeting": "55",
    }
    kinds = [row["kind"] for row in contract["paragraphs"]]
    assert kinds.count("preambular") == 4
    assert [row["label"] for row in contract["paragraphs"] if row["kind"] == "operative"] == LABELS
    assert asked(contract) == WANTED
    assert contract["problems"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_whole_resolution(language: str) -> None:
    made = parts(language)
    contract = read(whole(made))
    check(contract, made, language)
    assert contract["vote"] == made["vote"]
    assert contract["requests"][-1]["deadline"]["body"] == "HRC"


@pytest.mark.parametrize("body", ["GA", "SC", "ECOSOC"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_front_matter_of_other_bodies(language: str, body: str) -> None:
    made = parts(language)
    other = made["others"][body]
    contract = read(whole({**made, "front": other["front"], "closing": other["closing"]}))
    assert (contract["language"], contract["body"], contract["session"]) == (language, body, other.get("session"))
    for key in ("symbol", "title", "adopted_on", "meeting"):
        assert contract[key] == other[key]


def _wrapped(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        if re.search("[\u4e00-\u9fff]", line):
            lines += [line[at : at + 20] for at in range(0, len(line), 20)] or [""]
        else:
            lines += textwrap.wrap(line, 60, break_long_words=False, break_on_hyphens=False) or [""]
    return "\n".join(lines)


SETTINGS: dict[str, Callable[[str], str | bytes]] = {
    "windows": lambda text: text.replace("\n", "\r\n"),
    "old": lambda text: text.replace("\n", "\r"),
    "nbsp": lambda text: text.replace(" ", "\u00a0"),
    "wrapped": _wrapped,
    "indented": lambda text: "\n".join("    " + line for line in text.split("\n")),
    "trailing": lambda text: "\n".join(line + "  " for line in text.split("\n")),
    "utf-16": lambda text: text.encode("utf-16"),
}


@pytest.mark.parametrize("setting", [*SETTINGS, "single"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_setting_of_a_text_changes_nothing(language: str, setting: str) -> None:
    made = parts(language)
    text = whole(made, "\n") if setting == "single" else SETTINGS[setting](whole(made))
    check(read(text), made, language)


def _presentation_forms(text: str) -> str:
    forms: dict[str, str] = {}
    for letter in map(chr, range(0xFE70, 0xFEFF)):
        kind, _, plain = unicodedata.decomposition(letter).partition(" ")
        if kind == "<isolated>" and " " not in plain:
            forms.setdefault(chr(int(plain, 16)), letter)
    return "".join(forms.get(letter, letter) for letter in text)


ARABIC: dict[str, Callable[[str], str]] = {
    "stretched": lambda text: re.sub("([بتسشصضطفقكلمنهي])([ا-ي])", "\\1\u0640\\2", text),
    "vowel signs": lambda text: re.sub("([ا-ي])(?=[ا-ي])", "\\1\u064e", text),
    "presentation forms": _presentation_forms,
    "right to left marks": lambda text: text.replace(" ", " \u200f").replace("(", "\u202b(\u202c"),
}


@pytest.mark.parametrize("setting", ARABIC)
def test_arabic_signs_change_nothing(setting: str) -> None:
    made = parts("ar")
    check(read(ARABIC[setting](whole(made))), made, "ar")


def test_eastern_figures() -> None:
    made = parts("ar")
    text = whole(made).translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")).replace("٥٨/٣١", "58/31")
    check({**read(text), "meeting": "55"}, made, "ar")


CHINESE: dict[str, Callable[[str], str]] = {
    "blanks at figures": lambda text: re.sub("(?<=[一-鿿])([0-9]+)(?=[一-鿿])", r" \1 ", text),
    "full-width figures": lambda text: text.translate(str.maketrans("0123456789()", "０１２３４５６７８９（）")),
    "session in figures": lambda text: text.replace("第六十一届", "第61届"),
    "circled labels": lambda text: text.replace("(一)", "㈠").replace("(二)", "㈡"),
    "blanks between signs": lambda text: re.sub("(?<=[一-鿿])(?=[一-鿿])", " ", text),
}


@pytest.mark.parametrize("setting", CHINESE)
def test_chinese_settings_change_nothing(setting: str) -> None:
    made = parts("zh")
    check(read(CHINESE[setting](whole(made))), made, "zh")


def test_cyrillic_letters_are_labels_as_latin_ones() -> None:
    made = parts("ru")
    made["operative"] = made["operative"].replace("\na) ", "\nа) ").replace("\nb) ", "\nб) ")
    check(read(whole(made)), made, "ru")


def test_four_versions_of_one_resolution_are_the_same_items(tracker: Tracker, tmp_path: Path) -> None:
    for language in LANGUAGES:
        path = tmp_path / f"58-31.{language}.txt"
        path.write_text(whole(parts(language)), encoding="utf-8")
        done = tracker.ok("import", path)
        assert "problem" not in done.err
    items = tracker.ok("list", "--json").json()
    assert [item["ref"].partition(":")[2] for item in items] == ["2(a)", "2(b)", "3", "4"]
    words = {"ar": "تقريرا", "es": "informe", "ru": "доклад", "zh": "提交报告"}
    assert set(words) == set(LANGUAGES)
    for language, word in words.items():
        assert word in tracker.ok("show", "58/31:4", "--language", language).out
        assert word in tracker.ok("list", "--language", language, "--json").json()[3]["action"]
        report = tracker.ok("report", "--language", language, "--format", "json").json()
        assert word in str(report)
        assert parts(language)["title"] in str(report)
