"""A process in which files are read, one after the other: what a file does to it ends with it.

It gets its work on standard input and answers on standard output, both pickled by this program itself. It inherits no
open file and no setting, so that it knows of no database; it has 1 GiB of memory, and for each file 20 s of processor
time (`tracker.reading.limits`) and 30 s in all, which the process that waits for it counts. Formats whose readers are
written in C have one more process each, which may do even less (`tracker.reading.sandbox`).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, Generic, TypeVar, cast

from tracker.errors import TrackerError, Unavailable, UnreadableDocument
from tracker.reading import limits

T = TypeVar("T")

_START = "import sys; sys.path[:] = sys.argv[1:]; from tracker.services.worker import serve; serve()"
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


class Worker:
    """One such process, as the process sees it that waits for it."""

    def __init__(self) -> None:
        """Raises Unavailable when the system starts no process."""
        self.settings, self.owner = _settings(), os.getpid()
        command = [sys.executable, "-I", "-S", "-c", _START, *(path for path in sys.path if path)]
        try:
            # In a session of its own: Ctrl-C is the business of the process that started it.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and arguments
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=self.settings, start_new_session=True
            )
        except OSError as mistake:
            raise Unavailable(f"the process that reads files could not be started ({mistake.strerror})") from None
        self._jobs = cast("IO[bytes]", self._process.stdin)
        self._answers = cast("IO[bytes]", self._process.stdout)

    @property
    def alive(self) -> bool:
        """Whether it can take another file."""
        return self._process.poll() is None and not self._jobs.closed

    def read(self, work: Callable[[Path], T], path: Path) -> Outcome[T]:
        """What `work` makes of one file. Raises what `work` raises, unless it is the fault of the file or its user."""
        late = threading.Event()
        timer = threading.Timer(limits.WALL_SECONDS, self._stop_late, [late])
        timer.daemon = True
        timer.start()
        try:
            pickle.dump(_Job(work, path, os.getcwd(), limits.CPU_SECONDS), self._jobs)  # noqa: PTH109 - a string
            self._jobs.flush()
            answer = pickle.load(self._answers)  # noqa: S301 - from our own process
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            reason = "the process that read it was stopped by the system (out of memory?)"
            if late.is_set():
                reason = f"not read within {limits.WALL_SECONDS:g} seconds; reading was stopped"
            return Outcome(path, None, f"{path}: {reason}", UnreadableDocument.exit_code)
        finally:
            timer.cancel()
        if isinstance(answer, BaseException):
            raise answer
        return answer  # type: ignore[no-any-return]

    def _stop_late(self, late: threading.Event) -> None:
        late.set()
        self.stop()

    def stop(self) -> None:
        """Ends it, whatever it does; returns when it has ended."""
        # Without anybody at the other end of its input it ends itself, and takes down what it began.
        with contextlib.suppress(OSError):
            self._jobs.close()
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._answers.close()


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
            if worker.alive and worker.settings == settings:
                return worker
            worker.stop()
    return Worker()


def release(worker: Worker) -> None:
    """Takes it back, for the next one who needs one."""
    if worker.alive:
        _spare.append(worker)
    else:
        worker.stop()


@atexit.register
def _stop_all() -> None:
    while _spare:
        worker = _spare.pop()
        if worker.owner == os.getpid():
            worker.stop()


_working = threading.Lock()
"""In the process itself: held while a file is read, until all that this began is ended."""


def serve() -> None:
    """The process itself."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _end)
    # The answers go out on a copy of standard output, so that nothing that is printed gets into them.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit_memory()
    jobs: SimpleQueue[_Job] = SimpleQueue()
    threading.Thread(target=_receive, args=[jobs], daemon=True).start()
    try:
        while True:
            job = jobs.get()
            with _working:
                answer = pickle.dumps(_answer(job))
            answers.write(answer)
            answers.flush()
    except SystemExit:  # of `_end`, after all that it interrupted
        os._exit(1)


def _receive(jobs: SimpleQueue[_Job]) -> None:
    """Hands on what is to be done. When nobody asks any more, nobody waits for an answer either."""
    with contextlib.suppress(EOFError, OSError, pickle.UnpicklingError):
        while True:
            jobs.put(pickle.load(sys.stdin.buffer))  # noqa: S301 - from the process that started this one
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)
        _working.acquire(timeout=_GRACE)
    os._exit(1)


def _end(*_: object) -> None:
    """Reading is ended by an exception, so that a converter which runs ends with it and leaves no folder behind."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # a second one would interrupt what the first began
    if not _working.locked():
        os._exit(1)
    raise SystemExit


def _answer(job: _Job) -> Outcome[Any] | Exception:
    try:
        os.chdir(job.folder)
        with limits.limited(str(job.path), job.cpu_seconds):
            return Outcome(job.path, job.work(job.path))
    except TrackerError as error:
        return Outcome(job.path, None, str(error), error.exit_code)
    except Exception as mistake:  # noqa: BLE001 - ours; raised again where somebody sees it
        mistake.add_note(traceback.format_exc())
        return mistake


def _limit_memory() -> None:
    """For good: what one file took and did not give back is not there for the next."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = min(limit for limit in (limits.MEMORY, soft, hard) if limit != resource.RLIM_INFINITY)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))
