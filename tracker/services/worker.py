"""A process in which files are read, one after the other: what a file does to it ends with it.

It gets its work on standard input and answers on standard output, both pickled by this program itself; neither is
there under that name while a file is read (`/dev/stdin`). It inherits no open file and no setting, so that it knows of
no database; it has 1 GiB of memory, and for each file 20 s of processor time and 30 s in all (`reading.limits`). Who
started it ends one that does not end by itself. Formats whose readers are written in C have one more process each,
which may do even less (`tracker.reading.sandbox`).
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import pickle
import selectors
import signal
import struct
import subprocess
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Generic, TypeVar, cast

from tracker.errors import TrackerError, Unavailable, UnreadableDocument
from tracker.reading import limits

T = TypeVar("T")

_START = "import sys; sys.path[:] = sys.argv[1:]; from tracker.services.worker import serve; serve()"
_SIZE = struct.Struct(">Q")
"""Goes before an answer: how many bytes it has."""
WAIT = 1.0
"""Seconds."""
_WHOLE = 1024 * 1024
"""Bytes: answers of this size wait to be taken, and do not keep the process from the next file."""
_GRACE = 5.0
"""Seconds for taking down what was begun."""
_UNKNOWN = ("TRACKER_", "PG", "PYTHON")
"""How settings begin that the process does not get: where the database is, above all."""


@dataclass(frozen=True, slots=True)
class Outcome(Generic[T]):
    """What became of one file: its result, or the error with its exit code."""

    path: Path
    result: T | None
    error: str = ""
    exit_code: int = 0


@dataclass(frozen=True, slots=True)
class _Job:
    work: Callable[[Path], Any]
    path: Path
    folder: str
    cpu_seconds: float
    wall_seconds: float


class Worker:
    """One such process, as the process sees it that waits for it."""

    def __init__(self) -> None:
        """Raises Unavailable when the system starts no process."""
        self.settings, self.owner = _settings(), os.getpid()
        self.given: deque[tuple[int, Path]] = deque()
        self._since = 0.0
        command = [sys.executable, "-I", "-S", "-c", _START, *(path for path in sys.path if path)]
        try:
            # In a session of its own: Ctrl-C is the business of the process that started it.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, pipesize=_WHOLE, env=self.settings,
                start_new_session=True,
            )  # fmt: skip
        except OSError as mistake:
            raise Unavailable(f"the process that reads files could not be started ({mistake.strerror})") from None
        self._jobs = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    @property
    def stopped(self) -> bool:
        """Whether it was stopped, by who has it or because it was found to have ended."""
        return self._jobs.closed

    @property
    def idle(self) -> bool:
        """Whether it waits for work."""
        return not self.given and not self.stopped and self._process.poll() is None

    def fileno(self) -> int:
        """Of its answers, for `first_ready`."""
        return self._answers.fileno()

    @property
    def late(self) -> bool:
        """Whether the first file that it has takes longer than it may: it cannot even end that itself."""
        return bool(self.given) and time.monotonic() - self._since > limits.WALL_SECONDS + _GRACE

    def give(self, place: int, work: Callable[[Path], Any], path: Path) -> None:
        """One more file, on which it is to do `work` after those that it has; `place` says which of the caller's."""
        job = _Job(work, path, _folder(), limits.CPU_SECONDS, limits.WALL_SECONDS)
        if not self.given:
            self._since = time.monotonic()
        self.given.append((place, path))
        with contextlib.suppress(OSError):  # it has ended: `take` will tell
            pickle.dump(job, self._jobs)
            self._jobs.flush()

    def take(self) -> tuple[int, Outcome[Any]]:
        """The first file that it has, and what became of it; waits for that.

        When the process has ended, that file is what it ended on; those behind it were not read. Raises what `work`
        raises, unless it is the fault of the file or the user.
        """
        place, path = self.given[0]  # until all of the answer is here: before, it is not idle
        try:
            (size,) = _SIZE.unpack(self._receive(_SIZE.size))
            answer = pickle.loads(self._receive(size))  # noqa: S301 - from our own process
        except (EOFError, OSError, TimeoutError) as end:
            reason = "the process that read it was stopped by the system (out of memory?)"
            if isinstance(end, TimeoutError):
                reason = f"not read within {limits.WALL_SECONDS:g} seconds; reading was stopped"
            self.stop()  # it may still be ending
            answer = Outcome(path, None, f"{path}: {reason}", UnreadableDocument.exit_code)
        self.given.popleft()
        self._since = time.monotonic()
        if isinstance(answer, BaseException):
            raise answer
        return place, answer

    def _receive(self, size: int) -> bytearray:
        """So many bytes of an answer. Raises EOFError when the process ended before, TimeoutError when it is late."""
        received = bytearray()
        while len(received) < size:
            # Not for ever in one call: a signal that came just before it would not end it.
            if first_ready([self], WAIT):
                more = os.read(self.fileno(), size - len(received))
                if not more:
                    raise EOFError
                received += more
                self._since = time.monotonic()  # who sends has done its work
            elif self.late:
                raise TimeoutError
        return received

    def stop(self) -> None:
        """Ends it, whatever it does; returns when it has ended."""
        self.dismiss()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._kill()
            self._process.wait()
        self._answers.close()

    def dismiss(self) -> None:
        """Tells it to end, and does not wait for that."""
        # Idle, it ends when nobody can give it work any more; busy, it takes down what it began.
        with contextlib.suppress(OSError):
            self._jobs.close()
        self._process.terminate()

    def _kill(self) -> None:
        """With what it started to read with."""
        if hasattr(os, "killpg"):
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)  # it leads its session
        self._process.kill()


