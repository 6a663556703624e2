"""PDF: lines from the places of characters; footnotes, marks and page furniture are not in the text."""

from __future__ import annotations

import html
from pathlib import Path

import pypdfium2.raw as pdfium
import pytest

from tests.browser import find_chromium
from tests.browser import printed as by_browser
from tests.documents import paragraphs_of, pdf_of, simple_pdf
from tracker.errors import Unavailable, UnreadableDocument
from tracker.extraction.pipeline import extract
from tracker.reading import formats
from tracker.reading.files import read, read_bytes
from tracker.reading.pdf import _runs, content_of
from tracker.reading.pdf_columns import in_columns
from tracker.reading.pdf_lines import Line, Run, lines_of
from tracker.reading.pdf_margins import cut_margins
from tracker.reading.pdf_notes import cut_notes
from tracker.reading.pdf_pages import Page, Setting, setting_of, with_feet_last
from tracker.reading.pdf_print import printed

SETTING = Setting(10, 12)


def line(text: str, baseline: float, size: float = 10, *, noted: bool = False) -> Line:
    return Line(text, 100, 400, baseline, size, noted=noted)


def kept(page: Page) -> list[str]:
    return [row.text for row in page.lines]


@pytest.fixture(scope="module")
def made(example: Path) -> bytes:
    return pdf_of(example)


def test_example_gives_the_same_as_its_text(example: Path, made: bytes) -> None:
    """Footnotes, raised figures, running heads and page numbers of the PDF leave no trace in the paragraphs."""
    (wanted,) = extract(read(example))
    (found,) = extract(read_bytes(made, "28-2.pdf"))
    assert [(p.label, p.text) for p in found.resolution.paragraphs] == [
        (p.label, p.text) for p in wanted.resolution.paragraphs
    ]
    assert [r.text for r in found.requests] == [r.text for r in wanted.requests]
    assert len(found.requests) == 13
    assert found.resolution.footnotes == 3
    assert found.resolution.symbol == "A/HRC/RES/28/2"


@pytest.mark.skipif(find_chromium() is None, reason="no Chromium on this machine")
def test_page_printed_by_a_browser_gives_the_same_as_its_text(example: Path, tmp_path: Path) -> None:
    """Its date, address and page numbers stand on the first page too, and come last in the file."""
    rows = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs_of(example))
    made = by_browser(f'<!doctype html><meta charset="utf-8"><style>p{{font:14px serif}}</style>{rows}', tmp_path)
    (wanted,) = extract(read(example))
    (found,) = extract(read_bytes(made, "28-2.pdf"))
    assert [(p.label, p.text) for p in found.resolution.paragraphs] == [
        (p.label, p.text) for p in wanted.resolution.paragraphs
    ]


def test_published_files_give_the_same_as_their_texts(corpus: Path) -> None:
    """The eight PDFs of the corpus: every request, and the numbers of all operative paragraphs."""
    for path in sorted((corpus / "dev" / "pdf").glob("*.pdf")):
        (found, *_), (wanted, *_) = (
            extract(read(file)) for file in (path, corpus / "dev" / path.with_suffix(".txt").name)
        )
        numbers = [
            list(dict.fromkeys(p.number for p in row.resolution.paragraphs if p.label)) for row in (found, wanted)
        ]
        assert numbers[0] == numbers[1], path.name
        requests = [{(r.paragraph, r.sub, r.verb, r.force) for r in row.requests} for row in (found, wanted)]
        assert len(requests[0] & requests[1]) >= 0.97 * len(requests[1]), path.name
        assert found.resolution.adopted_on == wanted.resolution.adopted_on


def test_raised_figures_are_marks_and_raised_letters_are_not() -> None:
    text = Run("on 25 June 1993,", 100, 180, 320, 10)
    mark = Run("1", 180, 184, 324, 6.5)
    after = Run("for 3 km", 187, 230, 320, 10, breaks=True)
    power = Run("2", 230, 233, 324, 6.5)
    rest = Run("on the 1", 236, 270, 320, 10)
    ordinal = Run("er", 270, 276, 324, 6.5)
    (found,) = lines_of([text, mark, after, power, rest, ordinal])
    assert found.text == "on 25 June 1993, for 3 km² on the 1er"
    assert found.marks == ("1",)


