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

INTERRUPTED, BROKEN_PIPE, TERMINATED, BUG = 130, 141, 143, 70


class _Terminated(KeyboardInterrupt):
    """The process was asked to end."""


def heed_termination() -> None:
    """From now on SIGTERM interrupts like Ctrl-C: what was begun is taken back, and no temporary file stays."""
    with contextlib.suppress(ValueError):  # not in the main thread
        if signal.getsignal(signal.SIGTERM) == signal.SIG_DFL:
            signal.signal(signal.SIGTERM, _terminate)


def _terminate(*_: object) -> None:
    raise _Terminated


@contextlib.contextmanager
def failing() -> Iterator[None]:
    """Runs a command; whatever goes wrong ends the process with one clear line."""
    try:
        yield
    except (typer.Exit, SystemExit):
        raise
    except typer.Abort:  # Ctrl-C or the end of the input at a question
        _end("no answer; nothing was changed", INTERRUPTED)
    except TrackerError as error:
        _end(str(error), error.exit_code)
    except BrokenPipeError:
        _end(None, BROKEN_PIPE)
    except KeyboardInterrupt as stop:
        code = TERMINATED if isinstance(stop, _Terminated) else INTERRUPTED
        _end("interrupted; what was not finished was not stored", code)
    except OSError as error:
        known = _of_system(error)
        _end(str(known), known.exit_code)
    except MemoryError:
        _end("not enough memory for this file; nothing was stored", BUG)
    except Exception as error:
        if _usage(error):
            raise
        _end(f"a bug in tracker ({type(error).__name__}: {error}); please report it with {_keep(error)}", BUG)


def _usage(error: Exception) -> bool:
    """Errors of the command line are the parser's own: it shows them."""
    return hasattr(error, "format_message") and hasattr(error, "exit_code")


def _of_system(error: OSError) -> TrackerError:
    what = f"{error.filename or 'output'}: {error.strerror or error}"
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return NotPermitted(f"{what}; nothing was changed")
    if isinstance(error, FileNotFoundError):
        return NotFound(what)
    return CannotWrite(f"{what}; the output is not complete")


def _keep(error: Exception) -> str:
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
