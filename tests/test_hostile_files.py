"""Files made to break a reader: one line, the right exit code, within the limits, the database untouched."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.documents import html_of, pdf_of, simple_pdf, word_of, zipped
from tracker.errors import UnreadableDocument
from tracker.reading import files, limits, sandbox
from tracker.reading.files import read_bytes
from tracker.services import batch

MEGABYTE = 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def bomb() -> bytes:
    """300 MB of blanks in 300 KB, and a directory that says it is one byte."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file, file.open("word/document.xml", "w") as member:
        for _ in range(300):
            member.write(b" " * MEGABYTE)
    return made.getvalue()


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    return (
        f'<!DOCTYPE d [<!ENTITY a "ha">{entities}]><document><body><p><r><t>&j;</t></r></p></body></document>'.encode()
    )


OUTSIDE = (
    b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<document><body><p><r><t>1. Requests &a;</t></r></p></body></document>"
)
LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R 1 0 R]/Count 99999999>>endobj\ntrailer<</Root 1 0 R>>"
)

HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.docx": bomb,
    "nested.docx": lambda: zipped(word__document_xml=b"<document><body>" + b"<sdt>" * 200_000),
    "laughs.docx": lambda: zipped(word__document_xml=laughs()),
    "outside.docx": lambda: zipped(word__document_xml=OUTSIDE),
    "sheet.docx": lambda: zipped(xl__workbook_xml=b"<workbook/>"),
    "locked.docx": lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
    "loop.pdf": lambda: LOOP,
    "scan.pdf": simple_pdf,
    "nulls.pdf": lambda: b"%PDF-1.7" + b"\0" * 100_000,
    "nested.pdf": lambda: simple_pdf(text="x" * 30).replace(b"/Root", b"/X " + b"[" * 100_000 + b" /Root"),
    "nested.html": lambda: b"<html><body>" + b"<div>" * 500_000,
    "raised.html": lambda: b"<html>" + b"<sup>" * 100_000 + b"1",
    "words.html": lambda: b"<html><p>" + b"word " * (5 * MEGABYTE),
    "line.txt": lambda: b"x " * (50 * MEGABYTE),
    "words.txt": lambda: b"word " * (5 * MEGABYTE),
    "requests.txt": lambda: (
        b"The General Assembly,\n\nRecalling its resolution 1/1,\n\n1. "
        + b"Requests the Secretary-General to report to it at its eightieth session, and " * (MEGABYTE // 15)
    ),
    "truncated.docx": lambda: zipped(word__document_xml=b"<document><body>" + b"<p/>" * 9000)[:700],
    "truncated.pdf": lambda: simple_pdf(text="1. Requests the Office to report")[:150],
    "truncated.html": lambda: b"<html><body><p>1. Requests the Office",
    "members.docx": lambda: zipped(**{f"word__{number}_xml": b"<x/>" for number in range(20_000)}),
    "nulls.txt": lambda: b"\0" * MEGABYTE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_one_line_and_no_database(tracker: Tracker, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    result = tracker("import", path)
    assert result.code == 65, result.err
    assert len(result.err.splitlines()) == 1
    assert name in result.err
    assert "root:" not in result.out + result.err
    assert not Path(tracker.database).exists()


def test_one_hostile_file_among_good_ones(tracker: Tracker, tmp_path: Path, example: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(LOOP)
    assert tracker("import", bad, example).code != 0
    assert len(tracker.ok("list", "--json").json()) == 13


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "WALL_SECONDS", 0.5)
    monkeypatch.setattr(sandbox, "_START", "while True: pass")
    with pytest.raises(UnreadableDocument, match=r"slow.pdf: gave no text within"):
        read_bytes(simple_pdf(), "slow.pdf")


@pytest.mark.parametrize(
    "code", ["import os; os.abort()", "print('x' * 100)", "print('[1]')", "import os; os._exit(3)"]
)
def test_a_reader_that_dies_or_babbles(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(sandbox, "_START", code)
    with pytest.raises(UnreadableDocument, match=r"crash.pdf: damaged"):
        read_bytes(simple_pdf(), "crash.pdf")


def test_a_reader_that_uses_up_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "_START", "import os, signal; os.kill(os.getpid(), signal.SIGXCPU)")
    with pytest.raises(UnreadableDocument, match=r"^slow.pdf: not read within 20 seconds; reading was stopped$"):
        read_bytes(simple_pdf(), "slow.pdf")


def limited(code: str) -> str:
    """What `code` prints when it runs under the limits of a reader."""
    words = "import sys; from tracker.reading.sandbox import limit; import socket, sqlite3, subprocess; limit()\n"
    done = subprocess.run([sys.executable, "-c", words + code], capture_output=True, text=True, check=False)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1].partition(":")[0]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_limits_hold(tmp_path: Path) -> None:
    assert limited("bytearray(2 * 1024**3)") == "MemoryError"
    assert limited("import resource; print(resource.getrlimit(resource.RLIMIT_CPU)[0])") == str(limits.CPU_SECONDS)
    lowered = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (7, 9)); limit(); limit()\n"
    assert limited(f"{lowered}print(resource.getrlimit(resource.RLIMIT_CPU))") == "(7, 9)"
    target = str(tmp_path / "written")
    assert limited(f"import os; os.write(os.open({target!r}, os.O_CREAT | os.O_WRONLY), b'x')") == "OSError"


