"""HTML, by lxml: what a browser would show, a line for each block."""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree

from tracker.errors import UnreadableDocument
from tracker.reading.blocks import LABEL, Blocks
from tracker.reading.content import Content
from tracker.reading.docx_numbers import written_as

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "html", "legend", "li", "main", "menu", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "title", "tr", "ul",
})  # fmt: skip
_DROPPED = frozenset({
    "head", "script", "style", "noscript", "template", "svg", "math", "object", "embed", "applet", "iframe",
    "audio", "video", "canvas", "nav", "button", "select", "textarea", "input", "datalist", "map", "del", "s",
    "strike", "rp", "rt",
})  # fmt: skip
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding=["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_NOTES = re.compile(r"(?:^|\s)(?:footnotes?|endnotes?|fn-list)(?:\s|$)", re.IGNORECASE)
_NOTE = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote)[-_:]?\d{1,3}", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


def content_of(data: bytes) -> Content:
    """The text of the HTML in `data`. Raises UnreadableDocument when it holds no HTML."""
    text = _decoded(data).replace("\0", "")
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser)
    except etree.LxmlError as mistake:
        raise UnreadableDocument(f"damaged HTML ({type(mistake).__name__})") from None
    # The parser stops there and keeps what it has: what stands behind would be missing without a word.
    if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):
        raise UnreadableDocument("nested too deeply, or too large, for a web page; reading was stopped")
    if root is None:
        raise UnreadableDocument("the HTML holds no text")
    walk = _Walk()
    walk.over(root)
    return walk.text.content()


def _decoded(data: bytes) -> str:
    """By the byte order mark, else by what the file says of itself, else UTF-8, else cp1252 as browsers do."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").lstrip("\ufeff")
    said = _CHARSET.search(data[:4096])
    named = (said[1] or said[2]).decode("ascii", "replace").lower() if said else ""
    # Browsers read these names as cp1252; UTF-16 cannot be what a readable declaration says.
    named = "cp1252" if named in {"iso-8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"} else named
    for encoding in (named, "utf-8"):
        try:
            if encoding and not encoding.startswith(("utf-16", "utf16", "utf-32", "utf-7")):
                return data.decode(codecs.lookup(encoding).name)
        except (LookupError, UnicodeError, TypeError):
            continue
    return data.decode("cp1252", "replace")


class _Walk:
    """The walk over the tree, without recursion: hostile files nest as deep as they like."""

    def __init__(self) -> None:
        self.text = Blocks()
        self._counts: list[tuple[int, int, str] | None] = []
        self._label: str | None = None
        self._pre = 0

    def over(self, root: Any) -> None:
        """Every element once on the way in and once on the way out."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                note = self._is_note(element)
                if note or name in _DROPPED or self._hidden(element):
                    self.text.footnotes += note
                    steps.skip_subtree()
                elif name == "sup":
                    self._raised(element)
                    steps.skip_subtree()
                else:
                    self._enter(name, element)
            else:
                skipped = self._is_note(element) or name in _DROPPED or name == "sup" or self._hidden(element)
                if not skipped:
                    self._leave(name)
                self._say(element.tail)

    def _enter(self, name: str, element: Any) -> None:
        if name in _BLOCKS:
            self.text.end()
        if name == "br":
            self.text.say("\n")
        elif name in {"td", "th"}:
            self.text.say(" ")
        elif name == "pre":
            self._pre += 1
        elif name in {"ol", "ul", "menu"}:
            self._counts.append(_list(element) if name == "ol" else None)
        elif name == "li":
            self._label = self._next(element)
        self._say(element.text)

    def _leave(self, name: str) -> None:
        if name in _BLOCKS:
            self.text.end()
        if name == "pre":
            self._pre -= 1
        elif name in {"ol", "ul", "menu"} and self._counts:
            self._counts.pop()
        elif name == "li":
            self._label = None

    def _say(self, text: str | None) -> None:
        if not text:
            return
        text = text if self._pre else _SPACES.sub(" ", text)
        if self._label and text.strip():
            written = LABEL.match(text.strip())
            self.text.say("" if written else f"{self._label} ")
            self._label = None
        self.text.say(text)

    def _raised(self, element: Any) -> None:
        self.text.raised("".join(element.itertext()))

    def _next(self, item: Any) -> str | None:
        """The number of a list item as it is displayed; letters stand in brackets, as the UN writes them."""
        current = self._counts[-1] if self._counts else None
        if current is None:
            return None
        at, step, form = current
        at = _integer(item.get("value"), at)
        self._counts[-1] = (at + step, step, form)
        form = item.get("type") or form
        return f"({written_as(at, _FORMS[form])})" if form in _FORMS else f"{at}."

    @staticmethod
    def _hidden(element: Any) -> bool:
        return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))

    @staticmethod
    def _is_note(element: Any) -> int:
        """How many footnotes an element is: a list of them as HTML 5, Word and converters mark it, or one of them."""
        if element.tag not in {"div", "section", "aside", "ol", "ul", "li", "p"}:
            return 0
        attributes = element.attrib
        if (
            (attributes.get("role") or "").startswith(("doc-endnote", "doc-footnote"))
            or _NOTES.search(attributes.get("class") or "")
            or "mso-element:footnote-list" in (attributes.get("style") or "").replace(" ", "")
        ):
            return max(1, sum(1 for inner in element.iter("li", "div", "p") if _NOTE.fullmatch(inner.get("id") or "")))
        return int(bool(_NOTE.fullmatch(attributes.get("id") or "")))


def _list(element: Any) -> tuple[int, int, str]:
    """Where a list starts, its step, and how its numbers are written."""
    step = -1 if element.get("reversed") is not None else 1
    first = sum(1 for item in element if item.tag == "li") if step < 0 else 1
    return _integer(element.get("start"), first), step, element.get("type") or "1"


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
