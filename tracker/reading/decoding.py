"""From the bytes of a plain text file to its characters."""

from __future__ import annotations

import codecs
import re

from tracker.errors import UnreadableDocument

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = bytes(set(range(32)) - set(b"\t\n\v\f\r\x1b") | {127})


def decode(data: bytes, name: str) -> tuple[str, str]:
    """The text of `data` and the encoding it was read with: UTF-8, UTF-16, UTF-32, else cp1252 or Mac Roman.

    Single damaged bytes of UTF-8 become U+FFFD. Raises UnreadableDocument for binary data and for bytes that no
    supported encoding explains.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            if encoding == "utf-8":
                return data[len(mark) :].decode(encoding, errors="replace"), encoding
            return _decoded(data, encoding, name), encoding
    wide = _without_mark(data)
    if wide is not None:
        return _decoded(data, wide, name), "utf-16"
    if _looks_binary(data):
        raise UnreadableDocument(f"{name}: a binary file, not text")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as mistake:
        return _damaged_or_western(data, mistake, name)


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as mistake:
        raise UnreadableDocument(f"{name}: damaged {encoding.upper()} text at byte {mistake.start}") from None


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: every second byte of Latin text is zero."""
    sample = data[:4000]
    if len(sample) < 4 or len(data) % 2:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * half and odd < 0.05 * half else None


def _looks_binary(data: bytes) -> bool:
    if b"\0" in data:
        return True
    sample = data[:65536]
    return len(sample) - len(sample.translate(None, _BINARY)) > len(sample) * 0.02


_MAC_LETTERS = re.compile(rb"[a-z][\x88-\x8a\x8d-\x91\x99\x9d-\x9f](?=[a-z ,])")
"""à, â, ç, é, è, ê, ë, ô, ù, û, ü in Mac Roman; in cp1252 signs that stand in no word."""
_WESTERN_LETTERS = re.compile(rb"[a-z][\xe0-\xfc](?=[a-z ,])")


def _damaged_or_western(data: bytes, mistake: UnicodeDecodeError, name: str) -> tuple[str, str]:
    """cp1252 has single accented letters among ASCII; much else above ASCII is another encoding or a damaged file."""
    text = data.decode("utf-8", errors="replace")
    damaged = text.count("\ufffd")
    if sum(char > "\x7f" for char in text) > 2 * damaged:
        # In a text in another encoding fewer letters are valid UTF-8, by chance, than are not.
        return text, "utf-8"
    high = len(data) - len(data.translate(None, bytes(range(128, 256))))
    if high > 0.3 * len(data):
        raise UnreadableDocument(
            f"{name}: not UTF-8 (byte {mistake.start}) and no other encoding fits; save it as UTF-8"
        )
    if len(_MAC_LETTERS.findall(data)) > len(_WESTERN_LETTERS.findall(data)):
        return data.decode("mac_roman"), "mac_roman"
    return data.decode("cp1252", errors="replace"), "cp1252"
