"""Tables on a terminal: nothing that matters is cut, and they fit."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.cli import output
from tracker.cli.items import show_items

COLUMNS = ("no", "ref", "due", "status", "who", "request")
FLEXIBLE = ("who", "no", "request")
LONG = "to submit a report on the state of the lamps " * 3


def printed(
    rows: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> list[str]:
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    output.table(COLUMNS, rows, flexible=FLEXIBLE)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    ("ref", "due", "status"),
    [
        ("A/HRC/RES/28/2:26", "2015-09-13", "pending"),
        ("A/HRC/RES/28/2:26", "2015-09-13~+", "pending, 4090 d overdue"),
        ("A/HRC/RES/48/14:2(n)@2022-06-13", "2022-06-13~", "pending, 1626 d overdue"),
        ("A/HRC/RES/48/14:12(n).2@2022-06-13", "2022-06-13~+", "partially_implemented, 1626 d overdue"),
        ("A/RES/ES-10/21:3", "-", "not_applicable, late"),
    ],
)
def test_reference_date_and_status_are_whole_in_80_columns(
    ref: str, due: str, status: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"no": 12345, "ref": ref, "due": due, "status": status, "who": "high-commissioner, states", "request": LONG}
    heading, *lines = printed([row], monkeypatch, capsys)
    assert all(len(line) <= 80 for line in (heading, *lines))
    start = heading.index("status")
    room = len(f"{ref}  {due}  partially_implemented,  to subm…") <= 80 or "partially" not in status
    end = heading.index("request") if room else None
    assert " ".join(line[start:end].split("  ")[0].strip() for line in lines).strip() == status
    assert ref in lines[0]
    assert due in lines[0]
    assert ("to sub" in lines[0]) is room, "the request is not seen"


def test_columns_are_left_out_only_where_there_is_no_room(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    row = {"no": 1, "ref": "A/RES/80/1:2", "due": "2026-01-31", "status": "pending", "who": "states", "request": LONG}
    heading, line = printed([row], monkeypatch, capsys)
    assert heading.split() == list(COLUMNS)
    assert len(line) == 80
    assert line.endswith("…")


def item(symbol: str, place: str, status: str, days: int) -> dict[str, Any]:
    return {
        "id": None, "ref": f"{symbol}:{place}", "symbol": symbol, "due_on": "2022-06-13", "due_verified": True,
        "extended": False, "status": status, "timeliness": "overdue", "days_overdue": days, "ageing": "over 180",
        "addressees": [{"code": "high-commissioner", "text": "the High Commissioner"}], "to_check": False,
        "action": LONG,
    }  # fmt: skip


@pytest.mark.parametrize("other", ["in_progress", "partially_implemented"])
def test_times_of_a_series_leave_room_for_the_request(
    other: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    rows = [item("A/HRC/RES/48/14", "2(n)@2022-06-13", "pending", 1626), item("A/RES/78/1", "3", other, 12)]
    show_items(rows, as_json=False, as_csv=False, empty="")
    heading, first, *lines = capsys.readouterr().out.splitlines()
    assert all(len(line) <= 80 for line in (heading, first, *lines))
    assert first.split()[:5] == ["48/14:2(n)@2022-06-13", "2022-06-13", "1626", "d", "overdue"]
    assert "to sub" in first
    # The same number of two bodies: the symbols stay whole.
    show_items([*rows, item("A/RES/48/14", "1", "pending", 3)], as_json=False, as_csv=False, empty="")
    assert "A/HRC/RES/48/14:2(n)@2022-06-13" in capsys.readouterr().out