def test_a_mark_before_smaller_text_begins_a_note() -> None:
    (found,) = lines_of([Run("1 ", 117, 120, 122.8, 5.5), Run("Resolution 55/2.", 123, 200, 119.8, 8.5)])
    assert (found.text, found.noted) == ("Resolution 55/2.", True)


def test_lines_part_by_height_and_columns_by_distance() -> None:
    found = lines_of([Run("left", 50, 90, 700, 10), Run("right", 300, 350, 700, 10), Run("below", 50, 90, 688, 10)])
    assert [row.text for row in found] == ["left", "right", "below"]


@pytest.mark.parametrize("rule", [True, False])
def test_footnotes_go_with_or_without_a_rule(rule: bool) -> None:
    notes = [line("A/CONF.157/24", 119, 8.5, noted=True), line("continued here", 109, 8.5)]
    page = Page([line("Recalls the report,", 200), *([line("________", 134, 8)] if rule else []), *notes], 842)
    assert cut_notes(page, SETTING) == 1
    assert kept(page) == ["Recalls the report,"]


def test_columns_are_read_one_after_the_other_down_to_their_last_line() -> None:
    """However low it stands; job numbers at the foot come first in some files, and go behind the text."""
    import typst

    words = "".join(f"Line {number} of the columns \\ " for number in range(1, 101))
    page = '#set page(paper: "a4", columns: 2, margin: (top: 2.5cm, bottom: 1.5cm))\n'
    text = content_of(typst.compile((page + words).encode())).text
    assert [int(word) for word in text.split() if word.isdigit()] == list(range(1, 101))
    job, low, lower = line("24-07461", 40, 7), line("Requests the Office", 72), line("to report", 60)
    assert with_feet_last([job, low, lower, line("Decides", 700)], 842) == [low, lower, line("Decides", 700), job]


def test_notes_stand_below_the_text_of_their_column() -> None:
    left, right = Line("1 See A/71/1.", 50, 280, 110, 8), Line("continues here", 310, 540, 100, 10)
    page = Page([Line("Recalls the", 50, 280, 200, 10), left, Line("report, and", 310, 540, 200, 10), right], 842)
    assert cut_notes(page, SETTING) == 1
    assert kept(page) == ["Recalls the", "report, and", "continues here"]


def test_a_note_may_go_on_on_the_next_page() -> None:
    page = Page([line("concerned;", 200), line("that report, which has no number;", 110, 8)], 842)
    assert cut_notes(page, SETTING) == 0
    assert kept(page) == ["concerned;", "that report, which has no number;"]
    assert cut_notes(page, SETTING, 9) == 0
    assert len(page.lines) == 2
    assert cut_notes(page, SETTING, 8) == 0
    assert kept(page) == ["concerned;"]


def test_last_paragraph_of_a_page_in_smaller_letters_is_no_note() -> None:
    """So it is in scans; a note whose number has a full stop is one where the page has its mark."""
    for marks, cut in (((), 0), (("5",), 1)):
        page = Page([Line("concerned;", 100, 400, 210, 10, marks), line("5. Decides to go on.", 190, 9)], 842)
        assert cut_notes(page, SETTING) == cut


def test_notes_as_large_as_the_text_are_told_by_their_mark() -> None:
    """They are set off, and begin with a mark that the page has; paragraphs have a full stop behind theirs."""
    text = Line("concerned by it;", 100, 400, 210, 10, ("3",))
    for first, cut in (("3See A/71/1.", 1), ("3 See A/71/1.", 1), ("4 See A/71/1.", 0), ("3. Requests", 0)):
        page = Page([text, line("Further", 198), line(first, 170), line("and A/71/2.", 158)], 842)
        assert cut_notes(page, SETTING) == cut
        assert len(page.lines) == (2 if cut else 4)
    tight = Page([text, line("on page", 198), line("3 of the report", 186)], 842)
    assert cut_notes(tight, SETTING) == 0