@pytest.mark.parametrize(
    "code",
    [
        "socket.socket().connect(('127.0.0.1', 9))",
        "sqlite3.connect('items.sqlite3')",
        "subprocess.run(['true'])",
        "import os; os.system('true')",
    ],
)
def test_nothing_is_opened_or_started(code: str) -> None:
    assert limited(code) == "PermissionError"


def work(path: Path) -> int:
    """What a worker does with a file of this name."""
    if path.name == "slow":
        while True:
            pass
    if path.name == "waits":
        threading.Event().wait()
    return len(bytearray(3 * 1024**3 if path.name == "large" else 100))


def outcomes_of(*names: str, jobs: int = 1) -> list[tuple[int | None, str, int]]:
    found = batch.run(work, [Path(name) for name in names], jobs)
    return [(outcome.result, outcome.error, outcome.exit_code) for outcome in found]


GOOD = (100, "", 0)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_a_text_that_takes_too_long_or_too_much_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is searched for requests has the same limits as a reader; the next file has its own."""
    monkeypatch.setattr(limits, "CPU_SECONDS", 0.2)
    slow = (None, "slow: not read within 0.2 seconds; reading was stopped", 65)
    large = (None, "large: needs more memory than any resolution does; reading was stopped", 65)
    assert outcomes_of("slow", "good", "large", "good", "slow") == [slow, GOOD, large, GOOD, slow]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_waits(monkeypatch: pytest.MonkeyPatch, jobs: int) -> None:
    """Time counts too where nothing is done; another process takes the next file."""
    monkeypatch.setattr(limits, "WALL_SECONDS", 2)
    late = (None, "waits: not read within 2 seconds; reading was stopped", 65)
    assert outcomes_of("good", "waits", "good", "good", jobs=jobs) == [GOOD, late, GOOD, GOOD]


def what_it_has(_: Path) -> tuple[list[str], list[str]]:
    """The settings of a worker and its open files."""
    links = Path("/proc/self/fd")
    return [*os.environ], [str(link.readlink()) for link in links.iterdir() if link.exists()] if links.is_dir() else []


def test_the_worker_knows_nothing_of_the_database(
    imported: Tracker, tmp_path: Path, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither where it is nor a way in, not even while it is open."""
    for name in ("TRACKER_DATABASE", "PGPASSWORD", "PGSERVICE"):
        monkeypatch.setenv(name, "postgresql://user:secret@127.0.0.1/items")
    with sqlite3.connect(imported.database) as held, (tmp_path / "held.txt").open("w") as other:
        held.execute("SELECT count(*) FROM items")
        assert other.writable()
        (outcome,) = batch.run(what_it_has, [example])
    assert outcome.result is not None
    settings, opened = outcome.result
    assert "PATH" in settings
    assert not [name for name in settings if name.startswith(("TRACKER_", "PG"))]
    assert not [name for name in opened if str(tmp_path) in name or name.startswith("socket:")]


