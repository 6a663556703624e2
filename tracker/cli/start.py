"""The start of the program: loading it takes longer than most commands."""

from __future__ import annotations

import gc
import sys

_INTERRUPTED = 130


def main(argv: list[str] | None = None) -> None:
    """Loads the command line, runs it, and exits with its code."""
    # Loading Typer makes many objects and no garbage: looking for some in between takes a tenth of the start.
    gc.disable()
    try:
        from tracker.cli import app
        from tracker.cli.failures import interruptions

        interruptions.heed()
        gc.freeze()
        gc.enable()
        app.main(argv)
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)  # nothing was begun
