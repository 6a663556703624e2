"""References to items by the numbers of their paragraphs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.core.reference import Place, paragraph_order, parse_place

TEXT = """A/HRC/RES/57/90

The Human Rights Council,

Recalling its previous resolutions,

1. Requests the Office to send the maps;

2. Requests the Office to report;

2 bis. Invites States to pay;

3. Urges States to help.
"""


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2bis", Place("2bis")),
        ("2 bis", Place("2bis")),
        ("2Bis(a).2", Place("2bis", "a", 2)),
        ("2b", Place("2", "b")),
        ("2(bis)", Place("2", "bis")),
    ],
)
def test_places_of_paragraphs_put_in_later(text: str, place: Place) -> None:
    assert parse_place(text) == place
    assert parse_place(str(place)) == place


def test_order_of_paragraphs() -> None:
    numbers = ["3", "2ter", "10", "2", "2quater", "x", "2bis"]
    assert sorted(numbers, key=paragraph_order) == ["x", "2", "2bis", "2ter", "2quater", "3", "10"]


def test_items_of_paragraphs_put_in_later_are_found(tracker: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    tracker.ok("import", path)
    assert [row["paragraph"] for row in tracker.ok("list", "--json").json()] == ["1", "2", "2bis", "3"]
    assert "to pay" in tracker.ok("show", "57/90:2 bis").out
    tracker.ok("add", "57/90", "2bis", "--action", "to send the bill")
    assert [row["paragraph"] for row in tracker.ok("list", "--json").json()] == ["1", "2", "2bis", "2bis", "3"]
