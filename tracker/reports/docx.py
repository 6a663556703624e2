"""DOCX: Word tables with repeated header rows, the matrix across the page, sources as footnotes."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from tracker.core.report import Bars, Report, Section, Table, Timeline, Words
from tracker.reports import pdf, svg
from tracker.reports.packing import pack
from tracker.reports.plain import plain
from tracker.reports.wordml import LOCALES, Writer, attribute

SUFFIXES = (".docx",)
TEXT = False

_PARTS = Path(__file__).resolve().parent.parent / "data" / "templates" / "word"
_SHORT, _LONG, _MARGIN = 11906, 16838, 1000
"""A4 and its margins in twentieths of a point."""
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{_OFFICE}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main"'
)
_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def render(report: Report) -> bytes:
    """The report as a Word document. Raises Unavailable without Typst, which turns the charts into bitmaps."""
    charts = [b for section in report.sections for b in section.blocks if isinstance(b, (Bars, Timeline))]
    drawings = [svg.draw(chart, report.direction) for chart in charts]
    bitmaps = _bitmaps(drawings)
    writer = Writer(report.language)
    body = _body(report, writer)
    parts = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _package_relations(),
        "docProps/core.xml": _core(report),
        "word/document.xml": f"{_HEAD}<w:document {_NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(writer, len(charts)),
        "word/styles.xml": _styles(report.language),
        "word/settings.xml": _settings(report.language),
        "word/footnotes.xml": _footnotes(writer),
        "word/footer1.xml": _footer(),
    }
    packed = {name: content.encode("utf-8", "backslashreplace") for name, content in parts.items()}
    for number, (drawing, bitmap) in enumerate(zip(drawings, bitmaps, strict=True), 1):
        packed[f"word/media/chart{number}.svg"] = drawing.encode("utf-8", "backslashreplace")
        packed[f"word/media/chart{number}.png"] = bitmap
    return pack(packed)


def _bitmaps(drawings: list[str]) -> list[bytes]:
    if not drawings:
        return []
    template = (
        b"#let data = json(bytes(sys.inputs.report))\n#set page(width: auto, height: auto, margin: 0pt)\n"
        b"#set text(font: json(bytes(sys.inputs.fonts)))\n"
        b'#for one in data.drawings { page(image(bytes(one), format: "svg")) }\n'
    )
    found = pdf.compile_with(template, {"drawings": drawings}, "png", ppi=200)
    return found if isinstance(found, list) else [found]


def _body(report: Report, writer: Writer) -> str:
    parts = [writer.paragraph(writer.run(report.title), "Title")]
    for name, value in report.facts:
        start = "w:start" if report.direction == "ltr" else "w:left"
        indent = f'<w:spacing w:after="20"/><w:ind {start}="0"/>'
        label = writer.run(report.paired(name, ""), bold=True)
        parts.append(writer.paragraph(label + writer.run(value), extra=indent))
    runs = [(wide, list(sections)) for wide, sections in groupby(report.sections, lambda section: section.wide)]
    number = 0
    for place, (wide, sections) in enumerate(runs):
        for section in sections:
            written, number = _section(section, writer, number, wide=wide)
            parts += written
        if place < len(runs) - 1:
            # What stands between two tables or after the last one must be small: else it takes a page of its own.
            if parts[-1] == _GAP:
                parts.pop()
            parts.append(f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{_page(report, wide=wide)}</w:pPr></w:p>')
    parts.append(_page(report, wide=runs[-1][0] if runs else False))
    return "".join(parts)


def _section(section: Section, writer: Writer, number: int, *, wide: bool) -> tuple[list[str], int]:
    """A section, and how many pictures there are by then."""
    width = (_LONG if wide else _SHORT) - 2 * _MARGIN
    parts = [writer.paragraph(writer.run(section.title), f"Heading{min(section.level, 2)}")]
    for block in section.blocks:
        if isinstance(block, Table):
            parts += [writer.table(block, width, section.title), _GAP]
        elif isinstance(block, Words):
            parts.append(writer.paragraph(writer.run(block.text)))
        else:
            number += 1
            said = f"{block.title}. {block.alternative}"
            parts.append(writer.picture(number, (svg.WIDTH, svg.height_of(block)), said))
            caption = writer.run(f"{block.title}. ", bold=True) + writer.run(block.alternative)
            parts.append(writer.paragraph(caption, "Caption"))
    return parts, number


def _page(report: Report, *, wide: bool) -> str:
    width, height = (_LONG, _SHORT) if wide else (_SHORT, _LONG)
    turned = ' w:orient="landscape"' if wide else ""
    bidi = "<w:bidi/>" if report.direction == "rtl" else ""
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rIdFooter"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"{turned}/>'
        f'<w:pgMar w:top="{_MARGIN}" w:right="{_MARGIN}" w:bottom="{_MARGIN}" w:left="{_MARGIN}" '
        f'w:header="500" w:footer="500" w:gutter="0"/>{bidi}</w:sectPr>'
    )


def _content_types() -> str:
    parts = {
        "document.xml": "document.main", "styles.xml": "styles", "settings.xml": "settings",
        "footnotes.xml": "footnotes", "footer1.xml": "footer",
    }  # fmt: skip
    overrides = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_TYPE}.{kind}+xml"/>' for name, kind in parts.items()
    )
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Default Extension="svg" ContentType="image/svg+xml"/>{overrides}'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def _package_relations() -> str:
    return (
        f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
        f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
        'Target="docProps/core.xml"/></Relationships>'
    )


def _relations(writer: Writer, charts: int) -> str:
    found = [
        f'<Relationship Id="rId{name.capitalize()}" Type="{_OFFICE}/{name}" Target="{target}"/>'
        for name, target in (
            ("styles", "styles.xml"), ("settings", "settings.xml"), ("footnotes", "footnotes.xml"),
            ("footer", "footer1.xml"),
        )
    ]  # fmt: skip
    for number in range(1, charts + 1):
        found += [
            f'<Relationship Id="rId{kind.capitalize()}{number}" Type="{_OFFICE}/image" '
            f'Target="media/chart{number}.{kind}"/>'
            for kind in ("png", "svg")
        ]
    found += [
        f'<Relationship Id="{name}" Type="{_OFFICE}/hyperlink" Target="{attribute(target)}" TargetMode="External"/>'
        for target, name in writer.links.items()
    ]
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(found)}</Relationships>'


def _core(report: Report) -> str:
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(plain(report.title))}</dc:title><dc:language>{LOCALES.get(report.language, 'en-GB')}"
        "</dc:language></cp:coreProperties>"
    )


def _styles(language: str) -> str:
    latin = LOCALES[language] if language in {"fr", "en", "es", "ru"} else "en-GB"
    return (_PARTS / "styles.xml").read_text(encoding="utf-8").replace("@LATIN@", latin)


def _settings(language: str) -> str:
    locale = LOCALES.get(language, "en-GB")
    return (
        f'{_HEAD}<w:settings {_NAMESPACES}><w:footnotePr><w:footnote w:id="0"/><w:footnote w:id="1"/></w:footnotePr>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w:themeFontLang w:val="{locale}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:settings>'
    )


def _footnotes(writer: Writer) -> str:
    notes = "".join(
        f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>'
        '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
        f'<w:r><w:t xml:space="preserve"> {escape(plain(target))}</w:t></w:r></w:p></w:footnote>'
        for number, target in enumerate(writer.notes, 2)
    )
    lines = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for number, kind in enumerate(("separator", "continuationSeparator"))
    )
    return f"{_HEAD}<w:footnotes {_NAMESPACES}>{lines}{notes}</w:footnotes>"


def _footer() -> str:
    def field(name: str) -> str:
        return (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            f'<w:r><w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        )

    return (
        f'{_HEAD}<w:ftr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{field("PAGE")}'
        f'<w:r><w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}</w:p></w:ftr>'
    )
