"""Asking for a longer text in the user's editor ($VISUAL, else $EDITOR); what was written is never lost."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import typer

from tracker.cli import output
from tracker.errors import UsageError

T = TypeVar("T")


def fill_in(form: str, read: Callable[[str], T], suffix: str) -> T | None:
    """Opens `form` in the editor until `read` takes what comes back; None when it came back unchanged or empty.

    `read` raises UsageError for a mistake, which is shown with the question whether to edit again; who stops, or
    cannot be asked, is told where the text is kept. Raises UsageError where no editor can be started.
    """
    words = _editor()
    with tempfile.NamedTemporaryFile("w", suffix=suffix, prefix="tracker-", delete=False, encoding="utf-8") as file:
        file.write(form)
    path, keep = Path(file.name), False
    try:
        while True:
            _run([*words, str(path)])
            text = _text(path)
            if text in {None, form} or not (text or "").strip():
                return None
            try:
                return read(text or "")
            except UsageError as error:
                keep = not _again(str(error))
                if keep:
                    raise UsageError(f"{error}; what you wrote is kept in {path}") from None
    finally:
        if not keep:
            path.unlink(missing_ok=True)


def _editor() -> list[str]:
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise UsageError("give options, or name your editor in EDITOR; nothing was changed")
    return shlex.split(command)


def _run(words: list[str]) -> None:
    try:
        code = subprocess.run(words, check=False).returncode  # noqa: S603 - the user's own editor
    except OSError as error:
        raise UsageError(f"the editor {words[0]!r} cannot be started: {error.strerror}; nothing was changed") from None
    if code:
        raise UsageError(f"the editor {words[0]!r} ended with {code}; nothing was changed")


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise UsageError("the editor did not save UTF-8; nothing was changed") from None


def _again(mistake: str) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    output.problem(f"error: {mistake}")
    return bool(typer.confirm("Edit again?", default=True, err=True))
