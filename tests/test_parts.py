"""Items that a person split off or merged, when texts change and days pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tests.test_editing import refs
from tests.test_renumbered import END, FUND, GUIDE, STATES, STUDY, store


@pytest.fixture
def promises(tracker: Tracker, tmp_path: Path) -> Tracker:
    store(tracker, tmp_path, "first", GUIDE, STATES, FUND, END)
    return tracker


def items(tracker: Tracker, *args: str) -> dict[str, dict[str, Any]]:
    return {item["ref"].partition(":")[2]: item for item in tracker.ok("list", "--json", *args).json()}


def to_check(tracker: Tracker) -> list[str]:
    return [place for place, item in items(tracker).items() if item["to_check"]]


def test_the_tenth_part_comes_after_the_ninth(promises: Tracker) -> None:
    promises.ok("split", ":2", *(word for number in range(11) for word in ("--part", f"part {number}")))
    assert refs(promises) == ["1", "2", *(f"2.{number}" for number in range(2, 12)), "3"]


def test_a_part_has_on_each_day_the_dates_of_the_item(promises: Tracker) -> None:
    """The text names no date: one was set by hand, and extended later."""
    promises.ok("update", ":1", "--due", "2026-05-01", "--reason", "agreed", "--on", "2026-03-01")
    promises.ok("update", ":1", "--extend-to", "2026-09-01", "--authority", "A/HRC/DEC/31/115", "--on", "2026-04-01")
    promises.ok("split", ":1", "--part", "draw it up", "--part", "publish it")
    names = "due_on", "first_due_on", "extended"
    for day in ("2026-02-01", "2026-03-01", "2026-04-01", "2026-11-24"):
        found = items(promises, "--as-of", day)
        assert [found["1.2"][name] for name in names] == [found["1"][name] for name in names]
    assert items(promises, "--as-of", "2026-02-01")["1.2"]["due_on"] is None


def test_parts_of_a_paragraph_that_is_gone_stay_where_they_are(promises: Tracker, tmp_path: Path) -> None:
    """The next paragraph has its number in one text, and not in the one after."""
    promises.ok("split", ":3", "--part", "contribute", "--part", "tell others")
    store(promises, tmp_path, "shorter", GUIDE, STATES, END)
    assert (refs(promises), to_check(promises)) == (["1", "2", "3", "3.2"], ["3", "3.2"])
    promises.ok("update", ":3", ":3.2", "--confirm")
    store(promises, tmp_path, "other end", GUIDE, STATES, STUDY, END)
    assert refs(promises) == ["1", "2", "3", "3.2", "3.3"]
    assert items(promises)["3"]["action"].startswith("to prepare")
    assert {items(promises)[place]["action"] for place in ("3.2", "3.3")} == {"contribute", "tell others"}


def test_parts_go_with_their_paragraph(promises: Tracker, tmp_path: Path) -> None:
    promises.ok("split", ":3", "--part", "contribute", "--part", "tell others")
    store(promises, tmp_path, "longer", GUIDE, STUDY, STATES, FUND, END)
    assert (refs(promises), to_check(promises)) == (["1", "2", "3", "4", "4.2"], ["2"])


def test_a_changed_text_is_compared_with_the_one_that_it_replaces(promises: Tracker, tmp_path: Path) -> None:
    """Not with the last that was stored: the first one was taken back meanwhile."""
    promises.ok("split", ":1", "--part", "draw up a guide", "--part", "publish it")
    store(promises, tmp_path, "worse", GUIDE.replace("promises", "oaths"), STATES, FUND, END)
    assert to_check(promises) == ["1", "1.2"]
    promises.ok("import", tmp_path / "first.txt")
    promises.ok("update", ":1", ":1.2", "--confirm")
    store(promises, tmp_path, "another", GUIDE, f"{STATES} and of oaths", FUND, END)
    assert to_check(promises) == ["2"]


def test_other_words_are_told_of_all_that_took_the_item_in(promises: Tracker, tmp_path: Path) -> None:
    promises.ok("merge", ":2", ":3", "--keep")
    promises.ok("merge", ":1", ":2", "--keep")
    out = store(promises, tmp_path, "changed", GUIDE, STATES, f"{FUND} and of broken oaths", END)
    assert "A/HRC/RES/90/7:1 has other words in this text, in what was A/HRC/RES/90/7:3; to check" in " ".join(
        out.split()
    )
    assert to_check(promises) == ["1"]


def test_parts_of_what_was_added_keep_their_places(promises: Tracker, tmp_path: Path) -> None:
    """An item without words has none to be found by: its paragraph is the one with its number."""
    promises.ok("add", "90/7", "2", "--action", "sing")
    promises.ok("split", ":2.2", "--part", "sing", "--part", "dance")
    promises.ok("split", ":2", "--part", "tell", "--part", "show")
    before = {place: item["action"] for place, item in items(promises).items()}
    store(promises, tmp_path, "changed", GUIDE, f"{STATES} and of oaths", FUND, END)
    assert {place: item["action"] for place, item in items(promises).items()} == before
    assert to_check(promises) == ["2", "2.2", "2.3", "2.4"]


def test_words_that_only_another_language_has_stay_when_items_are_merged(tracker: Tracker, tmp_path: Path) -> None:
    french = (
        "Résolution adoptée par le Conseil des droits de l’homme\n\n90/7. Tenue des promesses\n\n"
        "Le Conseil des droits de l’homme,\n\n1. Prie le Haut-Commissariat de publier un guide;\n\n{}"
        "2. Décide de rester saisi de la question.\n"
    )
    more = "2. Invite les États à faire part de leur expérience;\n\n"
    for name, text in (("un", french.format("")), ("deux", french.format(more).replace("2. Décide", "3. Décide"))):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    store(tracker, tmp_path, "english", GUIDE, END)
    tracker.ok("import", tmp_path / "un.txt")
    tracker.ok("import", tmp_path / "deux.txt")
    tracker.ok("merge", ":2", ":1", "--keep")
    assert items(tracker)["2"]["action"].startswith("à faire part de leur expérience; to publish a guide")


def test_parts_stay_when_a_language_lacks_their_paragraph(promises: Tracker, tmp_path: Path) -> None:
    """Its number is that of another paragraph there."""
    promises.ok("split", ":3", "--part", "contribute", "--part", "tell others")
    french = (
        "Résolution adoptée par le Conseil des droits de l’homme\n\n90/7. Tenue des promesses\n\n"
        "Le Conseil des droits de l’homme,\n\n1. Prie le Haut-Commissariat de publier un guide{};\n\n"
        "2. Invite les États à faire part de leur expérience;\n\n3. Décide de rester saisi de la question.\n"
    )
    for name, more in (("un", ""), ("deux", " sur la tenue des promesses")):
        (tmp_path / f"{name}.txt").write_text(french.format(more), encoding="utf-8")
        promises.ok("import", tmp_path / f"{name}.txt")
    assert [items(promises)[place]["action"] for place in ("3", "3.2")] == ["contribute", "tell others"]


def test_parts_are_not_taken_for_requests_of_another_language(tracker: Tracker, tmp_path: Path) -> None:
    """The words of both paragraphs are as alike as those of two versions of one."""
    frames = {
        "fr": (
            "Résolution adoptée par le Conseil des droits de l’homme\n\n90/7. Tenue des promesses\n\n"
            "Le Conseil des droits de l’homme,\n\n1. Invite les États à faire part de leur expérience d’ici au "
            "30 juin 2026;\n\n2. Décide de rester saisi de la question.\n"
        ),
        "en": (
            "Resolution adopted by the Human Rights Council\n\n90/7. Keeping of promises\n\n"
            "The Human Rights Council,\n\n1. Invites States to share their experience by 30 June 2026;\n\n"
            "2. Decides to remain seized of the matter.\n"
        ),
    }
    for language, text in frames.items():
        (tmp_path / f"{language}.txt").write_text(text, encoding="utf-8")
    tracker.ok("import", tmp_path / "fr.txt")
    tracker.ok("split", ":1", "--part", "bake", "--part", "brew", "--part", "sew")
    result = tracker.ok("import", tmp_path / "en.txt")
    assert "made by hand" not in result.err
    assert to_check(tracker) == []
    assert [item["action"] for item in items(tracker).values()] == ["bake", "brew", "sew"]
