"""`tracker --help` is drawn without the options of the commands, and looks as if they were there."""

from __future__ import annotations

import pytest

from tests.cli import Tracker
from tracker.cli import app


def drawn_by_everything(capsys: pytest.CaptureFixture[str]) -> str:
    """The same help from the program that knows all options."""
    app._parser(app.command_names()).main(args=["--help"], prog_name="tracker", standalone_mode=False)
    return capsys.readouterr().out


@pytest.mark.parametrize("width", ["60", "80", "120"])
@pytest.mark.parametrize("words", [["--help"], ["-h"], ["--help", "list"]])
def test_the_list_of_commands_is_that_of_the_whole_program(
    tracker: Tracker, words: list[str], width: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    shown = tracker.ok(*words).out
    assert shown == drawn_by_everything(capsys)
    assert [line.split()[0] for line in shown.partition("Commands:\n")[2].splitlines() if line[2:3].strip()] == [
        *[name for name in app.command_names() if name not in {"db", "sessions"}], "db", "sessions"
    ]  # fmt: skip
    assert max(map(len, shown.splitlines())) <= int(width)


def test_help_holds_no_option_of_a_command() -> None:
    assert not any(command.params for command in app._overview().commands.values())


def test_without_words_the_commands_are_listed(tracker: Tracker) -> None:
    result = tracker()
    assert (result.code, result.out + result.err) == (2, tracker.ok("--help").out)


def test_an_unknown_command_is_told_with_near_ones(tracker: Tracker) -> None:
    result = tracker("lst", "--json")
    assert (result.code, result.out) == (2, "")
    assert "No such command 'lst'. Did you mean 'list'?" in result.err
