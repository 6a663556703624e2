"""Which reader a file needs, decided by its first bytes and never by its name.

A new format is one module with `content_of(data) -> Content` and one row in FORMATS; it runs in a process of its own.
Plain text needs none.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from importlib.util import find_spec
from typing import NamedTuple

from tracker.errors import Unavailable, UnreadableDocument
from tracker.reading.content import Content
from tracker.reading.decoding import decode


class Format(NamedTuple):
    """One input format: how its files begin, its module in `tracker.reading`, the library and extra that it needs.

    `convert` is the ending of a file that LibreOffice turns into the format of `module` first.
    """

    name: str
    is_it: Callable[[bytes], bool]
    module: str
    library: str
    extra: str
    convert: str | None = None


_TAG = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*+(?:<!--.{0,2000}?-->\s*+|<\?xml[^>]{0,200}>\s*+)*+"
    rb"<(?:!doctype\s+html|(?:html|head|body|meta|title|div|article|main|section|table|p|h[1-6]|span|font)[\s>])",
    re.IGNORECASE | re.DOTALL,
)


def _is_html(start: bytes) -> bool:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = start[: len(start) // 2 * 2].decode("utf-16", "ignore").encode("utf-8", "ignore")
    return _TAG.match(start) is not None


def _is_docx(start: bytes) -> bool:
    return start.startswith(b"PK\x03\x04")


def _is_odt(start: bytes) -> bool:
    return _is_docx(start) and b"mimetypeapplication/vnd.oasis.opendocument.text" in start[:200]


def _is_doc(start: bytes) -> bool:
    return start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def _is_rtf(start: bytes) -> bool:
    return start.startswith(b"{\\rtf")


def _is_flat_odt(start: bytes) -> bool:
    return b"<office:document" in start and b"opendocument.text" in start


_LATER_PDF = re.compile(rb"(?:^|[\r\n])%PDF-\d\.\d")


def _is_pdf(start: bytes) -> bool:
    """Also with what mail programs and printers put before it; a text may speak of `%PDF-1.7`."""
    if start[:16].lstrip(b"\xef\xbb\xbf\r\n\t ").startswith(b"%PDF-"):
        return True
    return _LATER_PDF.search(start[:1024]) is not None and b" obj" in start


FORMATS = (
    Format("OpenDocument", _is_odt, "docx", "lxml", "docx", convert=".odt"),
    Format("Word (DOCX)", _is_docx, "docx", "lxml", "docx"),
    Format("Word (DOC)", _is_doc, "docx", "lxml", "docx", convert=".doc"),
    Format("RTF", _is_rtf, "docx", "lxml", "docx", convert=".rtf"),
    Format("OpenDocument (flat)", _is_flat_odt, "docx", "lxml", "docx", convert=".fodt"),
    Format("HTML", _is_html, "html", "lxml", "html"),
    Format("PDF", _is_pdf, "pdf", "pypdfium2", "pdf"),
)


_MAIL = re.compile(rb"\A(?:[A-Za-z-]{2,40}: [^\r\n]{0,500}(?:\r?\n[ \t][^\r\n]{0,500}){0,20}\r?\n){2,60}+\r?\n")
_PARTS = re.compile(rb"\nContent-Type: multipart/(\w{1,20})", re.IGNORECASE)
_OCR = "run OCR on it, for example ocrmypdf, and read the PDF that comes out"
_OTHERS = (
    (b"\x89PNG\r\n", f"a picture (PNG), no text; {_OCR}"),
    (b"\xff\xd8\xff", f"a picture (JPEG), no text; {_OCR}"),
    (b"II*\0", f"a picture (TIFF), no text; {_OCR}"),
    (b"MM\0*", f"a picture (TIFF), no text; {_OCR}"),
    (b"GIF8", f"a picture (GIF), no text; {_OCR}"),
    (b"\xffWPC", "a WordPerfect file; open it in LibreOffice and save it as DOCX"),
    (b"\x1f\x8b", "a compressed file (gzip); unpack it and read what is in it"),
    (b"Rar!", "a compressed file (RAR); unpack it and read what is in it"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip); unpack it and read what is in it"),
)
"""How other files begin that people have, and what to do with them."""


def _require_readable(start: bytes, name: str) -> None:
    """Raises UnreadableDocument for a file of a kind that is known and not read."""
    for begin, advice in _OTHERS:
        if start.startswith(begin):
            raise UnreadableDocument(f"{name}: {advice}")
    if b"MIME-Version:" in start and _MAIL.match(start) and (parts := _PARTS.search(start)):
        if parts[1].lower() == b"related":
            raise UnreadableDocument(f"{name}: a web archive (MHTML); open it in a browser, save it as HTML or PDF")
        raise UnreadableDocument(f"{name}: a mail of several parts; save the file that came with it and read that")


def is_known_format(start: bytes) -> bool:
    """Whether a file that begins so is a PDF, a Word file or a web page; plain text has no such sign."""
    return any(known.is_it(start) for known in FORMATS)


def content_of(data: bytes, name: str) -> tuple[Content, str]:
    """The text in `data` and its encoding (`utf-8`, `cp1252` ..., or the format: `pdf`).

    Raises UnreadableDocument when it is binary, damaged, encrypted or breaks a limit, and Unavailable for a format
    whose library or converter is not installed.
    """
    start = data[:4096]
    for known in FORMATS:
        if known.is_it(start):
            return _read(known, data, name), known.module
    _require_readable(start, name)
    text, encoding = decode(data, name)
    return Content(text), encoding


def _read(wanted: Format, data: bytes, name: str) -> Content:
    if find_spec(wanted.library) is None:
        command = f"pip install 'mandate-tracker[{wanted.extra}]'"
        raise Unavailable(f"{name}: {wanted.name} files need a library that is not installed; run {command}")
    from tracker.reading.sandbox import read_apart  # only such files need a process

    if wanted.convert:
        from tracker.reading.doc import converted

        data = converted(data, name, wanted.convert)
    return read_apart(wanted.module, data, name)
