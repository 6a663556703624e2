"""The command line: `main` is the entry point of the `tracker` script."""

from tracker.cli.app import main

__all__ = ["main"]
