"""The one place where errors become a line on stderr and an exit code."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
from collections.abc import Iterator

import typer

from tracker.cli import output
from tracker.errors import CannotWrite, NotFound, NotPermitted, TrackerError

INTERRUPTED, BROKEN_PIPE, BUG = 130, 141, 70
_SIGNALLED = 128
"""Plus the number of the signal: the code with which shells tell that one ended a process."""
_AGAIN = 0.05
"""Seconds."""


class Interruptions:
    """Ctrl-C and SIGTERM: what was begun is taken back, and no temporary file stays.

    An interruption may come inside a library, which then raises something else, or where Python only prints what is
    raised: `came` is what came, whatever became of it. Once the command has ended nothing interrupts what is left.
    """

    def __init__(self) -> None:
        self.came: int | None = None
        self.ended = False

    def heed(self) -> None:
        """From now on both raise KeyboardInterrupt, again and again until `ended`."""
        for number, usual in (signal.SIGINT, signal.default_int_handler), (signal.SIGTERM, signal.SIG_DFL):
            if signal.getsignal(number) == usual:  # who started this may want it to ignore them
                signal.signal(number, self._interrupt)
        sys.unraisablehook = self._unraisable

    def _interrupt(self, number: int, _: object) -> None:
        if not self.ended:
            self.came = number
            raise KeyboardInterrupt

    def _unraisable(self, dropped: sys.UnraisableHookArgs) -> None:
        """What Python can raise nowhere, it prints; an interruption that it drops comes once more, a moment later."""
        if self.came is None or not issubclass(dropped.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(dropped)
        elif hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, lambda _, frame: self._interrupt(self.came or signal.SIGINT, frame))
            signal.setitimer(signal.ITIMER_REAL, _AGAIN)


interruptions = Interruptions()
"""Those of this process; nobody heeds them where commands run inside another program."""


@contextlib.contextmanager
def failing() -> Iterator[None]:
    """Runs a command; whatever goes wrong ends the process with one clear line."""
    try:
        try:
            yield
        finally:
            interruptions.ended = True
    except (typer.Exit, SystemExit):
        raise
    except BaseException as error:
        if _usage(error) and interruptions.came is None:
            raise
        _end(*_told(error))


def _told(error: BaseException) -> tuple[str | None, int]:
    """The line about an error, if there is somebody to read it, and the exit code."""
    if interruptions.came is not None or isinstance(error, KeyboardInterrupt):
        code = _SIGNALLED + (interruptions.came or signal.SIGINT)
        return "interrupted; what was not finished is not kept", code
    if isinstance(error, typer.Abort):  # Ctrl-C or the end of the input at a question
        return "no answer; nothing was changed", INTERRUPTED
    if isinstance(error, BrokenPipeError):
        return None, BROKEN_PIPE
    known = of_system(error) if isinstance(error, OSError) else error
    if isinstance(known, TrackerError):
        return str(known), known.exit_code
    if isinstance(error, MemoryError):
        return "not enough memory for this file; nothing was stored", BUG
    return f"a bug in tracker ({type(error).__name__}: {error}); please report it with {_keep(error)}", BUG


def _usage(error: BaseException) -> bool:
    """Errors of the command line are the parser's own: it shows them."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def of_system(error: OSError) -> TrackerError:
    """What the operating system refused, as one of our errors."""
    what = f"{error.filename or 'output'}: {error.strerror or error}"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return NotPermitted(f"{what}; nothing was changed")
    if isinstance(error, FileNotFoundError):
        return NotFound(what)
    return CannotWrite(f"{what}; the output is not complete")


def _keep(error: BaseException) -> str:
    import tempfile
    import traceback

    handle, path = tempfile.mkstemp(prefix="tracker-bug-", suffix=".txt")
    with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
        file.writelines(traceback.format_exception(error))
    return path


def _end(message: str | None, code: int) -> None:
    if message is not None:
        output.problem(f"error: {message}")
    # What is still buffered for a closed pipe or a full disk would raise again at exit.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    with contextlib.suppress(OSError, ValueError, AttributeError):
        standard = sys.stdout.fileno()
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - no path
            os.dup2(nowhere.fileno(), standard)
    raise SystemExit(code)
