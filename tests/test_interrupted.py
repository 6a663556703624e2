"""Killed in the middle, on a full disk, or two at once: the database is as before, or holds it all."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.resolutions import resolution
from tests.cli import TODAY, Tracker
from tests.postgres import Server
from tracker.cli import output
from tracker.services import storing
from tracker.storage.changes import Recorder

COMMAND = [sys.executable, "-m", "tracker"]
SYMBOL = "A/HRC/RES/99/1"

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes and limits as Unix has them")


def environment(database: str) -> dict[str, str]:
    more = {"TRACKER_DATABASE": database, "TRACKER_TODAY": TODAY, "TRACKER_CONFIG": "", "TRACKER_ACTOR": "officer"}
    return {**os.environ, **more}


def start(tracker: Tracker, *args: str | Path, limit: str = "") -> subprocess.Popen[str]:
    """Starts a command; `limit` is what the shell does before it."""
    before = ["sh", "-c", f'{limit} && exec "$@"', "sh"] if limit else []
    return subprocess.Popen(
        [*before, *COMMAND, *map(str, args)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, env=environment(tracker.database),
    )  # fmt: skip


def everything(tracker: Tracker) -> str:
    return tracker.ok("export").out


@pytest.fixture
def served(postgres_url: str, example: Path) -> Tracker:
    tracker = Tracker(postgres_url)
    tracker.ok("db", "upgrade")
    tracker.ok("import", example)
    return tracker


def killed_inside(tracker: Tracker, owner: type, name: str, call: int, *args: str | Path) -> None:
    """Runs a command in a process that is killed at the `call`-th call of a method, after its work was sent."""
    child = os.fork()
    if child == 0:
        real, calls = getattr(owner, name), []

        def killer(self: object, *values: object, **named: object) -> object:
            found = real(self, *values, **named)
            calls.append(1)
            if len(calls) == call:
                self.db.flush()  # type: ignore[attr-defined] # what was done so far is with the database
                os.kill(os.getpid(), signal.SIGKILL)
            return found

        setattr(owner, name, killer)
        tracker(*args)
        os._exit(0)  # it was not killed
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status)
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.mark.parametrize("engine", ["imported", "served"])
def test_killed_in_the_middle_of_an_import(request: pytest.FixtureRequest, example: Path, engine: str) -> None:
    tracker: Tracker = request.getfixturevalue(engine)
    before = everything(tracker)
    killed_inside(tracker, Recorder, "add_created", 1, "import", example, "--symbol", SYMBOL)
    assert everything(tracker) == before
    assert "13 items" in tracker.ok("import", example, "--symbol", SYMBOL).out


@pytest.mark.parametrize("engine", ["imported", "served"])
def test_killed_in_the_middle_of_an_update(request: pytest.FixtureRequest, engine: str) -> None:
    tracker: Tracker = request.getfixturevalue(engine)
    before = everything(tracker)
    update = ("update", "--symbol", "28/2", "--status", "in_progress", "--assignee", "Ana", "--yes")
    killed_inside(tracker, Recorder, "add_event", 9, *update)
    assert everything(tracker) == before
    tracker.ok(*update)
    assert len(tracker.ok("list", "--status", "in_progress", "--assignee", "Ana", "--json").json()) == 13


@pytest.mark.parametrize("command", ["import", "update"])
def test_a_disk_that_is_full(imported: Tracker, example: Path, command: str) -> None:
    """No file may grow any more: the journal of the transaction cannot be written."""
    before = everything(imported)
    held = Path(imported.database).read_bytes()

    args = {
        "import": ("import", example, "--symbol", SYMBOL),
        "update": ("update", "--symbol", "28/2", "--note", "n" * 40_000, "--yes"),
    }[command]
    process = start(imported, *args, limit="ulimit -f 32")  # blocks of 512 bytes
    out, err = process.communicate(timeout=60)
    assert process.returncode == 73, out + err
    assert len(err.splitlines()) == 1
    assert err.startswith("error: ")
    assert everything(imported) == before
    assert Path(imported.database).read_bytes() == held


def test_a_disk_that_is_full_before_there_is_a_database(tracker: Tracker, example: Path) -> None:
    process = start(tracker, "import", example, limit="ulimit -f 32")
    out, err = process.communicate(timeout=60)
    assert process.returncode == 73, out + err
    assert err.startswith(f"error: database {tracker.database}: ")
    assert len(err.splitlines()) == 1
    assert not list(Path(tracker.database).parent.glob("*.sqlite3*"))


def folder_of(place: Path, count: int) -> list[Path]:
    """So many resolutions of 25 requests each."""
    place.mkdir()
    paths = [place / f"{number:02}.txt" for number in range(1, count + 1)]
    for number, path in enumerate(paths, 1):
        path.write_text(resolution(number), encoding="utf-8")
    return paths


def test_a_disk_that_fills_up_between_files(tracker: Tracker, tmp_path: Path) -> None:
    """The error says what is stored and where it ended; once there is room the same command does the rest."""
    first, *others = folder_of(tmp_path / "texts", 12)
    tracker.ok("import", first)
    room = Path(tracker.database).stat().st_size // 512 + 400  # blocks of 512 bytes
    bad = tmp_path / "texts" / "00.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    process = start(tracker, "import", tmp_path / "texts", limit=f"ulimit -f {room}")
    out, err = process.communicate(timeout=120)
    stored = len(tracker.ok("list", "--json").json()) // 25
    assert 1 < stored < 12, err
    last = err.splitlines()[-1]
    assert last.startswith(f"error: database {tracker.database}: ")
    assert last.endswith(
        f"; what was begun was taken back; {stored} of 13 files are stored, {others[stored - 1]} is not; "
        "the same command again goes on with the rest"
    )
    # The file that is damaged has a line of its own; nothing is said twice.
    assert [line.partition(": ")[2][: len(str(bad))] for line in err.splitlines()[:-1]] == [str(bad)]
    assert process.returncode == 73, out
    assert out.splitlines()[-1].split("\t")[-1] == "1"
    tracker("import", tmp_path / "texts")
    assert len(tracker.ok("list", "--json").json()) == 12 * 25


@pytest.mark.parametrize("call", [1, 3])
def test_a_connection_that_is_lost_between_files(
    served: Tracker, postgres_server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: int
) -> None:
    paths, calls = folder_of(tmp_path / "texts", 4), list[int]()
    real = Recorder.add_created

    def cut(self: Recorder, *args: Any) -> None:
        calls.append(1)
        if len(calls) == call:
            name = served.database.rpartition("/")[2]
            ends = f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
            postgres_server.execute(ends)
        real(self, *args)

    monkeypatch.setattr(Recorder, "add_created", cut)
    done = served("import", tmp_path / "texts")
    assert done.code == 69
    assert len(done.err.splitlines()) == 1
    assert "nothing was changed" not in done.err
    left = f"{call - 1} of 4 files are stored, {paths[call - 1]} is not; the same command again goes on with the rest\n"
    assert done.err.endswith(f"; try again when the server answers; {left}")
    monkeypatch.undo()
    assert len(served.ok("list", "--json").json()) == 13 + 25 * (call - 1)
    served.ok("import", tmp_path / "texts")
    assert len(served.ok("list", "--json").json()) == 13 + 25 * 4


def test_output_that_cannot_be_written_between_files(
    tracker: Tracker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log of the import is on the full disk, the database is not."""
    paths, calls = folder_of(tmp_path / "texts", 3), list[int]()

    def flush() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(output, "flush", flush)
    done = tracker("import", tmp_path / "texts")
    assert done.code == 73
    assert done.err == (
        "error: output: No space left on device; the output is not complete; 2 of 3 files are stored, "
        f"{paths[2]} is not; the same command again goes on with the rest\n"
    )
    assert len(tracker.ok("list", "--json").json()) == 2 * 25


