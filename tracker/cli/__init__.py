"""The command line: `main` is the entry point of the `tracker` script."""

import gc

# Loading Typer makes many objects and no garbage: looking for some in between takes a tenth of the start of a command.
gc.disable()

from tracker.cli.app import main  # noqa: E402

gc.freeze()
gc.enable()

__all__ = ["main"]
