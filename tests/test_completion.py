"""The shell completes references and symbols from the database, commands and their options."""

from __future__ import annotations

import pytest

from tests.cli import Tracker


@pytest.mark.parametrize(
    ("words", "place", "expected"),
    [
        ("tracker show 28/2:1", 2, ["28/2:16", "28/2:17", "28/2:18", "28/2:19", "28/2:19.2"]),
        ("tracker show A/HRC/RES/28/2:2", 2, [f"A/HRC/RES/28/2:{n}" for n in (20, 21, 22, 23, 26, 27)]),
        # Bash splits at the colon and asks for the last piece only.
        ("tracker update 28/2 : 19", 4, ["19", "19.2"]),
        ("tracker show 99/", 2, []),
        ("tracker search --js", 2, ["--json"]),
        ("tracker overd", 1, ["overdue"]),
    ],
)
def test_words(imported: Tracker, words: str, place: int, expected: list[str]) -> None:
    env = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(place)}
    assert imported("", env=env).out.split() == expected


def test_nothing_to_complete_without_a_database(tracker: Tracker) -> None:
    env = {"_TRACKER_COMPLETE": "complete_bash", "COMP_WORDS": "tracker show 28", "COMP_CWORD": "2"}
    result = tracker("", env=env)
    assert (result.out.split(), result.err) == ([], "")
