"""Readers of untrusted formats run in a process of their own, one for each file.

That process gets the bytes on standard input and answers with JSON on standard output. It has 1 GiB of memory,
20 s of processor time, 30 s in all, cannot write files, and knows no database. Opening a connection or starting a
program stops it (an audit hook of Python: the parsers written in C open none by construction). Whatever a hostile
file does to it ends with it. Memory and processor limits need the `resource` module: on Windows only the 30 s hold.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any, cast

from tracker.errors import Unavailable, UnreadableDocument
from tracker.reading.content import MOST_TEXT, Content
from tracker.reading.limits import CPU_SECONDS, MEMORY, WALL_SECONDS, lower

_START = "import sys; sys.path[:] = sys.argv[2:]; from tracker.reading.sandbox import serve; serve(sys.argv[1])"
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "sqlite3.")
_MEGABYTES = MOST_TEXT // 1024 // 1024


def read_apart(module: str, data: bytes, name: str) -> Content:
    """What the reader `tracker.reading.<module>` finds in `data`, read in a process of its own.

    Raises UnreadableDocument, naming `name`, when the file is not readable or breaks a limit, and Unavailable when
    the library of the reader is not installed or the process cannot be started.
    """
    command = [sys.executable, "-I", "-S", "-c", _START, module, *(path for path in sys.path if path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and arguments
            command, input=data, capture_output=True, timeout=WALL_SECONDS, env=_environment(), check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableDocument(f"{name}: gave no text within {WALL_SECONDS} seconds; reading was stopped") from None
    except OSError as mistake:
        raise Unavailable(f"{name}: the process that reads it could not be started ({mistake.strerror})") from None
    answer = _answer(done.stdout)
    if answer is None and -done.returncode == getattr(signal, "SIGXCPU", None):
        raise UnreadableDocument(f"{name}: not read within {CPU_SECONDS} seconds; reading was stopped")
    if answer is None:
        raise UnreadableDocument(f"{name}: damaged, or too large once unpacked ({_end(done.returncode)})")
    if "missing" in answer:
        raise Unavailable(f"{name}: {answer['missing']}")
    if "unreadable" in answer:
        raise UnreadableDocument(f"{name}: {answer['unreadable']}")
    problems = tuple((str(code), str(message)) for code, message in answer["problems"])
    return Content(str(answer["text"]), int(answer["footnotes"]), int(answer["marks"]), problems)


def _environment() -> dict[str, str]:
    """Nothing of the user's settings, such as where the database is; Windows needs its own folder."""
    return {key: value for key, value in os.environ.items() if key in {"SYSTEMROOT", "PATH"}}


def _answer(output: bytes) -> dict[str, Any] | None:
    try:
        answer = json.loads(output)
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and answer.keys() & {"text", "missing", "unreadable"} else None


def _end(code: int) -> str:
    return f"its reader was stopped by signal {-code}" if code < 0 else f"its reader ended with code {code}"


def serve(module: str) -> None:
    """The process itself: limits first, then the reader is imported, then the file on standard input is read."""
    data = sys.stdin.buffer.read()
    # The answer goes out on a copy of standard output, so that nothing a library prints gets into it.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    limit()
    answers.write(json.dumps(_read(module, data)).encode("ascii"))
    answers.close()
    # Libraries with an object graph to take down are not given the chance to stumble over it.
    os._exit(0)


def limit() -> None:
    """Put the limits on this process, for good."""
    lower("RLIMIT_AS", MEMORY, hard=True)
    lower("RLIMIT_CPU", CPU_SECONDS)  # the signal that comes then says what was too much
    lower("RLIMIT_FSIZE", 0, hard=True)
    lower("RLIMIT_CORE", 0, hard=True)
    sys.addaudithook(_refuse)


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event.startswith(_REFUSED):
        raise PermissionError(f"{event} while reading a file")


def _read(module: str, data: bytes) -> dict[str, Any]:
    try:
        read = cast("Callable[[bytes], Content]", import_module(f"tracker.reading.{module}").content_of)
    except ImportError as mistake:
        return {"missing": f"the library to read it is not installed ({mistake.name})"}
    return _answer_for(read, data)


def _answer_for(read: Callable[[bytes], Content], data: bytes) -> dict[str, Any]:
    """The answer for one file; whatever goes wrong in a library is the fault of the file."""
    try:
        content = read(data)
    except UnreadableDocument as reason:
        return {"unreadable": str(reason)}
    except MemoryError:
        return {"unreadable": "needs more memory to unpack than any resolution does; reading was stopped"}
    except Exception as mistake:  # noqa: BLE001
        return {"unreadable": f"damaged ({type(mistake).__name__})"}
    if len(content.text) > MOST_TEXT:
        return {"unreadable": f"more than {_MEGABYTES} MB of text, which no resolution has"}
    return content._asdict()