def test_notes_as_large_as_the_text_may_go_on_on_the_next_page() -> None:
    """Without a mark, and as the first of others; a paragraph that is set off there is none."""
    first = Page([line("concerned;", 200), line("See A/71/1 of 20", 170, noted=True)], 842)
    assert cut_notes(first, SETTING) == 1
    assert first.unfinished
    rest, other = line("1 May 2006.", 92), line("A/71/2.", 80, noted=True)
    for last, cut in (([rest], True), ([rest, other], True), ([line("May 2006.", 92)], False),
                      ([line("3. decides.", 92)], False), ([line("noting the report,", 92)], False)):  # fmt: skip
        page = Page([line("Noting that", 132), line("the report of", 120), *last], 842)
        cut_notes(page, SETTING, 10, goes_on=True)
        assert kept(page) == ["Noting that", "the report of", *([] if cut else [last[0].text])]


def test_each_column_has_its_notes_as_large_as_the_text() -> None:
    left, right = (50, 280), (310, 540)
    page = Page([Line("Notes", *left, 120, 10), Line("See A/71/1.", *left, 90, 10, noted=True),
                 Line("the report,", *right, 120, 10), Line("A/71/2.", 310, 340, 90, 10, noted=True)], 842)  # fmt: skip
    assert cut_notes(page, SETTING) == 2
    assert kept(page) == ["Notes", "the report,"]


def test_sponsors_in_larger_print_make_no_small_print_of_the_text() -> None:
    pages = [Page([line("Andorra, Angola, Argentina, Armenia", 700, 12)] * 3 + [line("1. Demands that", 300)] * 4, 842)]
    assert setting_of(pages).size == 10


def test_step_between_lines_is_that_below_long_ones() -> None:
    """A text of short paragraphs has few lines that go on: the steps between its paragraphs are not its usual ones."""
    rows, place = [], 800.0
    for width in (60, 80, 70, 400, 90, 60, 80, 50, 400, 90, 60, 50, 400, 90, 60, 80):
        rows.append(Line("words of it", 100, 100 + width, place, 10))
        place -= 13 if width == 400 else 20
    assert setting_of([Page(rows, 842)]).leading == 13


def test_size_is_that_of_the_font_as_it_is_drawn() -> None:
    """Letters have boxes of their own height in some files; a font of size 1 may be drawn ten times as large."""
    page = simple_pdf(text="Requests) Tj 1 0 0 1 72 680 Tm /F1 1 Tf 12 0 0 12 72 680 Tm (axe")
    library = pdfium.FPDF_InitLibrary()
    document = pdfium.FPDF_LoadMemDocument64(page, len(page), None)
    loaded = pdfium.FPDF_LoadPage(document, 0)
    assert library is None
    assert [(run.text.strip(), round(run.size)) for run in _runs(loaded)] == [("Requests", 12), ("axe", 12)]
    pdfium.FPDF_ClosePage(loaded)
    pdfium.FPDF_CloseDocument(document)


def test_small_print_within_the_text_stays() -> None:
    page = Page([line("Requests:", 400), line("1 a table", 380, 8), line("2. Decides", 300)], 842)
    assert cut_notes(page, SETTING) == 0
    assert kept(page) == ["Requests:", "1 a table", "2. Decides"]


def test_running_heads_and_feet_go_but_not_the_first_page() -> None:
    pages = [
        Page([line("A long title", 760), line(f"Page {number} begins", 700), line(f"24-0746{number}", 30, 7)], 842)
        for number in range(1, 4)
    ]
    cut_margins(pages, SETTING)
    assert kept(pages[0])[0] == "A long title"
    assert [kept(page) for page in pages[1:]] == [["Page 2 begins"], ["Page 3 begins"]]


def test_first_page_keeps_its_head_and_loses_its_feet() -> None:
    page = Page([line("General Assembly", 700), line("Recalls its", 690), line("A/RES/71/1", 810, 7),
                 line("https://example.org/page.html", 20, 7), line("1/4", 20, 7)], 842)  # fmt: skip
    cut_margins([page], SETTING)
    assert kept(page) == ["A/RES/71/1", "General Assembly", "Recalls its"]


