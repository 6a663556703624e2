"""Legacy Word (.doc), RTF and OpenDocument text: converted to DOCX by LibreOffice, where that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tracker.errors import Unavailable, UnreadableDocument

WALL_SECONDS = 25
"""Up to ten of them LibreOffice needs to start; what it made is then read within what is left of all (`limits`)."""
CPU_SECONDS = 25
MEMORY = 4 * 1024**3
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_GRACE = 5
"""Seconds in which the converter, told to end, has ended."""


def converted(data: bytes, name: str, suffix: str) -> bytes:
    """The DOCX that LibreOffice makes of `data`, a file of the kind `suffix` (`.doc`), in a folder that goes again.

    Raises Unavailable without LibreOffice, UnreadableDocument for what it cannot convert. It runs with limits, a
    profile of its own, no macros (its default for converting) and a proxy that leads nowhere.
    """
    if _ENCRYPTED in data:
        raise UnreadableDocument(f"{name}: the Word file is encrypted; save a copy without password and read that")
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise Unavailable(
            f"{name}: {suffix} files are read through LibreOffice, which is not installed; save it as DOCX or PDF"
        )
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        _run(program, source, name)
        made = source.with_suffix(".docx")
        if not made.is_file():
            raise UnreadableDocument(f"{name}: LibreOffice could not read it; it may be damaged or encrypted")
        return made.read_bytes()


def _run(program: str, source: Path, name: str) -> None:
    folder = str(source.parent)
    profile = (source.parent / "profile").as_uri()
    words = [program, f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck", "--convert-to"]
    words += ["docx:MS Word 2007 XML", "--outdir", folder, str(source)]
    if os.name == "posix":
        supervisor = str(Path(__file__).with_name("supervisor.py"))
        words = [sys.executable, "-I", "-S", supervisor, str(MEMORY), str(CPU_SECONDS), folder, *words]
    nowhere = "http://127.0.0.1:9"
    env = {
        "PATH": os.environ.get("PATH", os.defpath), "HOME": folder, "TMPDIR": folder,
        "http_proxy": nowhere, "https_proxy": nowhere,
    }  # fmt: skip
    if "SYSTEMROOT" in os.environ:
        env["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    process = subprocess.Popen(  # noqa: S603 - our own arguments; the file has a name of our choosing
        words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, cwd=folder,
        start_new_session=True,
    )  # fmt: skip
    try:
        process.wait(WALL_SECONDS)
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(f"{name}: LibreOffice did not convert it within {WALL_SECONDS} seconds") from None
    finally:
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
