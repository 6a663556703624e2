from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

import pytest

from tests.documents import zipped
from tracker.errors import NotFound, NotPermitted, UnreadableDocument
from tracker.reading import files
from tracker.reading.files import read, read_bytes
from tracker.reading.formats import is_known_format

TEXT = "Le Conseil,\n\n1. Prie l’État concerné d’établir un rapport, où qu’il soit ;\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16"),
        (TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings_are_recognised(data: bytes, encoding: str) -> None:
    document = read_bytes(data, "text.txt")
    assert document.text.strip() == TEXT.strip()
    assert document.encoding == encoding
    assert document.sha256 == hashlib.sha256(data).hexdigest()


def test_a_guessed_encoding_is_said() -> None:
    (problem,) = read_bytes(TEXT.encode("cp1252"), "text.txt").problems
    assert problem.code == "encoding"
    assert "cp1252" in problem.message
    assert not read_bytes(TEXT.encode(), "text.txt").problems


def test_damaged_bytes_of_utf8_are_said_and_harm_nothing_else() -> None:
    """One wrong byte makes no other encoding of a text."""
    for mark in (b"", b"\xef\xbb\xbf"):
        data = mark + "Le Comité\nprie l’État de se réunir à Genève.\n".encode().replace(b"se r", b"s\xff r")
        document = read_bytes(data, "text.txt")
        assert document.encoding == "utf-8"
        assert document.text == "Le Comité\nprie l’État de s\ufffd réunir à Genève.\n"
        (problem,) = document.problems
        assert problem.message == "text.txt: 1 character could not be read, the first in line 2"


def test_texts_of_old_macs_are_recognised() -> None:
    text = "Prie l’État de coopérer avec le Comité, où siègent les États intéressés, dès à présent.\n"
    document = read_bytes(text.encode("mac_roman"), "text.txt")
    assert (document.text, document.encoding) == (text, "mac_roman")
    assert "Mac Roman" in document.problems[0].message


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "a picture (PNG), no text; run OCR on it"),
        (b"\xff\xd8\xff\xe0" + bytes(200), "a picture (JPEG), no text; run OCR on it"),
        (b"II*\0" + bytes(200), "a picture (TIFF), no text; run OCR on it"),
        (b"\x1f\x8b\x08" + bytes(200), "a compressed file (gzip); unpack it"),
        (b"\xffWPC" + bytes(200), "a WordPerfect file; open it in LibreOffice"),
        (
            b"Subject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tx=1\r\n\r\n<p>",
            "a web archive (MHTML)",
        ),
        (b"From: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed\n\nSee the file.\n", "a mail of several parts"),
        (zipped(xl__workbook_xml=b"<x/>"), "a spreadsheet (XLSX)"),
        (zipped(ppt__presentation_xml=b"<x/>"), "slides (PPTX)"),
        (zipped(a_txt=b"x"), "a ZIP file without a Word document"),
    ],
)
def test_files_of_other_kinds_say_what_they_are(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, "file")
    assert str(caught.value).startswith(f"file: {message}")


@pytest.mark.parametrize("text", ["A file that begins with %PDF-1.7 is a PDF.", "Signs:\n%PDF-1.7\nand no more."])
def test_text_that_speaks_of_pdf_is_text(text: str) -> None:
    assert read_bytes(text.encode(), "text.txt").encoding == "utf-8"


def test_many_comments_are_told_from_a_web_page_at_once() -> None:
    """Each of them could end at the end of any later one: tried in turn, that would never end."""
    assert not is_known_format(b"<!-- a --> " * 300)
    assert is_known_format(b"<!-- a --> " * 300 + b"<p>")


def test_the_original_is_kept() -> None:
    document = read_bytes(b"a \r\nb", "x")
    assert document.original == "a \r\nb"
    assert document.text == "a\nb"
    assert dict(document.changes)["newlines"] == 1


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"\x00\x01\x02" * 100, "binary"),
        (b"\x7fELF" + bytes(range(256)) * 20, "binary"),
        ("резолюция".encode("koi8-r") * 20, "UTF-8"),
        (b"\xff\xfea", "UTF-16"),
        ("\u200b\u200b".encode(), "no text"),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableDocument) as caught:
        read_bytes(data, "report.bin")
    assert str(caught.value).startswith("report.bin: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no such file"):
        read(tmp_path / "none.txt")
    with pytest.raises(UnreadableDocument, match="folder"):
        read(tmp_path)
    with pytest.raises(UnreadableDocument):
        read("a\0b")


@pytest.mark.skipif(sys.platform == "win32", reason="permissions are set in another way there")
def test_files_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(NotPermitted, match="permission"):
        read(tmp_path / "secret.txt")


def test_too_large_files_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(files, "LARGEST", 1024)
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 2000)
    with pytest.raises(UnreadableDocument, match="larger"):
        read(path)


def test_messages_use_the_name_they_are_given(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    with pytest.raises(UnreadableDocument, match=r"^letter: "):
        read(tmp_path / "a.txt", "letter")