@pytest.mark.parametrize("work", ["resolutions_in(path, None, None)", "contracts_in(path)"])
def test_what_is_read_with_does_not_store(example: Path, work: str) -> None:
    code = (
        "import sys; from pathlib import Path; from tracker.services import worker\n"
        f"from tracker.services.documents import *\npath = Path(sys.argv[1]); {work}\n"
        "print([name for name in sys.modules if name.startswith(('tracker.storage', 'sqlalchemy', 'sqlite3'))])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(example)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_slow_text_in_a_folder(tracker: Tracker, tmp_path: Path, example: Path, jobs: str) -> None:
    """Without the limit this one takes minutes: one line, and the other file is stored."""
    inside = tmp_path / "texts"
    inside.mkdir()
    shutil.copy(example, inside / "a.txt")
    (inside / "b.txt").write_text(
        "Resolution adopted by the General Assembly on 22 December 2015\n\n70/1. Water\n\nThe General Assembly,\n\n"
        "1. Requests the Secretary-General to report " + "and also requests the Secretary-General to report " * 50_000
    )
    code = "from tracker.reading import limits; limits.CPU_SECONDS = 2; from tracker.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "import", str(inside), "--jobs", jobs],
        env={**os.environ, "TRACKER_DATABASE": tracker.database}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 65
    (line,) = done.stderr.splitlines()
    assert "b.txt: not read within 2 seconds" in line
    assert len(tracker.ok("list", "--json").json()) == 13


def test_the_process_knows_nothing_of_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_DATABASE", "postgresql://user:secret@127.0.0.1/items")
    assert not [key for key in sandbox._environment() if key.startswith("TRACKER")]


def test_size_is_counted_before_anything_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 1000)
    with pytest.raises(UnreadableDocument, match="larger than"):
        read_bytes(b"<html>" + b"x" * 1000, "large.html")


FUZZ = """
import json, random, sys
from importlib import import_module
from tracker.errors import UnreadableDocument
from tracker.reading import sandbox
data = sys.stdin.buffer.read()
module, count = sys.argv[1], int(sys.argv[2])
read = import_module("tracker.reading." + module).content_of
sandbox.limit()
chance = random.Random(20150326)
ends = {"text": 0, "unreadable": 0}
for number in range(count):
    changed = bytearray(data)
    for _ in range(chance.randint(1, 30)):
        at = chance.randrange(len(changed))
        what = chance.randrange(4)
        if what == 0:
            changed[at] = chance.randrange(256)
        elif what == 1:
            del changed[at : at + chance.randint(1, 200)]
        elif what == 2:
            changed[at:at] = chance.randbytes(chance.randint(1, 20))
        else:
            other = chance.randrange(len(changed))
            changed[at:at] = changed[other : other + chance.randint(1, 300)]
        if len(changed) < 100:
            break
    print(number, file=sys.stderr, flush=True)
    answer = sandbox._answer_for(read, bytes(changed))
    ends["unreadable" if "unreadable" in answer else "text"] += 1
print(json.dumps(ends))
"""


@pytest.mark.parametrize("module", ["pdf", "docx", "docx-parts", "html"])
def test_two_hundred_mutated_files(module: str, example: Path) -> None:
    """In one process under the limits: none may end it, hang it or get another exception out of it."""
    if module == "docx-parts":
        # Stored, not compressed: changes reach the XML and not only the checksums.
        packed = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(word_of(example))) as old, zipfile.ZipFile(packed, "w") as new:
            for name in old.namelist():
                new.writestr(name, old.read(name))
        data = packed.getvalue()
    else:
        data = {"pdf": pdf_of, "docx": word_of, "html": html_of}[module](example)
    done = subprocess.run(
        [sys.executable, "-c", FUZZ, module.partition("-")[0], "200"], input=data, capture_output=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert sum(json.loads(done.stdout).values()) == 200