@pytest.mark.parametrize("engine", ["imported", "served"])
def test_two_processes_at_once_lose_nothing(request: pytest.FixtureRequest, engine: str) -> None:
    tracker: Tracker = request.getfixturevalue(engine)
    said = [f"note {writer}" for writer in range(3)]
    started = [start(tracker, "update", ":26", "--note", note) for note in said]
    for process in started:
        _, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
    assert sorted(note["note"] for note in tracker.ok("show", ":26", "--json").json()["notes"]) == said


@pytest.mark.parametrize("engine", ["imported", "served"])
def test_two_import_the_same_at_once(request: pytest.FixtureRequest, example: Path, engine: str) -> None:
    """One of them stores it; the other one finds it there, or is told to try again."""
    tracker: Tracker = request.getfixturevalue(engine)
    started = [start(tracker, "import", example, "--symbol", SYMBOL) for _ in range(2)]
    ends = [(process.communicate(timeout=60), process.returncode) for process in started]
    assert {code for _, code in ends} <= {0, 75}, ends
    assert 0 in {code for _, code in ends}
    assert all("Traceback" not in err for (_, err), _ in ends)
    assert len(tracker.ok("list", SYMBOL, "--json").json()) == 13
    assert "already stored" in tracker.ok("import", example, "--symbol", SYMBOL).out


