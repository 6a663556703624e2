"""Word (DOCX): our own walk over the XML, because numbers, footnotes, text boxes and changes are not in any `.text`.

What a reader of the paper would see with all changes accepted: automatic numbers, inserted and moved-to text, results
of fields; not footnotes (counted), deleted, hidden or struck-out text (told).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from typing import Any

from lxml import etree

from tracker.errors import UnreadableDocument
from tracker.reading.blocks import LABEL, Blocks
from tracker.reading.content import Content
from tracker.reading.docx_numbers import Element, Numbering, child, local, value

MOST_UNPACKED = 100 * 1024 * 1024
"""Bytes that the parts which are read may have together once unpacked."""
_OFF = {"0", "false", "off", "none"}


def content_of(data: bytes) -> Content:
    """The text of the Word file in `data`.

    Raises UnreadableDocument: damaged, encrypted, no Word document in it, or too large once unpacked.
    """
    try:
        package = _Package(data)
        main = package.main()
        walk = _Walk(Numbering(package.related(main, "numbering"), package.related(main, "styles")))
        root = package.xml(main)
        body = child(root, "body")
        if body is None:
            raise UnreadableDocument("the Word file holds no document")
        header = _first_header(package, main, body)
        if header is not None:
            walk.blocks_of(header)
        walk.blocks_of(body)
        return walk.content()
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, EOFError, NotImplementedError) as mistake:
        raise UnreadableDocument(f"the Word file is damaged ({type(mistake).__name__})") from None
    except RuntimeError as mistake:  # zipfile: a member needs a password
        reason = "encrypted; save a copy without password" if "password" in str(mistake) else "damaged"
        raise UnreadableDocument(f"the Word file is {reason}") from None


_OTHERS = {
    "xl/workbook.xml": "a spreadsheet (XLSX), not a Word file; save it as PDF",
    "ppt/presentation.xml": "slides (PPTX), not a Word file; save them as PDF",
    "META-INF/container.xml": "a book (EPUB), not a Word file; convert it to DOCX or HTML",
    "Index/Document.iwa": "a Pages file, not a Word file; export it as DOCX or PDF",
}
"""Parts by which other ZIP files are known."""


class _Package:
    """The parts of the file; what is unpacked is counted while it is unpacked, whatever the directory says."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self._left = MOST_UNPACKED
        self._names = set(self._zip.namelist())

    def xml(self, name: str) -> Element:
        """One part as XML. Raises UnreadableDocument when it is too large or declares entities."""
        pieces = []
        with self._zip.open(name) as part:
            while piece := part.read(65536):
                self._left -= len(piece)
                if self._left < 0:
                    most = MOST_UNPACKED // 1024 // 1024
                    raise UnreadableDocument(f"more than {most} MB once unpacked, which no resolution has")
                pieces.append(piece)
        # No entities, no network, no DTD; depth and size of text nodes stay limited (no huge_tree).
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_pis=True)
        root = etree.fromstring(b"".join(pieces), parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise UnreadableDocument("the Word file declares entities, which Word never does; it is not read")
        return root

    def main(self) -> str:
        """The name of the part with the text."""
        for target in self._targets("_rels/.rels", "", "officeDocument"):
            if target in self._names:
                return target
        if "word/document.xml" in self._names:
            return "word/document.xml"
        raise UnreadableDocument(
            next(
                (kind for name, kind in _OTHERS.items() if name in self._names),
                "a ZIP file without a Word document in it",
            )
        )

    def related(self, part: str, kind: str, number: str | None = None) -> Element | None:
        """The part that `part` refers to as its `kind` (`styles`), or by its reference; None if absent."""
        folder, _, name = part.rpartition("/")
        targets = self._targets(f"{folder}/_rels/{name}.rels", folder, kind, number)
        return next((self.xml(target) for target in targets if target in self._names), None)

    def _targets(self, rels: str, folder: str, kind: str, number: str | None = None) -> list[str]:
        if rels not in self._names:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, row.get("Target", ""))).lstrip("/")
            for row in self.xml(rels)
            if isinstance(row.tag, str)
            and row.get("TargetMode") != "External"
            and row.get("Type", "").endswith(f"/{kind}")
            and (number is None or row.get("Id") == number)
        ]