def first_ready(workers: Sequence[Worker], seconds: float) -> Worker | None:
    """One that has an answer, or has ended; None when there is none within so many seconds.

    Windows cannot tell: the first one then, and who asks it for its answer waits for that.
    """
    if os.name == "nt":
        return workers[0]
    # Not `select.select`, which takes no file above the 1,024th that a process has open.
    with selectors.DefaultSelector() as selector:
        for worker in workers:
            selector.register(worker, selectors.EVENT_READ, worker)
        return next((key.data for key, _ in selector.select(seconds)), None)


def _folder() -> str:
    """The current folder, against which paths are read; "/" where it was removed."""
    try:
        return os.getcwd()  # noqa: PTH109 - a string
    except FileNotFoundError:
        return os.sep


def _settings() -> dict[str, str]:
    """The environment without what is said there about databases."""
    return {key: value for key, value in os.environ.items() if not key.startswith(_UNKNOWN)}


_spare: list[Worker] = []
"""Those that wait for work: to start one takes as long as to read some files."""


def hire() -> Worker:
    """A process that waits for work, or a new one. Raises Unavailable when none can be started."""
    settings, owner = _settings(), os.getpid()
    while _spare:
        worker = _spare.pop()
        if worker.owner == owner:  # else it belongs to the process that this one is a copy of
            if worker.idle and worker.settings == settings:
                return worker
            worker.stop()
    return Worker()


def release(worker: Worker) -> None:
    """Takes it back, for the next one who needs one. Nobody wants what it may still be reading."""
    if worker.idle:
        _spare.append(worker)
    else:
        worker.stop()


@atexit.register
def _stop_all() -> None:
    while _spare:
        worker = _spare.pop()
        if worker.owner == os.getpid():
            worker.stop()


_OBJECTS = 200_000
"""How many are made before some of them are looked through for circles; Python's own 700 costs a twentieth."""


def serve() -> None:
    """The process itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    jobs, answers = _out_of_reach()
    # For good: what one file took and did not give back is not there for the next.
    limits.lower("RLIMIT_AS", limits.MEMORY)
    _load()
    with contextlib.suppress(EOFError, OSError, SystemExit):
        while True:
            answer = pickle.dumps(_answer(pickle.load(jobs)))  # noqa: S301 - from who started it
            answers.write(_SIZE.pack(len(answer)) + answer)
            answers.flush()
    os._exit(0)


def _out_of_reach() -> tuple[IO[bytes], IO[bytes]]:
    """Copies of standard input and output: what is printed gets into no answer, and `/dev/stdin` is no work to do."""
    jobs, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    os.dup2(2, 1)
    return jobs, answers


def _load() -> None:
    """What every file needs, before the first one comes. Reading makes many objects and little garbage in circles."""
    gc.disable()
    import tracker.extraction.pipeline
    import tracker.reading.files  # noqa: F401

    gc.freeze()
    gc.set_threshold(_OBJECTS)
    gc.enable()


def _end(*_: object) -> None:
    """Reading is ended by an exception, so that a converter which runs ends with it and leaves no folder behind."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would interrupt what the first began
    raise SystemExit


def _answer(job: _Job) -> Outcome[Any] | Exception:
    try:
        os.chdir(job.folder)
        with limits.limited(str(job.path), job.cpu_seconds, job.wall_seconds):
            return Outcome(job.path, job.work(job.path))
    except TrackerError as error:
        return Outcome(job.path, None, str(error), error.exit_code)
    except Exception as mistake:  # noqa: BLE001 - ours; raised again where somebody sees it
        mistake.add_note(traceback.format_exc())
        return mistake