def test_the_same_new_resolution_between_reading_and_writing(
    served: Tracker, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other import commits after this one has looked whether the resolution is known."""
    real, calls = storing.Destination._item, list[int]()

    def meanwhile(self: object, *args: object) -> dict[str, Any]:
        calls.append(1)
        if len(calls) == 1:
            # The other one waits for our row if we have written it already, and then loses.
            process = start(served, "import", example, "--symbol", SYMBOL)
            try:
                process.communicate(timeout=3)
            except subprocess.TimeoutExpired:
                others.append(process)
        return real(self, *args)  # type: ignore[arg-type]

    others: list[subprocess.Popen[str]] = []
    monkeypatch.setattr(storing.Destination, "_item", meanwhile)
    mine = served("import", example, "--symbol", SYMBOL)
    assert mine.code in {0, 75}, mine.err
    for process in others:
        _, err = process.communicate(timeout=60)
        assert process.returncode in {0, 75}, err
    assert len(served.ok("list", SYMBOL, "--json").json()) == 13


WHILE_LOADING = """
import os, signal, sys
class Finder:
    def find_spec(self, name, *_):
        if name == "typer":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
from tracker.cli import main
main(["overdue"])
"""

WHILE_ANSWERING = """
import sys
from pathlib import Path
from tracker.services import batch, worker

worker._START = '''
import os, pickle, signal, sys
sys.path[:] = sys.argv[1:]
once = pickle.load(sys.stdin.buffer).path
os.write(1, pickle.dumps("answer")[:5])
try:
    os.mkdir(once)
except FileExistsError:
    pass
else:
    os.kill(os.getppid(), signal.SIGINT)
sys.stdin.buffer.read()
'''
for _ in batch.run(Path, [Path(sys.argv[1])] * 40, jobs=int(sys.argv[2])):
    pass
"""


def interrupted(script: str, *args: str | Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, args)], capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


def test_interrupted_while_the_program_is_loaded() -> None:
    assert interrupted(WHILE_LOADING) == (130, "")


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_interrupted_while_a_process_sends_what_it_read(tmp_path: Path, jobs: str) -> None:
    """Half an answer is no reason to wait for the other half for ever."""
    code, err = interrupted(WHILE_ANSWERING, tmp_path / "once", jobs)
    assert code == -signal.SIGINT
    assert err.splitlines()[-1] == "KeyboardInterrupt"


HIDDEN = {
    "another error": """
from sqlalchemy.orm import Session
def commit(self):
    try:
        os.kill(os.getpid(), NUMBER)
    except KeyboardInterrupt:
        raise AssertionError("the library did not expect this")
Session.commit = commit
""",
    "an error of the database": """
import sqlite3
from sqlalchemy.orm import Session
def commit(self):
    own = sqlite3.connect(":memory:")
    own.create_function("stop", 0, lambda: os.kill(os.getpid(), NUMBER))
    own.execute("SELECT stop()")
Session.commit = commit
""",
    "dropped by Python": """
import threading
from sqlalchemy.orm import Session
class Ended:
    def __del__(self):
        os.kill(os.getpid(), NUMBER)
def commit(self):
    Ended()
    threading.Event().wait(60)
Session.commit = commit
""",
    "again at the end": """
from sqlalchemy.orm import Session
from tracker.cli import output
def commit(self):
    os.kill(os.getpid(), NUMBER)
Session.commit = commit
told = output.problem
def problem(text):
    os.kill(os.getpid(), NUMBER)
    told(text)
output.problem = problem
""",
}


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("how", HIDDEN)
def test_an_interruption_that_a_library_hides(
    imported: Tracker, tmp_path: Path, how: str, number: signal.Signals
) -> None:
    """Whatever becomes of it on its way: one line and its own exit code, and nothing is stored."""
    before = everything(imported)
    script = HIDDEN[how].replace("NUMBER", str(int(number)))
    script = f"import os\n{script}\nfrom tracker.cli import main\nmain(['update', ':26', '--note', 'new'])"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False,
        env=environment(imported.database) | {"TMPDIR": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (
        128 + number,
        "error: interrupted; what was not finished is not kept\n",
    )
    assert not list(tmp_path.glob("tracker-bug-*"))
    assert everything(imported) == before
