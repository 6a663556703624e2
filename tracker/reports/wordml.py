"""WordprocessingML: runs, paragraphs, tables, pictures and notes as strings of XML, with all text escaped.

Written by hand, because python-docx knows no footnotes and takes ten times as long for tables of this size.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from tracker.core.report import Cell, Column, Table, Tone, direction_of
from tracker.reports.plain import marked, plain, scripts, web_link

LOCALES = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES", "ru": "ru-RU", "ar": "ar-SA", "zh": "zh-CN"}
_COLOURS = {Tone.BAD: "A11B14", Tone.WARNING: "8A4B00", Tone.GOOD: "22662F"}
_NARROW = 5200
"""Width of a table of two columns, in twentieths of a point."""
_SPLIT = 1_200
"""A cell of more characters may go on on the next page."""
_EMU = 9525
"""English metric units of a CSS pixel."""


def attribute(text: str) -> str:
    """`text` inside an attribute."""
    return escape(plain(text).replace("\n", " "), {'"': "&quot;"})


class Writer:
    """Writes the XML of one document and collects what it refers to: links and notes."""

    def __init__(self, language: str) -> None:
        self._language = language
        self.links: dict[str, str] = {}
        self.notes: list[str] = []

    def run(self, text: str, *, language: str | None = None, bold: bool = False, tone: Tone = Tone.PLAIN) -> str:
        """A run of text; where it is right to left, each stretch in Latin letters is a run of its own."""
        language = language or self._language
        if direction_of(language) == "rtl":
            pieces = scripts(marked(text, "rtl"))
            if len(pieces) > 1:
                return "".join(self._run(piece, "en" if latin else language, bold, tone) for piece, latin in pieces)
        return self._run(plain(text), language, bold, tone)

    def _run(self, shown: str, language: str, bold: bool, tone: Tone) -> str:
        looks = ["<w:b/><w:bCs/>"] if bold else []
        if tone in _COLOURS:
            looks = ["<w:b/><w:bCs/>", f'<w:color w:val="{_COLOURS[tone]}"/>']
        locale = LOCALES.get(language, language)
        if direction_of(language) == "rtl":
            looks += ["<w:rtl/>", f'<w:lang w:bidi="{locale}"/>']
        elif language != self._language:
            kind = "w:eastAsia" if language == "zh" else "w:val"
            looks.append(f'<w:lang {kind}="{locale}"/>')
        properties = f"<w:rPr>{''.join(looks)}</w:rPr>" if looks else ""
        return f'<w:r>{properties}<w:t xml:space="preserve">{escape(shown)}</w:t></w:r>'

    def link(self, text: str, target: str, language: str | None = None) -> str:
        """A link, with a footnote that spells it out where the target is mentioned for the first time."""
        known = target in self.links
        relation = self.links.setdefault(target, f"rIdLink{len(self.links) + 1}")
        runs = self.run(text, language=language)
        plainly = runs.replace("<w:r><w:t", "<w:r><w:rPr></w:rPr><w:t")
        styled = plainly.replace("<w:r><w:rPr>", '<w:r><w:rPr><w:rStyle w:val="Hyperlink"/>')
        found = f'<w:hyperlink r:id="{relation}">{styled}</w:hyperlink>'
        if not known:
            self.notes.append(target)
            found += (
                '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteReference w:id="{len(self.notes) + 1}"/></w:r>'
            )
        return found

    def paragraph(self, content: str, style: str = "", *, language: str | None = None, extra: str = "") -> str:
        """A paragraph of runs; its direction is that of its language."""
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        bidi = "<w:bidi/>" if direction_of(language or self._language) == "rtl" else ""
        return f"<w:p><w:pPr>{named}{bidi}{extra}</w:pPr>{content}</w:p>"

    def table(self, table: Table, width: int, caption: str) -> str:
        """A table with a header row that every page repeats."""
        if len(table.columns) < 3:
            width = min(width, _NARROW)
        widths = _widths(table.columns, width)
        bidi = "<w:bidiVisual/>" if direction_of(self._language) == "rtl" else ""
        grid = "".join(f'<w:gridCol w:w="{one}"/>' for one in widths)
        head = "".join(
            _cell(self.paragraph(self.run(column.title), "HeadCell", extra=_jc(column)), one)
            for column, one in zip(table.columns, widths, strict=True)
        )
        rows = [
            f"<w:tr>{_whole(row)}"
            + "".join(
                _cell(self._lines(cell, column, bold=table.total and row is table.rows[-1]), one)
                for cell, column, one in zip(row, table.columns, widths, strict=True)
            )
            + "</w:tr>"
            for row in table.rows
        ]
        last = int(table.total)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/>{bidi}<w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            '<w:tblLayout w:type="fixed"/>'
            f'<w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="{last}" w:firstColumn="0" w:lastColumn="0" '
            f'w:noHBand="0" w:noVBand="1"/><w:tblCaption w:val="{attribute(caption)}"/></w:tblPr>'
            f"<w:tblGrid>{grid}</w:tblGrid>"
            f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>{''.join(rows)}</w:tbl>"
        )

    def _lines(self, cell: Cell, column: Column, *, bold: bool) -> str:
        found = []
        for line, link in cell.lines:
            target = web_link(link)
            run = (
                self.link(line, target, cell.language)
                if target
                else self.run(line, language=cell.language, bold=bold, tone=cell.tone)
            )
            found.append(self.paragraph(run, "Cell", language=cell.language, extra=_jc(column)))
        return "".join(found) or self.paragraph("", "Cell")

    def picture(self, number: int, size: tuple[int, int], alternative: str) -> str:
        """A drawing as SVG, with a bitmap for programs that show none; `size` in CSS pixels."""
        width, height = (round(side * _EMU * 0.9) for side in size)
        said = attribute(alternative)
        drawing = (
            f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{width}" cy="{height}"/>'
            f'<wp:docPr id="{number}" name="chart{number}" descr="{said}"/>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="chart{number}" descr="{said}"/><pic:cNvPicPr/>'
            f'</pic:nvPicPr><pic:blipFill><a:blip r:embed="rIdPng{number}"><a:extLst>'
            '<a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}">'
            f'<asvg:svgBlip r:embed="rIdSvg{number}"/></a:ext></a:extLst></a:blip>'
            '<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext cx="{width}" cy="{height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
            "</pic:pic></a:graphicData></a:graphic></wp:inline>"
        )
        return self.paragraph(f"<w:r><w:drawing>{drawing}</w:drawing></w:r>", extra="<w:keepNext/>")


def _whole(row: Sequence[Cell]) -> str:
    """Keeps a row on one page, unless it may be too long for one."""
    return "<w:trPr><w:cantSplit/></w:trPr>" if max((len(cell.text) for cell in row), default=0) < _SPLIT else ""


def _jc(column: Column) -> str:
    return '<w:jc w:val="right"/>' if column.number else ""


def _cell(content: str, width: int) -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{content}</w:tc>'


def _widths(columns: Sequence[Column], width: int) -> list[int]:
    weight = sum(column.weight for column in columns)
    return [width * column.weight // weight for column in columns]
