"""Older Word files go through LibreOffice; here a program of that name stands in for it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli import PROGRAM, Tracker
from tests.documents import word_of
from tracker.errors import Unavailable, UnreadableDocument
from tracker.extraction.pipeline import extract
from tracker.reading import doc
from tracker.reading.files import read_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
ODT = b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/vnd.oasis.opendocument.text"
FLAT = b"<?xml version='1.0'?>\n<office:document office:mimetype='application/vnd.oasis.opendocument.text'>"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script with a first line for Unix")


def stand_in(monkeypatch: pytest.MonkeyPatch, folder: Path, code: str) -> None:
    """Puts a program called soffice first on the path; `out` is the folder where it must write."""
    program = folder / "soffice"
    head = f"#!{sys.executable} -IS\nimport pathlib, sys, time\n"
    given = "out = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\nsource = pathlib.Path(sys.argv[-1])\n"
    program.write_text(head + given + code, encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


@pytest.mark.parametrize(("data", "suffix"), [(OLE, ".doc"), (b"{\\rtf1 x}", ".rtf"), (ODT, ".odt"), (FLAT, ".fodt")])
def test_converted_file_is_read_as_word(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, example: Path, data: bytes, suffix: str
) -> None:
    (tmp_path / "made.docx").write_bytes(word_of(example))
    stand_in(
        monkeypatch, tmp_path,
        f"assert source.suffix == {suffix!r} and source.read_bytes()\n"
        f"(out / 'document.docx').write_bytes(pathlib.Path({str(tmp_path / 'made.docx')!r}).read_bytes())\n"
        f"pathlib.Path({str(tmp_path / 'where')!r}).write_text(str(out))\n",
    )  # fmt: skip
    (found,) = extract(read_bytes(data, f"old{suffix}"))
    assert len(found.requests) == 13
    # Nothing stays behind.
    assert not Path((tmp_path / "where").read_text()).exists()


def test_without_the_program_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(
        Unavailable, match=r"old.doc: .doc files are read through LibreOffice, .*save it as DOCX or PDF"
    ):
        read_bytes(OLE, "old.doc")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("sys.exit(1)", "could not read it"),
        ("(out / 'document.docx').write_bytes(b'PK broken')", "damaged|without a Word document|not a Word"),
        ("time.sleep(600)", "did not convert it within"),
    ],
)
def test_conversion_that_fails(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, words: str) -> None:
    monkeypatch.setattr(doc, "WALL_SECONDS", 2)
    stand_in(monkeypatch, tmp_path, code)
    with pytest.raises(UnreadableDocument, match=words):
        read_bytes(OLE, "old.doc")


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_interrupted_while_it_converts(
    tracker: Tracker, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, number: signal.Signals, jobs: str
) -> None:
    """The converter ends with the command, and its folder goes."""
    called = tmp_path / "called"
    os.mkfifo(called)
    stand_in(
        monkeypatch, tmp_path,
        f"import os\npathlib.Path({str(called)!r}).write_text(f'{{os.getpid()}} {{out}}')\ntime.sleep(600)\n",
    )  # fmt: skip
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    (tmp_path / "a.doc").write_bytes(OLE)
    (tmp_path / "b.txt").write_text("no resolution")
    process = subprocess.Popen(
        [PROGRAM, "import", str(tmp_path / "a.doc"), str(tmp_path / "b.txt"), "--jobs", jobs],
        env={**os.environ, "TRACKER_DATABASE": tracker.database, "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    converter, _, folder = called.read_text().partition(" ")
    assert Path(folder).is_relative_to(temporary)
    process.send_signal(number)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    assert "Traceback" not in err
    with pytest.raises(ProcessLookupError):
        os.kill(int(converter), 0)
    assert not list(temporary.iterdir())


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="the end of another's process is waited for as on Linux")
def test_killed_while_it_converts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Nobody is left to end the converter and to remove its folder: they go by themselves."""
    called, temporary = tmp_path / "called", tmp_path / "temporary"
    os.mkfifo(called)
    temporary.mkdir()
    # It holds the pipe open as long as it lives, and so does what it started.
    stand_in(
        monkeypatch, tmp_path,
        f"import os, subprocess\npipe = open({str(called)!r}, 'w')\nprint(os.getppid(), out, file=pipe, flush=True)\n"
        "subprocess.run([sys.executable, '-c', 'import time; time.sleep(600)'], pass_fds=[pipe.fileno()])\n",
    )  # fmt: skip
    monkeypatch.setenv("TMPDIR", str(temporary))
    code = f"from tracker.reading.files import read_bytes\nread_bytes({OLE!r}, 'old.doc')"
    process = subprocess.Popen([sys.executable, "-c", code])
    with called.open() as pipe:
        supervisor, _, folder = pipe.readline().strip().partition(" ")
        assert Path(folder).is_dir()
        handle = os.pidfd_open(int(supervisor))
        process.kill()
        process.wait()
        assert pipe.read() == ""
    assert select.select([handle], [], [], 60)[0]
    os.close(handle)
    assert not list(temporary.iterdir())
