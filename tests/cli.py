"""Running the command line inside the test process: fast, with its own output, exit code and day."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tracker.cli.app import main

TODAY = "2026-11-24"

PROGRAM = str(Path(sys.executable).parent / "tracker")
"""For tests that need a process of its own."""


@dataclass(frozen=True)
class Result:
    """What one command printed, and its exit code."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)

    def lines(self) -> list[str]:
        """Standard output line by line."""
        return self.out.splitlines()


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables for one command; nothing else is copied, since a machine of states gives thousands of them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Tracker:
    """`tracker` on one database: `tracker("list", "--json")`."""

    def __init__(self, database: str | Path) -> None:
        self.database = str(database)

    def __call__(self, *args: str | Path, today: str = TODAY, env: Mapping[str, str] | None = None) -> Result:
        out, err = io.StringIO(), io.StringIO()
        environment = {
            "TRACKER_DATABASE": self.database,
            "TRACKER_TODAY": today,
            "TRACKER_ACTOR": "officer",
            "TRACKER_CONFIG": "",
            **(env or {}),
        }
        code = 0
        with (
            _environment(environment),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                main([str(arg) for arg in args])
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else int(end.code is not None)
        return Result(code, out.getvalue(), err.getvalue())

    def ok(self, *args: str | Path, today: str = TODAY, env: Mapping[str, str] | None = None) -> Result:
        """Runs a command that must succeed."""
        result = self(*args, today=today, env=env)
        assert result.code == 0, result.err
        return result
