from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import BadConfiguration
from tracker.extraction import language as recognition
from tracker.extraction.addressee_grammar import grammar_of as addressee_grammar_of
from tracker.extraction.grammar import grammar_of
from tracker.extraction.lexicon import FOLDER, Lexicon, languages, load, parse
from tracker.extraction.times import time_words

FRENCH = (FOLDER / "fr.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", languages())
def test_every_lexicon_is_right(language: str) -> None:
    lexicon = load(language)
    assert lexicon.language == language
    assert load(language) is lexicon
    grammar = grammar_of(lexicon)
    assert set(grammar.bodies.values()) >= {"HRC", "GA", "SC", "ECOSOC", "UNEA", "UNHABITAT", "ESCAP"}


@pytest.mark.parametrize("language", languages())
def test_the_words_that_recognise_a_language_come_first(language: str) -> None:
    text = (FOLDER / f"{language}.toml").read_text(encoding="utf-8")
    assert re.findall(r"^\[(\w+)", text, re.MULTILINE)[0] == "recognise"


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("operative_words = [", "operative_wordz = [", "[structure] has no key 'operative_wordz'"),
        ("annex = [", "annex = [1, ", "[structure] annex must be a list of texts"),
        ("word_spacing = true", 'word_spacing = "yes"', "[recognise] word_spacing must be true or false"),
        ("[bodies.short]", "[bodies.shorts]", "[bodies] has no key 'shorts'"),
        ("[verbs]", "[verbz]", "[verbz] is no table of a language file"),
        ("schema = 1", 'schema = "one"', "schema must be a whole number"),
        ("connectors = [", "conectors = [", "[verbs] has no key 'conectors'"),
        ("request = [", "requests = [", "[verbs.force] has no key 'requests'"),
        ("gap = 5", 'gap = "five"', "[verbs.composed] gap must be a whole number"),
        ("[verbs.letters]", "[verbs.leters]", "[verbs] has no key 'leters'"),
        ("joiners = [", "joinders = [", "[addressees] has no key 'joinders'"),
        ("secretary-general = [", "secretary_general = [", "[addressees.names] has no key 'secretary_general'"),
        ("[deliverables.made]", "[deliverables.makes]", "[deliverables] has no key 'makes'"),
        ("[numbers.ordinal.bases]", "[numbers.ordinal.base]", "[numbers.ordinal] has no key 'base'"),
        ("by_end = [", "until_end = [", "[deadlines.session.before] has no key 'until_end'"),
        ("[deadlines.date.periods]", "[deadlines.date.quarters]", "[deadlines.date] has no key 'quarters'"),
        ("biennial = [", "bienial = [", "[recurrence] has no key 'bienial'"),
        ('language = "fr"', 'language = "fx"', "language is 'fx', which is not the name of the file"),
        ('script = "latin"', 'script = "lat"', "[recognise] script must be latin, cyrillic, arabic or han"),
        (
            "events = [",
            'events = ["(a|b) ?", ',
            "[deadlines] events: '(a|b) ?' has a group that captures; write (?: ) for it",
        ),
        ("auxiliaries = [", "auxiliary = [", "[verbs.passive] has no key 'auxiliary'"),
    ],
)
def test_mistakes_are_named_with_file_and_line(right: str, wrong: str, message: str) -> None:
    text = FRENCH.replace(right, wrong, 1)
    line = text[: text.index(wrong)].count("\n") + 1
    with pytest.raises(BadConfiguration) as caught:
        parse(text, "fr.toml")
    assert str(caught.value) == f"fr.toml, line {line}: {message}"


@pytest.mark.parametrize(
    ("key", "text", "compiles"),
    [
        ("events = [", "(?:conférence", time_words),
        ("secretary-general = [", "Secrétaires? généra(l|ux", addressee_grammar_of),
    ],
)
def test_a_pattern_that_is_none_is_named_with_its_line(
    key: str, text: str, compiles: Callable[[Lexicon], object]
) -> None:
    wrong = FRENCH.replace("\n" + key, f'\n{key}"{text}", ', 1)
    assert wrong != FRENCH
    line = wrong[: wrong.index("\n" + key) + 1].count("\n") + 1
    lexicon = parse(wrong, "fr.toml")
    with pytest.raises(BadConfiguration, match=rf"fr\.toml, line {line}: .*cannot be read"):
        compiles(lexicon)


def test_missing_keys_and_tables_are_named() -> None:
    with pytest.raises(BadConfiguration, match=r"fr\.toml, line \d+: \[structure\] lacks the key 'date'"):
        parse(re.sub(r"^date = .*\n", "", FRENCH, count=1, flags=re.MULTILINE), "fr.toml")
    with pytest.raises(BadConfiguration, match=r"table \[\w+\] is missing"):
        parse(FRENCH[: FRENCH.index("[verbs]")], "fr.toml")
    with pytest.raises(BadConfiguration, match="at line 2"):
        parse("schema = 1\nlanguage = fr\n", "fr.toml")
    with pytest.raises(BadConfiguration, match="no lexicon for the language 'xx'"):
        load("xx")


SENTENCES = {
    "fr": "Le Conseil prie le Secrétaire général de lui présenter un rapport sur la question à sa prochaine session",
    "en": "The Council requests the Secretary-General to submit to it a report on the question at its next session",
    "es": "El Consejo solicita al Secretario General que le presente un informe sobre la cuestión en el próximo",
    "ru": "Совет просит Генерального секретаря представить доклад по этому вопросу на следующей сессии и в дальнейшем",
    "ar": "يطلب المجلس إلى الأمين العام أن يقدم تقريرا عن هذه المسألة في دورته المقبلة وما بعدها من دورات",
    "zh": "理事会请秘书长在其下一届会议上提交关于这一问题的报告，并在其后各届会议上提供最新的情况",
}


@pytest.mark.parametrize("language", SENTENCES)
def test_languages_are_recognised(language: str) -> None:
    assert recognition.recognise(SENTENCES[language] + ". " + SENTENCES[language]) == language


@pytest.mark.parametrize("language", languages())
def test_the_language_of_every_case_is_recognised(language: str) -> None:
    cases = sorted((Path(__file__).parent / "cases" / language).glob("*.toml"))
    assert len(cases) >= 25
    for case in cases:
        assert recognition.recognise(tomllib.loads(case.read_text(encoding="utf-8"))["text"]) == language, case.name


@pytest.mark.parametrize(
    "text",
    [
        "Die Versammlung ersucht den Generalsekretär, auf der nächsten Tagung über die Lage zu berichten.",
        "Asamblea генеральна підтверджує, що всі держави повинні поважати права людини та основні свободи.",
        "総会は、事務総長に対し、次の会期に報告書を提出するよう要請する。すべての国がこれを尊重しなければならない。",
        "1234 5678 90",
        "",
    ],
)
def test_other_languages_are_not_guessed(text: str) -> None:
    assert recognition.recognise(text) is None


def test_only_the_language_of_the_text_is_loaded() -> None:
    program = (
        "from tracker.extraction.language import recognise\n"
        "from tracker.extraction import lexicon\n"
        f"print(recognise({SENTENCES['fr']!r}), lexicon.load.cache_info().misses)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.split() == ["fr", "0"]
