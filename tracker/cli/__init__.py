"""The command line: `main` is the entry point of the `tracker` script."""

from tracker.cli.start import main

__all__ = ["main"]
