"""Forecast, calendar and reminder mail: what an officer sends out beside the report."""

from __future__ import annotations

import csv
import io
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli import Tracker
from tracker.services.forecasting import COLUMNS


def forecast(tracker: Tracker, *args: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(tracker.ok("forecast", *args).out)))


def test_forecast_has_the_columns_of_the_form(imported: Tracker) -> None:
    rows = forecast(imported, "--session", "HRC30", "--as-of", "2015-04-01")
    assert len(rows) == 1
    assert tuple(rows[0]) == tuple(name for name, _ in COLUMNS)
    assert rows[0]["legislative mandate (resolution/decision/other)"] == "A/HRC/RES/28/2, paragraph 26"
    assert rows[0]["projected date of submission"] == "2015-07-06"
    assert rows[0]["requested date of issuance"] == "2015-08-03"
    assert rows[0]["meeting date"] == "2015-09-14"
    assert forecast(imported, "--session", "HRC31") == []
    assert imported.ok("forecast").out.startswith("title,")


TWO_STAGES = """The Human Rights Council,

Guided by the purposes of the Charter,

1. Requests the High Commissioner to present an oral update to the Council at its forty-eighth session and to submit
a written report to the Council at its fifty-first session.
"""


def test_forecast_has_both_documents_of_a_request_in_two_stages(tracker: Tracker, tmp_path: Path) -> None:
    (tmp_path / "stages.txt").write_text(TWO_STAGES, encoding="utf-8")
    tracker.ok("import", tmp_path / "stages.txt", "--symbol", "A/HRC/RES/46/90")
    rows = forecast(tracker, "--as-of", "2021-04-01")
    assert [(row["meeting name"], row["projected date of submission"]) for row in rows] == [
        ("HRC 48", "2021-07-05"),
        ("HRC 51", "2022-07-04"),
    ]
    assert [row["meeting name"] for row in forecast(tracker, "--session", "HRC51")] == ["HRC 51"]
    tracker.ok("update", "46/90:1", "--status", "implemented", "--evidence", "A/HRC/51/9", "--on", "2022-08-01")
    assert forecast(tracker, "--session", "HRC51") == []


def test_forecast_leaves_out_what_is_delivered(imported: Tracker) -> None:
    imported.ok("update", ":26", "--status", "implemented", "--evidence", "A/HRC/31/81", "--on", "2016-01-15")
    assert forecast(imported, "--as-of", "2016-01-14") != []
    assert forecast(imported) == []


def test_forecast_as_spreadsheet(imported: Tracker, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="reads the spreadsheet back")
    path = tmp_path / "forecast.xlsx"
    imported.ok("forecast", "-o", path, "--as-of", "2015-04-01")
    cells = [cell.value for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows() for cell in row]
    assert "projected date of submission" in cells
    assert imported("forecast", "-o", path).code == 73


def entries(path: Path) -> dict[str, Any]:
    icalendar = pytest.importorskip("icalendar", reason="reads the calendar back")
    found = icalendar.Calendar.from_ical(path.read_bytes())
    return {str(event["UID"]): event for event in found.walk("VEVENT")}


def test_calendar_has_stable_entries_that_update(imported: Tracker, tmp_path: Path) -> None:
    path = tmp_path / "deadlines.ics"
    imported.ok("calendar", "-o", path)
    first = entries(path)
    assert {uid.partition("@")[0].rpartition("28/2:")[2] for uid in first} == {
        "26/due", "26/submit", "26/issue", "27/due"
    }  # fmt: skip
    due = first["A/HRC/RES/28/2:26/due@mandate-tracker"]
    assert due["DTSTART"].dt.isoformat() == "2015-09-13"
    assert due["STATUS"] == "CONFIRMED"
    again = tmp_path / "again.ics"
    imported.ok("calendar", "-o", again)
    assert again.read_bytes() == path.read_bytes()
    imported.ok("update", ":26", "--status", "implemented", "--note", "done", "--on", "2016-01-15")
    imported.ok("calendar", "-o", path, "--force")
    later = entries(path)
    assert later.keys() == first.keys()
    changed = later["A/HRC/RES/28/2:26/due@mandate-tracker"]
    assert changed["STATUS"] == "CANCELLED"
    assert changed["SEQUENCE"] > due["SEQUENCE"]


