"""README prints what the program prints, names every command, and is run from beginning to end."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_with_an_example(tracker: Tracker, name: str) -> None:
    help_text = tracker.ok(name, "--help").out
    if "COMMAND [ARGS]" in help_text:
        assert "Commands:" in help_text
    else:
        assert re.search(r"Example: tracker\s", help_text), f"`tracker {name} --help` has no example"
