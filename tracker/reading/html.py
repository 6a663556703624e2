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
from tracker.reading.html_styles import Styles

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
_NOTES = re.compile(
    r"(?:^|\s)(?:footnotes?|endnotes?|fn-list|references|reflist|Mso(?:Foot|End)noteText|sd(?:foot|end)note(?:-\w+)?)"
    r"(?:\s|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"#?(?:_?(?:ftn|edn|fn|footnote|endnote)[-_:]?\d{1,3}|sd(?:foot|end)note\d{1,3}(?:sym)?|cite_note-[^\s#]{1,100})",
    re.IGNORECASE,
)
"""The name of a footnote, and the link to it from its mark in the text."""
_BACK = re.compile(
    r"#(?:body_ftn|_?ftnref|_?ednref|fnref|footnote-?ref|sd(?:foot|end)note\d{1,3}anc|cite_ref)\S{0,100}", re.IGNORECASE
)
"""The link from a footnote to its mark."""
_MARK = re.compile(r"(?:^|\s)(?:Mso(?:Foot|End)noteReference|sd(?:foot|end)noteanc)(?:\s|$)")
_WORD_MARK = re.compile(r"mso-special-character:\s?footnote")
_WORD_NOTES = re.compile(r"mso-element:\s?(?:foot|end)note")
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
    walk = _Walk(Styles(root))
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

    def __init__(self, styles: Styles) -> None:
        self.text = Blocks()
        self._styles = styles
        self._counts: list[tuple[int, int, str] | None] = []
        self._label: str | None = None
        self._pre = 0

    def over(self, root: Any) -> None:
        """Every element once on the way in and once on the way out."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, element in steps:
            name = element.tag if isinstance(element.tag, str) else ""
            if event == "start":
                note = _notes_in(element)
                if note or self._skips(name, element):
                    self.text.footnotes += note
                    if name in {"s", "strike"} or self._styles.strikes(element):
                        self.text.strike("".join(element.itertext()))
                    steps.skip_subtree()
                elif _is_raised(name, element):
                    self.text.raised("".join(element.itertext()))
                    steps.skip_subtree()
                else:
                    self._enter(name, element)
            else:
                if not (_notes_in(element) or self._skips(name, element) or _is_raised(name, element)):
                    self._leave(name)
                self._say(element.tail)

    def _skips(self, name: str, element: Any) -> bool:
        """Whether an element is no text: not displayed, struck out, head or foot of pages as LibreOffice has them."""
        page = name == "div" and element.get("title") in {"header", "footer"}
        return page or name in _DROPPED or self._styles.hides(element)

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
            self._counts.append(_list(element, self._styles.list_form(element)) if name == "ol" else None)
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
        if (said := text.strip()) and self.text.empty:
            written = LABEL.match(said)
            if self._label and not (written and _is_figure(written[0]) == _is_figure(self._label)):
                self.text.say(f"{self._label} ")
            self._label = None
            if written and written.end() == len(said):
                text = f"{said} "  # set apart by its style, not by a blank
        self.text.say(text)

    def _next(self, item: Any) -> str | None:
        """The number of a list item as it is displayed; letters stand in brackets, as the UN writes them."""
        current = self._counts[-1] if self._counts else None
        if current is None:
            return None
        at, step, form = current
        at = _integer(item.get("value"), at)
        self._counts[-1] = (at + step, step, form)
        own = self._styles.list_form(item)
        form = item.get("type") or (form if own is None else own)
        if not form:
            return None
        return f"({written_as(at, _FORMS[form])})" if form in _FORMS else f"{at}."


def _is_figure(label: str) -> bool:
    return any(char.isdigit() for char in label)


def _is_raised(name: str, element: Any) -> bool:
    """Whether an element is set higher, or is the mark of a footnote as programs write it."""
    if name not in {"a", "span"}:
        return name == "sup"
    return bool(
        _MARK.search(element.get("class") or "")
        or _WORD_MARK.search(element.get("style") or "")
        or (name == "a" and _NOTE.fullmatch(element.get("href") or ""))
    )


def _notes_in(element: Any) -> int:
    """How many footnotes an element is: a list of them as HTML 5, Word and converters mark it, or one of them."""
    if element.tag not in {"div", "section", "aside", "ol", "ul", "li", "p"}:
        return 0
    attributes = element.attrib
    if (
        (attributes.get("role") or "").startswith(("doc-endnote", "doc-footnote"))
        or _NOTES.search(attributes.get("class") or "")
        or _WORD_NOTES.search(attributes.get("style") or "")
    ):
        return max(1, sum(1 for inner in element.iter("li", "div", "p") if _NOTE.fullmatch(inner.get("id") or "")))
    return int(bool(_NOTE.fullmatch(attributes.get("id") or "") or _leads_back(element)))


def _leads_back(element: Any) -> bool:
    """Whether a paragraph or list item begins with the link of a footnote to its mark."""
    if element.tag not in {"li", "p"}:
        return False
    while not (element.text or "").strip() and len(element):
        element = element[0]
        if element.tag == "a" and _BACK.fullmatch(element.get("href") or ""):
            return True
    return False


def _list(element: Any, said: str | None) -> tuple[int, int, str]:
    """Where a list starts, its step, and how its numbers are written."""
    step = -1 if element.get("reversed") is not None else 1
    first = sum(1 for item in element if item.tag == "li") if step < 0 else 1
    return _integer(element.get("start"), first), step, (element.get("type") or "1") if said is None else said


def _integer(text: str | None, default: int) -> int:
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,6}", text) else default