def test_first_page_loses_feet_as_large_as_the_text_that_come_back() -> None:
    pages = [Page([line(f"Recalls {word}", 300), line(f"GE.24-18922 {number}", 33)], 842)
             for number, word in ((1, "peace"), (2, "trade"))]  # fmt: skip
    cut_margins(pages, SETTING)
    assert [kept(page) for page in pages] == [["Recalls peace"], ["Recalls trade"]]


def test_column_that_is_left_within_a_sentence_goes_on_before_the_other() -> None:
    """OCR gives blocks in any order; cells of a table stand one row below the other."""

    def column(left: float, rows: str) -> list[Line]:
        return [Line(text, left, left + 230, 700 - 12 * at, 10) for at, text in enumerate(rows.split("|"))]

    one = column(50, "1. Decides to|begin;|2. Requests a|report on it|and on the")
    other = column(310, "rest of|it;|3. Urges|all to|help;|4. Ends.")
    title, end = Line("Resolution", 200, 400, 730, 10), Line("Adopted by all members", 50, 540, 500, 10)
    mixed = [title, *one[:3], *other, *one[3:], end]
    assert in_columns(mixed) == [title, *one, *other, end]
    assert in_columns([*other[:1], *one, *other[1:]]) == [*one, *other]
    rows = [cell for row in zip(one, column(310, "a|b|c|d|e"), strict=True) for cell in row]
    assert in_columns(rows) == rows
    assert in_columns([*one, *other, end]) == [*one, *other, end]


def test_figures_beside_chinese_signs_are_not_set_apart() -> None:
    (found, other) = printed(
        [Page([line("第 9 和 11 段、第1556(2004) 号", 300), line("18 欢迎", 288)], 842)], SETTING
    ).split("\n")[:2]
    assert (found, other) == ("第9和11段、第1556(2004)号", "18 欢迎")


def test_line_with_room_for_the_next_word_ends_its_paragraph() -> None:
    """Where larger spaces part none; a column ends where its second longest line does, and Arabic on the left."""

    def rows(*texts: str, arabic: bool = False) -> list[Line]:
        places = [(500 - 5 * len(text), 500) if arabic else (50, 50 + 5 * len(text)) for text in texts]
        return [Line(text, *ends, 700 - 12 * at, 10) for at, (text, ends) in enumerate(zip(texts, places, strict=True))]

    page = Page(rows("признавая также, что вода есть,", "и дома,", "отмечая усилия, принятые, всюду", "ныне;"), 842)
    assert printed([page], SETTING).split("\n\n") == [
        "признавая также, что вода есть,\nи дома,", "отмечая усилия, принятые, всюду\nныне;\n\f"
    ]  # fmt: skip
    page = Page(rows("إذ يشير إلى قراراته السابقة،", "وآخرها،", "وإذ يسلم بأن المياه حق لكل،", arabic=True), 842)
    assert "\n\nوإذ يسلم" in printed([page], SETTING)


def test_small_figure_alone_at_the_foot_of_the_first_page_goes() -> None:
    page = Page([line("Decides to go on", 300), line("1", 80, 6), line("2", 68, 6)], 842)
    cut_margins([page], SETTING)
    assert kept(page) == ["Decides to go on", "1"]


def test_scan_says_that_it_needs_ocr() -> None:
    with pytest.raises(UnreadableDocument, match=r"scan.pdf: .*no text layer.*OCR"):
        read_bytes(simple_pdf(), "scan.pdf")


def test_encrypted_file_says_so() -> None:
    keys = f"5 0 obj<</Filter/Standard/V 1/R 2/P -4/O<{'41' * 32}>/U<{'42' * 32}>>>endobj\n"
    data = simple_pdf(text="1. Requests", objects=keys)
    data = data.replace(b"/Root 1 0 R", b"/Root 1 0 R/Encrypt 5 0 R/ID[<41><41>]")
    with pytest.raises(UnreadableDocument, match=r"locked.pdf: the PDF is encrypted"):
        read_bytes(data, "locked.pdf")