def _first_header(package: _Package, main: str, body: Element) -> Element | None:
    """The head of the first page, where the UN prints the symbol."""
    section = next((element for element in body.iter() if local(element) == "sectPr"), None)
    if section is None:
        return None
    wanted = "first" if _is_on(child(section, "titlePg")) else "default"
    for row in section:
        if local(row) == "headerReference" and value(row, "type") == wanted:
            return package.related(main, "header", value(row, "id"))
    return None


def _is_on(element: Element | None) -> bool:
    return element is not None and value(element) not in _OFF


_DROPPED = frozenset({
    "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "sdtPr", "sdtEndPr", "instrText",
    "delText", "delInstrText", "rt", "annotationRef", "footnoteRef", "endnoteRef", "binData",
})  # fmt: skip
_SAID = {"tab": " ", "ptab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}


class _Walk:
    """The walk over a body, header or text box, in the order of the print."""

    def __init__(self, numbering: Numbering) -> None:
        self.text = Blocks()
        self._numbering = numbering
        self._boxes: list[Element] = []

    def content(self) -> Content:
        """All that was read, with the text boxes that still wait."""
        self.text.end()
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.blocks_of(box)
        return self.text.content()

    def blocks_of(self, parent: Element) -> None:
        """Paragraphs, tables and what wraps them (content controls, inserted blocks)."""
        for element in parent:
            name = local(element)
            if name == "p":
                self._paragraph(element)
            elif name == "tr" and _is_on(child(element, "trPr", "del")):
                continue
            elif name == "AlternateContent":
                self.blocks_of(_chosen(element))
            elif name not in _DROPPED and len(element):
                self.blocks_of(element)

    def _paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        mark = child(properties, "rPr")
        merged = child(mark, "del") is not None or child(mark, "moveFrom") is not None
        inner = Blocks()
        before, self.text = self.text, inner
        self._inline(paragraph)
        self.text = before
        words = inner.unfinished  # with the blanks at its ends, which count where paragraphs are merged
        before.count_in(inner)
        # With its mark deleted, a paragraph runs on into the next one, whose number counts. One that lost all its words
        # is gone for its readers: converters keep the mark of a paragraph that was deleted whole.
        gone = merged or (inner.empty and _lost_words(paragraph))
        label = "" if gone else self._numbering.label(properties)
        if label and not inner.empty:
            words = words.lstrip()
            if not (LABEL.match(words) and words.startswith(label)):
                before.say(f"{label} ")
        before.say(words)
        if not merged:
            before.end()
            self._read_boxes()

    def _read_boxes(self) -> None:
        """Text boxes, behind the paragraph that holds them and never between a label and its words."""
        while self._boxes and not self.text.waits:
            boxes, self._boxes = self._boxes, []
            for box in boxes:
                self.blocks_of(box)

    def _inline(self, parent: Element) -> None:
        for element in parent:
            name = local(element)
            if name == "r":
                self._run(element)
            elif name == "AlternateContent":
                self._inline(_chosen(element))
            elif name == "txbxContent":
                self._boxes.append(element)
            elif name == "t":
                self.text.say(element.text or "")
            elif name not in _DROPPED:
                self._inline(element)

    def _run(self, run: Element) -> None:
        properties = child(run, "rPr")
        if _is_on(child(properties, "vanish")) or child(properties, "del") is not None:
            return
        if _is_on(child(properties, "strike")) or _is_on(child(properties, "dstrike")):
            self.text.strike("".join(element.text or "" for element in run if local(element) == "t"))
            return
        raised = value(child(properties, "vertAlign")) == "superscript"
        for element in run:
            name = local(element)
            if name in {"footnoteReference", "endnoteReference"}:
                self.text.footnotes += 1
                if value(element, "customMarkFollows") not in {None, *_OFF}:
                    return
            elif name == "t":
                (self.text.raised if raised else self.text.say)(element.text or "")
            elif name in _SAID:
                self.text.say(" " if value(element, "type") in {"page", "column"} else _SAID[name])
            elif name == "AlternateContent":
                self._inline(_chosen(element))
            elif name not in _DROPPED:
                self._inline(element)


def _lost_words(paragraph: Element) -> bool:
    """Whether there are deleted words in a paragraph."""
    return any(local(element) in {"del", "moveFrom"} and len(element) for element in paragraph)


def _chosen(alternate: Element) -> Any:
    """The first choice that holds anything; programs that do not know it show the fallback instead."""
    for element in alternate:
        if local(element) == "Choice" and len(element):
            return element
    return next((element for element in alternate if local(element) == "Fallback"), ())
