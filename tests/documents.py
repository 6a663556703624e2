"""Documents made for the tests: the example resolution as Word, HTML and PDF, and what breaks readers."""

from __future__ import annotations

import html
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from tracker.extraction.pipeline import extract
from tracker.reading.files import read

NOTE = "A/CONF.157/24 (Part I), chap. III."
_NUMBERED = re.compile(r"(\d{1,2})\. (.*)", re.DOTALL)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def paragraphs_of(example: Path) -> list[str]:
    """The paragraphs of the example, from its symbol to its vote, each whole."""
    text = extract(read(example))[0].resolution.text
    return ["Résolution adoptée par le Conseil des droits de l’homme", "28/2", *text.split("\n")]


def numbering(*levels: tuple[str, str], number: int = 7, overrides: str = "") -> str:
    """The XML of one list: for each level the form of its numbers and the text around them."""
    rows = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return (
        f'<w:numbering xmlns:w="{_W}"><w:abstractNum w:abstractNumId="{number}">{rows}</w:abstractNum>'
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>{overrides}</w:numbering>'
    )


def numbered(text: str, level: int = 0, number: int = 7) -> str:
    """A paragraph that Word numbers."""
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr></w:pPr>{run(text)}</w:p>'
    )


def run(text: str) -> str:
    """A run of plain text."""
    return f'<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def plain(text: str) -> str:
    """A paragraph without number."""
    return f"<w:p>{run(text)}</w:p>"


def word(body: str, lists: str = "", styles: str = "") -> bytes:
    """A Word file with this XML as its body."""
    import docx
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    from docx.oxml.parser import parse_xml

    document = docx.Document()
    xml = f'<w:document xmlns:w="{_W}" {SPACES}><w:body>{body}</w:body></w:document>'
    if lists:
        part: Any = document.part.numbering_part
        part._element = parse_xml(lists)
    if styles:
        for style in parse_xml(f'<w:styles xmlns:w="{_W}">{styles}</w:styles>'):
            document.styles.element.append(style)
    notes = (
        f'<w:footnotes xmlns:w="{_W}"><w:footnote w:id="1"><w:p><w:r><w:footnoteRef/></w:r>{run(NOTE)}</w:p>'
        "</w:footnote></w:footnotes>"
    )
    type_ = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    package = document.part.package
    assert package is not None
    document.part.relate_to(
        Part(PackURI("/word/footnotes.xml"), type_, notes.encode(), package), RELATIONSHIP_TYPE.FOOTNOTES
    )
    document.part._element = parse_xml(xml)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


SPACES = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
FOOTNOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="1"/></w:r>'


def word_of(example: Path) -> bytes:
    """The example with automatic numbers and a real footnote in three of its paragraphs."""
    body = []
    for at, text in enumerate(paragraphs_of(example)):
        found = _NUMBERED.fullmatch(text)
        one = numbered(found[2]) if found else plain(text)
        if at in {4, 5, 6}:
            one = one.replace("</w:p>", f"{FOOTNOTE}</w:p>")
        body.append(one)
    return word("".join(body), numbering(("decimal", "%1."), ("lowerLetter", "(%2)")))


def html_of(example: Path) -> bytes:
    """The example as a page: its numbers are those of an ordered list, its notes stand below with marks above."""
    rows, items = [], []
    for at, text in enumerate(paragraphs_of(example)):
        found = _NUMBERED.fullmatch(text)
        if found:
            items.append(f"<li><p><i>{html.escape(found[2])}</i></p>")
            continue
        if items:
            rows.append(f"<ol>{''.join(items)}</ol>")
            items = []
        mark = f'<sup><a href="#fn{at}">{at - 3}</a></sup>' if at in {4, 5, 6} else ""
        rows.append(f"<p>{html.escape(text)}{mark}</p>")
    notes = "".join(f'<li id="fn{at}">{NOTE}</li>' for at in (4, 5, 6))
    page = (
        '<!DOCTYPE html><html><head><meta charset="iso-8859-15"><title>Documents</title><style>p{margin:0}</style>'
        '<script>document.write("1. Prie")</script></head><body><nav><a href="/">Accueil</a></nav>'
        f'{"".join(rows)}<ol class="footnotes">{notes}</ol></body></html>'
    )
    return page.encode("iso-8859-15", "xmlcharrefreplace")


def pdf_of(example: Path) -> bytes:
    """The example on paper, with running heads, page numbers and footnotes, by typst."""
    import typst

    rows = []
    for at, text in enumerate(paragraphs_of(example)):
        quoted = re.sub(r"([#*_$<>@`\[\]\\~/.=+-])", r"\\\1", text)
        rows.append(quoted + ("#footnote[A/CONF.157/24 (Part I), chap. III.]" if at in {4, 5, 6} else ""))
    page = '#set page(paper: "a4", header: [A/HRC/RES/28/2], numbering: "1/1")\n#set text(size: 10pt)\n\n'
    return bytes(typst.compile((page + "\n\n".join(rows)).encode()))


def simple_pdf(*, text: str = "", objects: str = "") -> bytes:
    """A PDF of one page, written by hand; without text it is a scan as far as readers can tell."""
    stream = f"BT /F1 12 Tf 72 700 Td ({text}) Tj ET" if text else "0 0 100 100 re f"
    return (
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        "/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
        f"4 0 obj<</Length {len(stream)}>>stream\n{stream}\nendstream endobj\n{objects}trailer<</Root 1 0 R>>\n"
    ).encode()


def zipped(**members: bytes) -> bytes:
    """A ZIP file; `__` in a name stands for a slash, `_` for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()
