"""HTML: what a browser shows, line by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.documents import html_of
from tracker.errors import UnreadableDocument
from tracker.extraction.pipeline import extract
from tracker.reading.files import read, read_bytes
from tracker.reading.formats import FORMATS
from tracker.reading.html import content_of


def lines(body: str) -> list[str]:
    return content_of(f"<html><body>{body}</body></html>".encode()).text.split("\n\n")


def test_example_gives_the_same_as_its_text(example: Path) -> None:
    (wanted,) = extract(read(example))
    document = read_bytes(html_of(example), "28-2.html")
    (found,) = extract(document)
    assert document.encoding == "html"
    assert [(p.label, p.text) for p in found.resolution.paragraphs] == [
        (p.label, p.text) for p in wanted.resolution.paragraphs
    ]
    assert [r.text for r in found.requests] == [r.text for r in wanted.requests]
    assert len(found.requests) == 13
    assert found.resolution.footnotes == 3


def test_blocks_part_and_inline_tags_do_not() -> None:
    assert lines("<div>A<p>Re<i>que</i>sts\n  the <b>Office</b></p>tail</div><h2>T</h2>x<br>y") == [
        "A", "Requests the Office", "tail", "T", "x\ny",
    ]  # fmt: skip


def test_numbers_of_lists_as_displayed() -> None:
    inner = "<ol type=a><li>b<li>c</ol>"
    assert lines(f"<ol start=3><li>A{inner}</li><li value=9>D<li>E</ol><ul><li>F</ul><ol><li>G</ol>") == [
        "3. A", "(a) b", "(b) c", "9. D", "10. E", "F", "1. G",
    ]  # fmt: skip
    assert lines("<ol reversed><li>A<li>B</ol>") == ["2. A", "1. B"]
    assert lines("<ol><li>1. Requests</ol><ol type=i><li>x<li>y</ol>") == ["1. Requests", "(i) x", "(ii) y"]


def test_what_is_not_displayed_is_not_read() -> None:
    assert lines(
        "<script>1. Requests</script><style>p{}</style><p hidden>no</p><p style='display: none'>no</p><!-- no -->"
        "<nav>menu</nav><template>no</template><del>no</del><p>yes</p>"
    ) == ["yes"]


@pytest.mark.parametrize(
    "struck",
    [
        "<s>by 1 March</s>",
        "<strike>by 1 March</strike>",
        "<span style='text-decoration:line-through'>by 1 March</span>",
        "<span style='TEXT-DECORATION-LINE: underline line-through'>by <u>1 March</u></span>",
        "<style>.out{text-decoration: red line-through}</style><span class=out>by 1 March</span>",
    ],
)
def test_struck_words_are_left_out_and_told(struck: str) -> None:
    found = content_of(f"<html><body><p>to report {struck} by 1 May</p></body></html>".encode())
    assert " ".join(found.text.split()) == "to report by 1 May"
    assert found.problems == (("struck-out", "words that are struck out were left out, the first: “by 1 March”"),)


@pytest.mark.parametrize("style", ["text-decoration: none", "text-decoration: underline", "text-decoration-color: red"])
def test_other_decorations_stay(style: str) -> None:
    found = content_of(f"<html><body><p>to <span style='{style}'>report</span></p></body></html>".encode())
    assert (found.text, found.problems) == ("to report", ())


def test_marks_go_and_powers_stay() -> None:
    found = content_of(b"<p>Recalling<sup><a href=#1>1</a></sup> 5 km<sup>2</sup>, the 1<sup>er</sup> report</p>")
    assert found.text == "Recalling 5 km², the 1er report"
    assert found.marks == 1


@pytest.mark.parametrize(
    "notes",
    [
        "<section role='doc-endnotes'><ol><li id=fn1>note</li><li id=fn2>note</li></ol></section>",
        "<div style='mso-element:footnote-list'><div id=ftn1>note</div><div id=ftn2>note</div></div>",
        "<div style='mso-element: footnote'><p>note</p></div><div style='mso-element:endnote'><p>note</p></div>",
        "<div id=ftn1>note</div><div id=ftn2>note</div>",
        "<div id=sdfootnote1><p><a href=#sdfootnote1anc>1</a>note</p></div><div id=sdfootnote2>note</div>",
        "<p><i><a id=ftn1 href=#body_ftn1>1</a></i>note</p><p><a id=ftn2 href=#body_ftn2>2</a>note</p>",
        "<div><p><a href='#_ftnref1' name='_ftn1'>[1]</a> note</p></div><p class=MsoFootnoteText>note</p>",
        "<ol class='mw references'><li id=cite_note-1>note</li><li id='cite_note-name-2'>note</li></ol>",
    ],
)
def test_footnotes_go_and_are_counted(notes: str) -> None:
    found = content_of(f"<p>text</p>{notes}<p>more</p>".encode())
    assert (found.text, found.footnotes) == ("text\n\nmore", 2)


@pytest.mark.parametrize(
    "mark",
    [
        "<a class=sdfootnoteanc href=#sdfootnote1sym><sup>1</sup></a>",
        "<a href='#_ftn1'><span class=MsoFootnoteReference><span>[1]</span></span></a>",
        "<span class=MsoFootnoteReference>1</span>",
        "<span style='color:red;mso-special-character: footnote'>[1]</span>",
        "<span class=Anchor><a href='#ftn1' id=body_ftn1>1</a></span>",
        "<sup><a href='#cite_note-1'>[1]</a></sup>",
    ],
)
def test_marks_of_footnotes_go_however_they_are_written(mark: str) -> None:
    found = content_of(f"<p>Recalling 2015,{mark} and</p>".encode())
    assert (found.text, found.marks) == ("Recalling 2015, and", 1)


def test_link_to_another_page_is_text() -> None:
    assert lines("<p>See <a href='/ftn1'>5</a> and <a href='#annex'>6</a></p>") == ["See 5 and 6"]


def test_heads_and_feet_of_pages_are_no_text() -> None:
    assert lines("<div title=header>A/RES/1</div><p>Requests</p><div title=footer>2/3</div>") == ["Requests"]


def test_style_sheets_say_what_is_shown() -> None:
    """Nested selectors and other media are left aside: what may be shown is read."""
    sheet = (
        "<style><!-- .gone, p#old {color:red; display : none !important} /* .a{display:none} */ "
        "@media print { .screen {display:none} } li .x {display:none} @import 'a.css'; "
        ".soft{visibility:hidden} --></style>"
    )
    assert lines(
        f"{sheet}<p class='big gone'>1</p><p id=old>2</p><div id=old>3</div><p class=a>4</p><p class=screen>5</p>"
        "<ul><li><span class=x>6</span></ul><p class=soft>7</p><p class=gone style='display:block'>8</p>"
    ) == ["3", "4", "5", "6", "8"]


def test_styles_say_how_lists_are_numbered() -> None:
    sheet = "<style>ol.letters {list-style-type: lower-latin} ol ol{} .bare{list-style:none inside}</style>"
    assert lines(
        f"{sheet}<ol class=letters><li>A<li>B</ol><ol style='list-style-type:upper-roman'><li>C</ol>"
        "<ol class=bare><li>D</ol><ol><li style='list-style-type: lower-roman'>E</ol>"
    ) == ["(a) A", "(b) B", "(I) C", "D", "(i) E"]


def test_label_in_a_style_of_its_own_is_set_apart() -> None:
    """LibreOffice writes the numbers of lists as text, without a blank."""
    assert lines(
        "<style>li { list-style: none }</style><ol><li><p><span>1.</span>Requests:</p>"
        "<ol><li><p><span>(a)</span>To report</p></ol></ol>"
    ) == ["1. Requests:", "(a) To report"]


def test_letter_in_a_numbered_list_keeps_its_number() -> None:
    assert lines("<ol start=4><li>(a) Requests<li>5. Decides</ol>") == ["4. (a) Requests", "5. Decides"]


def test_label_in_a_cell_of_its_own() -> None:
    assert lines("<table><tr><td><p>1.</p></td><td><p>Requests</p></td></tr><tr><td>In favour:</td><td>Chad</td></tr>"
                 "</table>") == ["1. Requests", "In favour: Chad"]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        "<html><p>Réaffirmant l’œuvre".encode(),
        "<html><p>Réaffirmant l’œuvre".encode("utf-8-sig"),
        "<html><p>Réaffirmant l’œuvre".encode("utf-16"),
        "<html><p>Réaffirmant l’œuvre".encode("cp1252"),
        "<html><meta charset=windows-1252><p>Réaffirmant l’œuvre".encode("cp1252"),
        "<html><meta charset=iso-8859-1><p>Réaffirmant l’œuvre".encode("cp1252"),
        "<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><p>Réaffirmant "
        "l&#8217;&oelig;uvre</p></html>".encode(),
        "<html><meta charset=no-such><p>Réaffirmant l&rsquo;œuvre".encode(),
    ],
)
def test_character_sets(data: bytes) -> None:
    assert content_of(data).text == "Réaffirmant l’œuvre"


@pytest.mark.parametrize(
    ("start", "is_html"),
    [
        (b"<!DOCTYPE html>", True),
        (b"  \n<!-- saved from --><p>x", True),
        ("<html>".encode("utf-16"), True),
        (b"<?xml version='1.0'?><html>", True),
        (b"The Council,", False),
        (b"<unclear> words", False),
    ],
)
def test_content_decides(start: bytes, is_html: bool) -> None:
    found = next((known.name for known in FORMATS if known.is_it(start)), "text")
    assert (found == "HTML") is is_html


@pytest.mark.parametrize(("depth", "readable"), [(1_000, True), (2_500, False)])
def test_what_is_nested_too_deeply_is_not_half_read(depth: int, readable: bool) -> None:
    page = f"<html><p>1. Requests</p>{'<div>' * depth}<p>2. Invites</p>{'</div>' * depth}<p>3. Urges</p>".encode()
    if readable:
        assert content_of(page).text.split("\n\n") == ["1. Requests", "2. Invites", "3. Urges"]
    else:
        with pytest.raises(UnreadableDocument, match="nested too deeply"):
            content_of(page)
