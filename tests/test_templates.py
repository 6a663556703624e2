"""Templates of the user: their own Word file, their own Jinja for HTML and Markdown; all text is escaped."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from tests.cli import Tracker
from tests.report_data import HOSTILE, fill
from tracker.reports.plain import plain

DATABASE_TEXT = HOSTILE.replace("\ud800", "")
"""A database takes no half of a character."""


@pytest.fixture
def hostile(tmp_path: Path) -> Tracker:
    """A resolution whose title and requests are hostile text."""
    database = tmp_path / "hostile.sqlite3"
    fill(database, 6, text=DATABASE_TEXT, title=DATABASE_TEXT)
    tracker = Tracker(database)
    tracker.ok(
        "update", ":1", "--status", "implemented", "--evidence", 'https://x.org/"><script>', "--note", DATABASE_TEXT,
        "--evidence-title", DATABASE_TEXT, "--assignee", "=cmd|x", "--office", "{{7*7}}",
    )  # fmt: skip
    return tracker


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "templates"
    made.mkdir()
    return made


def word_template(path: Path) -> None:
    """A letter with a table that docxtpl fills, a row an item."""
    import docx

    document = docx.Document()
    document.add_heading("{{ title }}", 1)
    document.add_paragraph("{% for fact in facts %}{{ fact.name }} = {{ fact.value }}. {% endfor %}")
    table = document.add_table(rows=3, cols=2)
    table.cell(0, 0).text = "{%tr for row in items.rows %}"
    table.cell(1, 0).text = "{{ row[2].text }}"
    table.cell(1, 1).text = "{{ row[3].text }}"
    table.cell(2, 0).text = "{%tr endfor %}"
    document.save(str(path))


def test_word_template(hostile: Tracker, folder: Path, tmp_path: Path) -> None:
    import docx

    word_template(folder / "letter.docx")
    env = {"TRACKER_TEMPLATES": str(folder)}
    listed = hostile.ok("report", "--list-templates", env=env).out
    assert "letter" in listed
    assert ".docx" in listed
    target = tmp_path / "letter.docx"
    hostile.ok("report", "--template", "letter", "-o", target, env=env)
    document = docx.Document(str(target))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert len(rows) == 6
    assert all(plain(DATABASE_TEXT) in request for _, request in rows)
    assert document.paragraphs[0].text == "Progress report on the implementation of resolution A/HRC/RES/99/1"
    with zipfile.ZipFile(target) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(name))
    again = tmp_path / "again.docx"
    hostile.ok("report", "--template", "letter", "-o", again, env=env)
    assert again.read_bytes() == target.read_bytes()


def test_html_template_escapes(hostile: Tracker, folder: Path, tmp_path: Path) -> None:
    (folder / "page.html.j2").write_text(
        "<p title='{{ facts[1].value }}'>{{ facts[1].value }}</p>"
        "{% for section in sections %}{% for block in section.blocks if block.kind == 'chart' %}{{ block.drawing }}"
        "{% endfor %}{% endfor %}",
        encoding="utf-8",
    )
    target = tmp_path / "page.html"
    hostile.ok("report", "--template", "page", "-o", target, env={"TRACKER_TEMPLATES": str(folder)})
    text = target.read_text(encoding="utf-8")
    assert "<script" not in text
    assert "{{7*7}}" in text
    assert text.count("<svg ") == 3


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("x.html.j2", b"{{ ''.__class__.__mro__[1].__subclasses__() }}", 65),
        ("x.html.j2", b"{% for x in %}", 65),
        ("x.html.j2", b"\xff\xfe", 65),
        ("x.docx", b"no zip", 65),
    ],
)
def test_template_that_is_wrong(
    imported: Tracker, folder: Path, tmp_path: Path, name: str, content: bytes, code: int
) -> None:
    (folder / name).write_bytes(content)
    target = tmp_path / f"out{'.docx' if name.endswith('.docx') else '.html'}"
    result = imported("report", "--template", "x", "-o", target, env={"TRACKER_TEMPLATES": str(folder)})
    assert result.code == code, result.err
    assert len(result.err.splitlines()) == 1
    assert not target.exists()


def cells_of(path: Path) -> list[Any]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_hostile_database_in_every_format(hostile: Tracker, tmp_path: Path) -> None:
    for ending in ("md", "html", "docx", "xlsx", "pdf", "csv", "json", "txt"):
        target = tmp_path / f"report.{ending}"
        hostile.ok("report", "--since", "2012-01-01", "-o", target)
        if ending in {"md", "html", "csv", "txt"}:
            content = target.read_text(encoding="utf-8-sig")
            assert not re.search("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", content)
    assert not [cell for cell in cells_of(tmp_path / "report.xlsx") if cell.data_type == "f"]
    assert any(plain(DATABASE_TEXT) in str(cell.value) for cell in cells_of(tmp_path / "report.xlsx"))
    calendar = tmp_path / "dates.ics"
    hostile.ok("calendar", "-o", calendar)
    import icalendar

    events = icalendar.Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert len(events) == 5
    assert any(plain(DATABASE_TEXT) in str(event["DESCRIPTION"]) for event in events)
    hostile.ok("forecast", "-o", tmp_path / "forecast.xlsx")
    assert "<script" not in hostile.ok("digest", "--html").out
