"""What tests share: places, and a PostgreSQL server of their own."""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.cli import Tracker
from tests.postgres import Server, find_programs, running_server

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
IN_CI = os.environ.get("CI") == "true"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`-m "not postgres"` leaves out all that needs the server, however deep the fixture lies."""
    for item in items:
        if "postgres_server" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.postgres)


def absent(reason: str) -> NoReturn:
    """Skip, but never where a skipped test would go unseen."""
    if IN_CI:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def example() -> Path:
    """The resolution that the project started from, as French text."""
    return ROOT / "examples" / "hrc-28-2.fr.txt"


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of labelled resolutions beside the project."""
    if not CORPUS.is_dir():
        absent("the labelled resolutions are not beside the project (../shared/corpus)")
    return CORPUS


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    programs = find_programs()
    if programs is None:
        absent("no PostgreSQL server programs (initdb, pg_ctl) on this machine")
    with running_server(programs) as server:
        yield server


NUMBERS = itertools.count(1)


@pytest.fixture
def postgres_url(postgres_server: Server) -> Iterator[str]:
    """The URL of an empty database of this test alone: `postgresql://user:password@127.0.0.1:port/name`."""
    name = f"test_{next(NUMBERS)}"
    postgres_server.execute(f"CREATE DATABASE {name}")
    yield postgres_server.url(name)
    postgres_server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    """The command line on an empty place for a database."""
    return Tracker(tmp_path / "tracker.sqlite3")


@pytest.fixture
def imported(tracker: Tracker, example: Path) -> Tracker:
    """The command line on a database that holds resolution 28/2."""
    tracker.ok("import", example)
    return tracker
