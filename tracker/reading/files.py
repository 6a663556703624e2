"""Opening a file and turning its bytes into a Document."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections import Counter
from pathlib import Path

from tracker.core.request import Problem
from tracker.core.resolution import Document
from tracker.errors import NotFound, NotPermitted, UnreadableDocument
from tracker.reading.content import MOST_TEXT, Content
from tracker.reading.formats import content_of
from tracker.reading.layout import Cleaned, clean
from tracker.reading.limits import LARGEST


def read(path: Path | str, name: str | None = None) -> Document:
    """The text of the file at `path`; `name` is what messages call it (default: the path as given).

    Raises NotFound (no such file), NotPermitted, and UnreadableDocument for a folder, an empty, binary,
    damaged or too large file, and Unavailable for a format that needs a library which is not installed.
    """
    # A name in another encoding than that of the system is kept as far as it is text.
    shown = name or str(path).encode("utf-8", "backslashreplace").decode("utf-8")
    try:
        with open(path, "rb", opener=_open) as file:
            data = file.read(LARGEST + 1)
    except FileNotFoundError:
        raise NotFound(f"{shown}: no such file") from None
    except IsADirectoryError:
        raise UnreadableDocument(f"{shown}: is a folder, not a file") from None
    except PermissionError:
        raise NotPermitted(f"{shown}: no permission to read this file") from None
    except (OSError, ValueError) as mistake:
        reason = getattr(mistake, "strerror", None) or str(mistake)
        raise UnreadableDocument(f"{shown}: cannot be read ({reason})") from None
    return read_bytes(data, shown)


def _open(path: str, flags: int) -> int:
    """Regular files only: a pipe would be waited for, a device has no end. Raises OSError."""
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
    if not stat.S_ISREG(os.fstat(handle).st_mode) and not stat.S_ISDIR(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, "a pipe or a device, not a file; save what comes from there in a file")
    return handle


def read_bytes(data: bytes, name: str) -> Document:
    """The Document that the bytes of a file hold. Raises UnreadableDocument, naming `name`."""
    if len(data) > LARGEST:
        raise UnreadableDocument(f"{name}: larger than {LARGEST // 1024 // 1024} MB, which no resolution is")
    if not data.strip():
        raise UnreadableDocument(f"{name}: the file is empty")
    content, encoding = content_of(data, name)
    if len(content.text) > MOST_TEXT:
        raise UnreadableDocument(f"{name}: more than {MOST_TEXT // 1024 // 1024} MB of text, which no resolution has")
    cleaned = clean(content.text)
    if not cleaned.text.strip():
        raise UnreadableDocument(f"{name}: the file holds no text")
    return Document(
        name=name,
        original=content.text,
        text=cleaned.text,
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
        changes=_changes(cleaned, content),
        problems=_problems(content, encoding, name),
    )


def _changes(cleaned: Cleaned, content: Content) -> tuple[tuple[str, int], ...]:
    """What was taken out, by the reader of the format and by the cleaning of its lines."""
    counts = Counter(dict(cleaned.changes))
    counts.update({"footnotes": content.footnotes, "footnote marks": content.marks})
    return tuple((name, count) for name, count in counts.items() if count)


def _problems(content: Content, encoding: str, name: str) -> tuple[Problem, ...]:
    problems = [Problem(code, f"{name}: {message}") for code, message in content.problems]
    if encoding in _OTHERS:
        problems.append(Problem("encoding", f"{name} is not UTF-8; it was read as {_OTHERS[encoding]}"))
    damaged = content.text.count("\ufffd")
    if damaged:
        line = content.text.count("\n", 0, content.text.index("\ufffd")) + 1
        many = f"{damaged} characters" if damaged > 1 else "1 character"
        problems.append(Problem("encoding", f"{name}: {many} could not be read, the first in line {line}"))
    return tuple(problems)


_OTHERS = {"cp1252": "cp1252 (Western Windows)", "mac_roman": "Mac Roman"}