def test_missing_library_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _: None)
    for data, extra in ((b"%PDF-1.7 x", "pdf"), (b"PK\x03\x04 x", "docx"), (b"<html>", "html")):
        with pytest.raises(Unavailable, match=rf"pip install 'mandate-tracker\[{extra}\]'"):
            read_bytes(data, "file")


def test_content_decides_not_the_name(tmp_path: Path, made: bytes) -> None:
    path = tmp_path / "resolution.docx"
    path.write_bytes(made)
    assert read(path).encoding == "pdf"


def test_sixty_pages() -> None:
    """All of them are read; how fast and in how much memory is measured in `benchmarks/`."""
    import typst

    words = "Requests the Office of the High Commissioner to submit a report on the matter; " * 42
    data = typst.compile(("#set text(size: 12pt)\n" + f"{words}\n#pagebreak()\n" * 60).encode())
    assert content_of(data).text.count("\f") >= 60


def test_text_that_says_the_same_at_the_top_of_two_pages_stays() -> None:
    """Requests begin with the same words: at the top of a page they are no running head."""
    pages = [
        Page([line("A/HRC/RES/9/1", 790), line(f"{number}. Requests the Office to report", 740),
              line(f"on matter {'abcdef'[number]}", 728), line("concerned;", 700), line(f"{number}/5", 30)], 842)
        for number in range(1, 6)
    ]  # fmt: skip
    cut_margins(pages, SETTING)
    assert kept(pages[2]) == ["3. Requests the Office to report", "on matter d", "concerned;"]


def test_words_of_a_column_that_stand_near_the_top_elsewhere_too_stay() -> None:
    """A running head comes back at one height of several pages, and does not go on into the text below it."""
    left, right = (50, 280), (310, 540)
    pages = [
        Page([Line("A/X", 50, 80, 800, 10), Line(f"of {word}", *left, 774, 10), Line(middle, *left, 750, 10),
              Line(first, *right, 774, 10), Line(f"in {word}", *right, 762, 10)], 842)
        for word, middle, first in (("Geneva", "peace", "trade"), ("Bonn", "rights", "peace"), ("Rome", "war", "peace"))
    ]  # fmt: skip
    cut_margins(pages[:2], SETTING)
    assert kept(pages[1]) == ["of Bonn", "rights", "peace", "in Bonn"]
    cut_margins(pages, SETTING)
    assert kept(pages[2])[-4:] == ["of Rome", "war", "peace", "in Rome"]


def test_lines_of_a_scan_that_are_smaller_by_chance_stay() -> None:
    """They stand one step from the text, or where text stands on other pages."""
    pages = [
        Page([line("11/27/26, 6:40", 819, 7), line(f"for {word}", 775, size), line(f"and {word}", height, 9),
              line(f"Decides on {word}", 720), line(f"with {word}", 82), line(f"{word};", 70, 9),
              line("page.html", 17, 8)], 842)
        for word, size, height in (("Geneva", 10, 763), ("Vienna", 10, 763), ("Nairobi", 9, 743))
    ]  # fmt: skip
    cut_margins(pages, SETTING)
    for page, word in zip(pages, ("Geneva", "Vienna", "Nairobi"), strict=True):
        text = [f"for {word}", f"and {word}", f"Decides on {word}", f"with {word}", f"{word};"]
        assert kept(page) == (["11/27/26, 6:40", *text] if word == "Geneva" else text)


def test_the_top_of_a_column_stays_behind_the_column_before_it() -> None:
    left = [Line("The Council,", 50, 280, 780, 10), Line("Recalling", 50, 280, 758, 10), Line("its", 50, 280, 746, 10)]
    right = [Line("report,", 310, 540, 780, 10), Line("1. Decides", 310, 540, 758, 10)]
    page = Page([*left, *right, Line("A/RES/71/1", 50, 100, 815, 7)], 842)
    cut_margins([page], SETTING)
    assert kept(page) == ["A/RES/71/1", "The Council,", "Recalling", "its", "report,", "1. Decides"]
