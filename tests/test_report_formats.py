"""Every format: valid whatever stands in the fields, shown as text, the same bytes for the same report."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import html5lib
import openpyxl
import pytest

from tests.report_data import HOSTILE, LONG, hostile_report
from tracker.core.report import Bars, Cell, Column, Report, Section, Table, Timeline, Words
from tracker.errors import Unavailable, UsageError
from tracker.reports import fonts, pdf, svg
from tracker.reports.formats import format_of, formats, load
from tracker.reports.markdown import escape
from tracker.reports.plain import marked, plain, web_link

SHOWN = plain(HOSTILE)
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")
NAMES = ("csv", "docx", "html", "json", "markdown", "pdf", "text", "xlsx")


def folded(text: str) -> str:
    return re.sub(r"\s+", "", text)


def rendered(name: str, report: Report) -> bytes:
    return load(name).render(report)


def test_formats_are_found_by_their_files() -> None:
    assert tuple(formats()) == NAMES
    assert format_of(Path("a/Progress.DOCX")) == "docx"
    with pytest.raises(UsageError, match=r"\.xyz.*known: \.csv"):
        format_of(Path("report.xyz"))


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_same_report_same_bytes(name: str, language: str) -> None:
    report = hostile_report(language)
    first = rendered(name, report)
    assert rendered(name, report) == first
    assert rendered(name, hostile_report(language)) == first


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قبل A/HRC/31/81 (15 نيسان)", "قبل A/HRC/31/81\u200f (15 نيسان)"),
        ("في S/RES/2723(2024):24.2، ثم", "في S/RES/2723(2024):24.2\u200f، ثم"),
        ("انظر A/HRC/RES/57/18:3(a).", "انظر A/HRC/RES/57/18:3(a)\u200f."),
        ("3(a)، 12(b).2", "\u200e3(a)\u200f، \u200e12(b).2\u200f"),
        ("3(a)", "\u200e3(a)\u200f"),
        ("S/RES/2723(2024)", "S/RES/2723(2024)"),
        ("12", "12"),
    ],
)
def test_references_keep_their_order_from_right_to_left(text: str, shown: str) -> None:
    assert marked(text, "rtl") == shown
    assert marked(text, "ltr") == text


@pytest.mark.parametrize(
    ("word", "pieces"),
    [
        ("S/RES/2723(2024):24.2@2024-07-30", "S/ RES/ 2723(2024): 24.2 @2024-07-30"),
        ("https://www.example.org/en/regular-sessions", "https:// www.example.org/ en/ regular-sessions"),
        ("x" * 30, " ".join(["x" * 12, "x" * 12, "x" * 6])),
        ("@@" * 13 + "//", " ".join(["@"] * 25 + ["@//"])),
        ("A/HRC/RES/28/2:26", "A/HRC/RES/28/2:26"),
    ],
)
def test_long_words_break_where_they_are_divided(word: str, pieces: str) -> None:
    assert pdf._text(word, "ltr").split("\u200b") == pieces.split(" ")


def test_markdown_shows_hostile_text() -> None:
    text = rendered("markdown", hostile_report()).decode("utf-8")
    assert not HIDDEN.search(text)
    assert "<script" not in text.replace("\\<", "")
    assert "javascript:" not in text.replace("\\", "")
    assert escape(HOSTILE) in text


def test_html_is_valid_and_shows_hostile_text() -> None:
    content = rendered("html", hostile_report("ar")).decode("utf-8")
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(content)
    assert not list(tree.iter("script"))
    assert {link.get("href", "")[:6] for link in tree.iter("a")} <= {"https:", "#s1", "#s2", "#s4", "#s5"}
    assert folded(SHOWN) in folded("".join(tree.itertext()))
    assert 'dir="rtl"' in content[:200]
    outside = re.sub(r"[\u2066-\u2069]", "", content)  # drawings isolate their labels
    assert not HIDDEN.search(outside)
    assert not re.search(r'(src|href)="(?!https://example|#)', content)


def test_drawing_is_one_well_formed_element() -> None:
    for section in hostile_report("ar").sections:
        for block in section.blocks:
            if isinstance(block, (Bars, Timeline)):
                root = ET.fromstring(svg.draw(block, "rtl"))
                assert SHOWN[:30] in root.get("aria-label", "")
                assert root.get("height") == str(svg.height_of(block))


def sheets(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_xlsx_reads_back_equal() -> None:
    book = sheets(rendered("xlsx", hostile_report()))
    assert len(book.sheetnames) == 4
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    assert SHOWN in texts
    assert f"{SHOWN}\n{SHOWN}" in texts
    items = book.worksheets[1]
    assert [cell.value for cell in items[2]] == [f"{SHOWN}\n{SHOWN}", 7, datetime(2016, 5, 1)]  # noqa: DTZ001
    assert items[2][2].is_date
    assert items.freeze_panes == "D2"
    assert items.auto_filter.ref == "A1:C3"
    assert len(book.worksheets[0]._charts) == 3


def test_xlsx_continues_what_a_cell_cannot_hold() -> None:
    book = sheets(rendered("xlsx", hostile_report(text=LONG)))
    column = [cell.value for cell in book.worksheets[1]["A"]][1:]
    joined = "".join(str(value) for value in column if value)
    assert "…" in column[0]
    assert joined.replace("…", "").count("endless") == 4 * 5_000


def document(content: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                ET.fromstring(archive.read(part))
        return ET.fromstring(archive.read(name))


@pytest.mark.parametrize("text", [HOSTILE, LONG])
def test_docx_is_valid_and_shows_hostile_text(text: str) -> None:
    import docx

    content = rendered("docx", hostile_report(text=text))
    words = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    root = document(content, "word/document.xml")
    assert plain(text).strip() in "".join(element.text or "" for element in root.iter(f"{words}t"))
    assert len(list(root.iter(f"{words}tblHeader"))) == len(list(root.iter(f"{words}tbl"))) == 4
    assert [size.get(f"{words}orient") for size in root.iter(f"{words}pgSz")] == [None, "landscape", None]
    opened = docx.Document(io.BytesIO(content))
    assert len(opened.tables) == 4
    assert opened.core_properties.language == "en-GB"
    notes = document(content, "word/footnotes.xml")
    assert len(list(notes)) == (3 if text is HOSTILE else 2)
    assert len(opened.inline_shapes) == 12


def test_docx_runs_from_right_to_left() -> None:
    content = rendered("docx", hostile_report("ar"))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        body = archive.read("word/document.xml").decode()
    for mark in ("<w:bidi/>", "<w:rtl/>", "<w:bidiVisual/>", 'w:bidi="ar-SA"'):
        assert mark in body


@pytest.mark.parametrize("text", [HOSTILE, LONG])
def test_pdf_shows_hostile_text(text: str) -> None:
    import pypdfium2

    content = rendered("pdf", hostile_report(text=text))
    assert content.startswith(b"%PDF")
    book = pypdfium2.PdfDocument(content)
    shown = "".join(page.get_textpage().get_text_range() for page in book)
    hostile = ("script>alert(1)</script>", "{{7*7}}", "#eval(1)", "[bold]x[/bold]")
    for words in hostile if text is HOSTILE else ("endless",):
        assert folded(words) in folded(shown.replace("\u200b", "").replace("￾", ""))
    if text is LONG:
        assert shown.count("endless") > 5_000
    assert len(list(book.get_toc())) == 5
    book.close()


def test_pdf_of_many_items_has_every_cell() -> None:
    import pypdfium2

    report = hostile_report()
    columns = (Column("no"), Column("words", 4), Column("count", 1, number=True))
    rows = tuple((Cell(f"row{n}."), Cell(f"word{n}\nnext{n}."), Cell(str(n), value=n)) for n in range(1_200))
    section = Section("Many", (Table(columns, rows),), key="matrix", wide=True)
    content = rendered("pdf", replace(report, sections=(section,)))
    book = pypdfium2.PdfDocument(content)
    pages = [page.get_textpage().get_text_range() for page in book]
    book.close()
    for n in (0, 1, 599, 1_199):
        (page,) = [page for page in pages if f"row{n}." in page]
        assert f"word{n}" in page
        assert f"next{n}." in page
    assert sum(page.count("row") for page in pages) == 1_200
    assert all("words" in page for page in pages if "row" in page)
    # What is too long for a page goes on on the next one, however many items there are.
    long = (Cell("row."), Cell("endless " * 2_000), Cell("1", value=1))
    content = rendered("pdf", replace(report, sections=(replace(section, blocks=(Table(columns, (*rows, long)),)),)))
    book = pypdfium2.PdfDocument(content)
    assert sum(page.get_textpage().get_text_range().count("endless") for page in book) == 2_000
    book.close()


def test_pdf_of_many_changes_names_each_item_on_every_page() -> None:
    import pypdfium2

    columns = (Column("item", 2), Column("what", 2), Column("after", 3), Column("count", 1, number=True))
    rows = tuple(
        (Cell(f"item{n // 30}."), Cell(f"change{n}."), Cell(("", "next\nline", "x " * 90)[n % 3]), Cell("7", value=7))
        for n in range(1_500)
    )
    section = Section("Many", (Table(columns, rows),), key="changes")
    book = pypdfium2.PdfDocument(rendered("pdf", replace(hostile_report(), sections=(section,))))
    pages = [page.get_textpage().get_text_range() for page in book]
    book.close()
    for n in range(1_500):
        (page,) = [page for page in pages if f"change{n}." in page]
        assert f"item{n // 30}." in page
    assert sum(page.count("line") for page in pages) == 500


def test_no_font_no_file() -> None:
    with pytest.raises(Unavailable, match=r"Chinese.*fonts-noto-cjk"):
        fonts.choose(["DejaVu Sans"], "决议")
    assert fonts.choose(["DejaVu Sans", "SimSun"], "决议") == ["DejaVu Sans", "SimSun"]


def test_text_is_as_wide_as_a_mail_in_any_script() -> None:
    long = "请秘书长向大会第八十届会议提交报告，说明本决议的执行情况，并就改进工作条件提出建议。" * 9
    report = replace(hostile_report("zh"), sections=(Section("说明", (Words(f"关于{long}A/RES/80/1的{long}"),)),))
    lines = rendered("text", report).decode().partition("说明")[2].splitlines()[2:]
    assert "".join(lines) == f"关于{long}A/RES/80/1的{long}"
    assert {sum(2 if char > "\u2e80" else 1 for char in line) <= 78 for line in lines} == {True}
    assert not [line for line in lines if line[0] in "，。"]


def test_csv_holds_no_formula() -> None:
    content = rendered("csv", hostile_report())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 3
    assert all(not re.match(r"\s*[=+@-]", cell) for row in rows for cell in row)
    assert rows[1] == [f"'{SHOWN}\n{SHOWN}", "7", "2016-05-01"]


def test_json_holds_all() -> None:
    written = rendered("json", hostile_report())
    assert not HIDDEN.search(written.decode())
    content = json.loads(written)
    # A lone half of a character comes out as its escape.
    assert content["title"].encode("utf-8", "backslashreplace") == HOSTILE.encode("utf-8", "backslashreplace")
    assert content["items"]["rows"][0][2] == {"text": "1 May", "value": date(2016, 5, 1).isoformat()}


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://undocs.org/A/HRC/31/81", "https://undocs.org/A/HRC/31/81"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("file:///etc/passwd", None),
        ('https://x.org/"><script>', "https://x.org/%22%3E%3Cscript%3E"),
        (None, None),
    ],
)
def test_links_lead_to_the_web_or_nowhere(link: str | None, kept: str | None) -> None:
    assert web_link(link) == kept


@pytest.mark.parametrize(
    ("name", "module"), [("html", "jinja2"), ("xlsx", "xlsxwriter"), ("pdf", "typst"), ("docx", "typst")]
)
def test_missing_library_says_what_to_install(name: str, module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for loaded in [loaded for loaded in sys.modules if loaded.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(Unavailable, match=r"pip install 'mandate-tracker\[\w+\]'"):
        rendered(name, hostile_report())


@pytest.mark.parametrize(
    ("name", "module"), [("md", "markdown"), (".md", "markdown"), ("TXT", "text"), ("htm", "html"), ("pdf", "pdf")]
)
def test_endings_are_names_too(name: str, module: str) -> None:
    assert load(name) is formats()[module]


def test_no_format_loads_its_library_before_it_is_used() -> None:
    code = (
        "import sys; from tracker.reports.formats import formats; formats(); "
        "print([m for m in ('jinja2', 'xlsxwriter', 'typst', 'docx', 'icalendar') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True).stdout == "[]\n"