def test_digest_tells_what_is_overdue_due_and_to_submit(imported: Tracker) -> None:
    text = imported.ok("digest", "--days", "90", "--as-of", "2015-07-01").out
    assert "A/HRC/RES/28/2:26" in text
    assert "6 July 2015" in text
    assert all(len(line) <= 78 for line in text.splitlines())
    assert "<html" in imported.ok("digest", "--html").out
    imported.ok("update", ":26", "--assignee", "Ana")
    assert ":26" in imported.ok("digest", "--for", "Ana").out
    assert ":26" not in imported.ok("digest", "--for", "Bo").out


@pytest.fixture
def mailbox() -> Iterator[tuple[int, list[Any]]]:
    """A real SMTP server on this machine, and the messages it takes."""
    controllers = pytest.importorskip("aiosmtpd.controller", reason="the SMTP server of the test")
    received: list[Any] = []

    class Handler:
        async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
            received.append(envelope)
            return "250 OK"

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = controllers.Controller(Handler(), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port, received
    finally:
        controller.stop()


def test_digest_is_sent(imported: Tracker, mailbox: tuple[int, list[Any]], tmp_path: Path) -> None:
    port, received = mailbox
    path = tmp_path / "tracker.toml"
    smtp = f'[smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\nsender = "tracker@example.org"\n'
    path.write_text(smtp, encoding="utf-8")
    env = {"TRACKER_CONFIG": str(path)}
    result = imported.ok("digest", "--send", "--to", "ana@example.org", env=env)
    assert "sent to ana@example.org" in result.err
    assert received[0].rcpt_tos == ["ana@example.org"]
    content = received[0].content.decode()
    assert "multipart/alternative" in content
    assert "28/2:26" in content
    assert imported("digest", "--send", env=env).code == 2


@pytest.mark.parametrize(
    ("smtp", "code"),
    [
        ("", 78),
        ('host = "127.0.0.1"\nport = 1\nsecurity = "none"\nsender = "t@example.org"', 69),
        ('host = "h"\nsender = "s@example.org"\npassword = "secret"', 78),
        ('host = "h"\nsender = "s@example.org"\nuser = "u"', 78),
    ],
)
def test_mail_that_cannot_be_sent(imported: Tracker, tmp_path: Path, smtp: str, code: int) -> None:
    path = tmp_path / "tracker.toml"
    path.write_text(f"[smtp]\n{smtp}\n", encoding="utf-8")
    result = imported("digest", "--send", "--to", "a@example.org", env={"TRACKER_CONFIG": str(path)})
    assert result.code == code
    assert "nothing was sent" in result.err or "[smtp]" in result.err
    assert len(result.err.splitlines()) == 1


def test_template_of_the_user(imported: Tracker, tmp_path: Path) -> None:
    folder = tmp_path / "templates"
    folder.mkdir()
    (folder / "short.md.j2").write_text("# {{ title }}\n{{ 7 * 7 }}\n", encoding="utf-8")
    (folder / "bad.md.j2").write_text("{{ ''.__class__.__mro__ }}{% if %}", encoding="utf-8")
    env = {"TRACKER_TEMPLATES": str(folder)}
    assert "short" in imported.ok("report", "--list-templates", env=env).out
    out = imported.ok("report", "28/2", "--template", "short", env=env).out
    assert out.startswith("# Progress report")
    assert "49" in out
    assert imported("report", "28/2", "--template", "bad", env=env).code == 65
    assert imported("report", "28/2", "--template", "none", env=env).code == 66
