"""README prints what the program prints, names every command, and is run from beginning to end."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli import Tracker
from tests.readme import README, blocks, commands, run
from tracker.cli.app import command_names


def test_examples_print_what_readme_says() -> None:
    text = README.read_text(encoding="utf-8")
    assert sum(len(commands(block)) for block in blocks(text)) >= 8
    assert run(text) == text, "run `make readme` and read what changed"


@pytest.mark.parametrize("name", command_names())
def test_every_command_is_in_readme(name: str) -> None:
    assert re.search(rf"`tracker {name}[ `]", README.read_text(encoding="utf-8"))


def helped(name: str) -> list[str]:
    """A command and, of a group, its commands: `sessions set`."""
    text = Tracker("unused")(name, "--help").out
    inner = re.findall(r"^  ([a-z]+)  ", text.partition("Commands:")[2], re.MULTILINE)
    return [f"{name} {one}" for one in inner] or [name]


@pytest.fixture
def office(tracker: Tracker, example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tracker:
    """A database with one resolution and something undone, and the files that examples name."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "examples").mkdir()
    shutil.copy(example, "examples")
    tracker.ok("import", "examples/hrc-28-2.fr.txt")
    tracker.ok("update", "28/2:16", "--note", "called")
    tracker.ok("undo", "--yes")
    tracker.ok("export", "-o", "tracker.json")
    Path("calendar.csv").write_text("body,session,opens,closes\nHRC,64,2027-03-01,2027-04-02\n", encoding="utf-8")
    return tracker


@pytest.mark.parametrize("name", [one for name in command_names() for one in helped(name)])
def test_every_command_has_help_with_an_example_that_works(office: Tracker, name: str) -> None:
    help_text = office.ok(*name.split(), "--help").out
    example = re.search(r"Example: (tracker\s.+?)\n\n", help_text, re.DOTALL)
    assert example, f"`tracker {name} --help` has no example"
    words = shlex.split(" ".join(example[1].split()))
    if words[-1] == "tracker.json" and "export" in words:
        Path("tracker.json").unlink()
    assert name in " ".join(words)
    result = office(*words[1:])
    # With --check a command says by 1 that there is something.
    assert result.code in {0, int("--check" in words)}, result.err
    assert result.out or result.err
