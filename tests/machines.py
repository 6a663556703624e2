"""State machines that drive the command line: each step is one command, and after it everything is compared."""

from __future__ import annotations

import functools
import gc
import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test

from tests.cli import Result, Tracker
from tests.model import DONE, Model
from tracker.services import batch
from tracker.services.documents import resolutions_in
from tracker.services.worker import Outcome

STEPS = 30
SHRINK = (Phase.generate, Phase.shrink) if os.environ.get("TRACKER_SHRINK") else (Phase.generate,)
"""A run that fails comes again with the same seed; to make it shorter takes minutes."""
PLACES_OF_DATA = "one.sqlite3", "other.sqlite3"
"""The same two files in all runs: what SQLAlchemy has compiled it keeps by database."""


class CommandLine(RuleBasedStateMachine):
    """One database, and the commands that are given to it."""

    folder: Path
    prepared: Path
    model: Model
    whole_runs: int
    steps = 0

    def __init__(self) -> None:
        super().__init__()
        self.turns = itertools.count()
        self.tracker, self.other = (Tracker(self.folder / name) for name in PLACES_OF_DATA)
        shutil.copy(self.prepared, self.tracker.database)

    def check_invariants(self, *args: Any) -> None:
        """Comes once before the first step and after each."""
        self.steps += 1
        super().check_invariants(*args)

    def teardown(self) -> None:
        type(self).whole_runs += self.steps == STEPS + 1
        Path(self.tracker.database).unlink()
        gc.collect(0)

    def compare(self) -> None:
        raise NotImplementedError

    def run(self, code: int, *args: str | Path, by: str | None = None) -> Result:
        """One command, which must end like the model said; then everything is compared."""
        before = Path(self.tracker.database).read_bytes()
        result = self.tracker(*args, *(["--by", by] if by else []), today=self.model.today.isoformat())
        assert result.code == code, (args, result)
        if code != DONE:
            assert len(result.err.splitlines()) == 1, result.err
            assert Path(self.tracker.database).read_bytes() == before
        elif Path(self.tracker.database).read_bytes() != before:
            self.compare()
        return result

    def ask(self, *args: str) -> Result:
        """A command that reads, as JSON."""
        return self.tracker(*args, "--json", today=self.model.today.isoformat())

    def compare_history(self) -> None:
        """Each event of each command, and who undid what when; how an undo says it is its own affair."""
        rows = self.ask("history").json()
        names = ("operation", "who", "ref", "field", "old", "new", "holds_on")
        found = [tuple(row[name] for name in names) for row in rows if row["undoes"] is None]
        expected = [
            (op.number, op.actor, event.ref, event.field, event.old, event.new, event.day.isoformat())
            for op in self.model.operations
            for event in op.events
            if op.undoes is None
        ]
        assert sorted(map(str, found)) == sorted(map(str, expected))
        undone = {(row["operation"], row["who"], row["undoes"]) for row in rows if row["undoes"]}
        assert undone <= {(op.number, op.actor, op.undoes) for op in self.model.operations}

    def reload(self) -> None:
        """Everything goes out and into an empty database, from which it comes out the same."""
        file = self.folder / "out.json"
        shutil.copy(self.prepared, self.other.database)
        self.tracker.ok("export", "-o", file, "--force")
        self.other.ok("import-data", file)
        assert self.other.ok("export").out.encode() == file.read_bytes()
        Path(self.tracker.database).unlink()
        self.tracker, self.other = self.other, self.tracker
        self.compare()


_read = functools.cache(resolutions_in)


def _remembered(work: functools.partial[Any], paths: Sequence[Path], _: int | None) -> Iterator[Outcome[Any]]:
    """In place of `batch.run`: the same few texts are read once, and in this process."""
    return (Outcome(path, _read(path, **work.keywords)) for path in paths)


def drive(kind: type[CommandLine], *, part: int, runs: int, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`runs` whole runs of a machine; the same `part` gives the same runs."""
    prepared = folder / "prepared.sqlite3"
    if not prepared.exists():
        Tracker(prepared).ok("db", "upgrade")
    # Reading the same few texts again and again is not what is tested here.
    monkeypatch.setattr(batch, "run", _remembered)
    machine: Any = seed(part)(type(kind.__name__, (kind,), {"folder": folder, "prepared": prepared, "whole_runs": 0}))
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=runs, stateful_step_count=STEPS, deadline=None, database=None,
            phases=SHRINK, print_blob=True, suppress_health_check=list(HealthCheck),
        ),
        # Else many are copies of earlier runs, cut off where hypothesis changed one.
        _min_steps=STEPS,
    )  # fmt: skip
    assert machine.whole_runs >= runs


@pytest.fixture
def rare_collection() -> Iterator[None]:
    """Garbage is collected after each run, not in between: a command leaves little."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """Where there is no disk, if such a place is: nothing has to survive here."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of its own in it
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)
