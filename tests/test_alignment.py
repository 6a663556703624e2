"""Which piece of an older text is which of a newer one."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.core import alignment
from tracker.core.alignment import Piece, aligned
from tracker.core.wording import Patience, changed_words

TOPICS = ("deserts", "forests", "glaciers", "harbours", "islands", "lagoons", "meadows", "oceans")


def pieces(*words: str) -> list[Piece]:
    """Pieces numbered from 1."""
    return [Piece(text, str(number)) for number, text in enumerate(words, 1)]


def report(topic: str, more: str = "") -> str:
    return f"Requests the Secretary-General to submit to the Assembly a report on {topic}{more};"


def test_words_before_numbers() -> None:
    old = pieces(*map(report, TOPICS[:4]))
    assert aligned(old, pieces(report("cities"), *map(report, TOPICS[:4]))) == {0: 1, 1: 2, 2: 3, 3: 4}
    assert aligned(old, pieces(*map(report, TOPICS[1:4]))) == {1: 0, 2: 1, 3: 2}
    assert aligned(old, pieces(*map(report, reversed(TOPICS[:4])))) == {0: 3, 1: 2, 2: 1, 3: 0}


def test_moved_and_reworded_at_once() -> None:
    old = pieces(*map(report, TOPICS[:4]))
    new = pieces(report("cities"), report("deserts", " and drought"), *map(report, TOPICS[1:4]))
    assert aligned(old, new) == {0: 1, 1: 2, 2: 3, 3: 4}


def test_another_request_at_the_same_place_is_another_request() -> None:
    old = pieces("Requests the Office to publish a guide;", *map(report, TOPICS))
    new = pieces("Invites Member States to fund the institute of meteorology;", *map(report, TOPICS))
    assert 0 not in aligned(old, new)


def test_same_words_twice() -> None:
    """Which of the two is gone can only be told by their neighbours."""
    same = "Calls upon States to cooperate;"
    old = pieces(report("deserts"), same, report("forests"), report("oceans"), same)
    assert aligned(old, pieces(report("deserts"), report("forests"), report("oceans"), same)) == {
        0: 0,
        2: 1,
        3: 2,
        4: 3,
    }
    assert aligned(old, pieces(report("deserts"), same, report("forests"), report("oceans"))) == {
        0: 0,
        1: 1,
        2: 2,
        3: 3,
    }


def test_chinese_has_words_too() -> None:
    old = pieces("请秘书长提交关于荒漠化的报告；", "吁请各国在防治气候变化方面开展合作；")
    assert aligned(old, pieces("邀请各国为研究所提供资金；", "请秘书长提交关于荒漠化和干旱的报告；", old[1].words)) == {
        0: 1,
        1: 2,
    }


@given(st.permutations(range(8)), st.sets(st.integers(0, 7), max_size=5), st.integers(0, 3))
def test_every_piece_that_is_still_there_is_found(order: list[int], gone: set[int], added: int) -> None:
    """Whatever was moved, cut and put in: a piece with its own words is never taken for another one."""
    old = [report(topic) for topic in TOPICS]
    new = [old[number] for number in order if number not in gone] + [
        f"Decides to hold meeting {n}." for n in range(added)
    ]
    random.Random(len(new)).shuffle(new)  # noqa: S311 - the same every time
    found = aligned(pieces(*old), pieces(*new))
    assert {one: new[other] for one, other in found.items()} == {n: old[n] for n in range(8) if n not in gone}


@given(st.lists(st.text("ab ", max_size=6), max_size=8), st.lists(st.text("ab ", max_size=6), max_size=8))
def test_pairs_are_pairs(old: list[str], new: list[str]) -> None:
    found = aligned(pieces(*old), pieces(*new))
    assert len(set(found.values())) == len(found)
    assert all(0 <= one < len(old) and 0 <= other < len(new) for one, other in found.items())
    assert aligned(pieces(*old), pieces(*old)) == {number: number for number in range(len(old))}


def test_long_and_hostile_texts_end() -> None:
    """Thousands of pieces, all alike, and paragraphs of a megabyte: seconds, not hours."""
    began = time.process_time()
    many = [f"Requests States to do {number % 7}" for number in range(3000)]
    assert len(aligned(pieces(*many), pieces(*many[5:], "other"))) > 2900
    long = " ".join(f"word{number}" for number in range(100_000))
    assert changed_words(long, long[::-1]) == "100000 words → 100000 words"
    assert changed_words(f"{long} a {long}", f"{long} b {long}") == "“word99999 a word0” → “word99999 b word0”"
    assert time.process_time() - began < 30


def test_hostile_texts_are_compared_in_bounded_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretches between certain pieces: each alone is short enough to compare all of its pairs, all of them are not."""
    looked: list[int] = []
    of = alignment._Likeness.of

    def counted(self: alignment._Likeness, old: int, new: int) -> float:
        looked.append(1)
        return of(self, old, new)

    monkeypatch.setattr(alignment._Likeness, "of", counted)
    monkeypatch.setattr(alignment, "_MOST_WORDS", 100_000)
    words = "Requests the Secretary-General to report to the Council every year on peace and on water, part"
    old = pieces(*(f"{words} {at % 7}" if at % 50 else f"Certain {at}" for at in range(1_000)))
    new = pieces(*(f"{words} {at % 7} again" if at % 50 else f"Certain {at}" for at in range(1_000)))
    assert aligned(old, new) == {at: at for at in range(1_000)}
    assert len(looked) < 10_000, "all pairs of all stretches are 48,000"


def test_paragraph_of_one_word_over_and_over_is_not_compared_word_by_word() -> None:
    """It took half a minute: every word is equal to every other one."""
    told = changed_words("x " + "a " * 1_400 + "y", "z " + "a b " * 700 + "a q")
    assert told == "1402 words → 1403 words"


def test_words_of_many_paragraphs_are_compared_up_to_a_limit_for_all_of_them() -> None:
    patience = Patience(left=5)
    old, new = "publish a guide on water", "make one guide for us"
    assert "→" in changed_words(old, new, patience)
    assert patience.left == 4
    assert changed_words("a a a b", "c a a a d", patience) == "4 words → 5 words"
