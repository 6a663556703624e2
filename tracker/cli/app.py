"""Finds the commands, runs one, and turns what goes wrong into a line and an exit code."""

from __future__ import annotations

import functools
import importlib
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
import typer.core
import typer.main

from tracker import __version__, config
from tracker.cli import output
from tracker.cli.failures import failing
from tracker.cli.state import State
from tracker.errors import UsageError

_COMMANDS = Path(__file__).resolve().parent / "commands"


@functools.cache
def command_names() -> tuple[str, ...]:
    """All commands, in the order of their files."""
    files = sorted(path.name for path in _COMMANDS.iterdir() if path.suffix == ".py" and path.name[0] != "_")
    return tuple(name.removesuffix(".py").rstrip("_").replace("_", "-") for name in files)


def build(names: Sequence[str]) -> typer.Typer:
    """The application with the commands `names` only: the start of one command pays for no other."""
    app = _without_commands()
    for name in names:
        module = _module(name)
        if hasattr(module, "app"):
            for registered in module.app.registered_commands:
                registered.callback = _guarded(registered.callback)
            app.add_typer(module.app, name=name)
        else:
            app.command(name, cls=getattr(module, "CLASS", None))(_guarded(module.command))
    return app


def _without_commands() -> typer.Typer:
    app = typer.Typer(
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_global_options)
    return app


def _module(name: str) -> Any:
    file = name.replace("-", "_")
    file = file if (_COMMANDS / f"{file}.py").exists() else f"{file}_"
    return importlib.import_module(f"tracker.cli.commands.{file}")


def _guarded(function: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(function)
    def run(*args: Any, **kwargs: Any) -> Any:
        with failing():
            _require_text(kwargs.values())
            function(*args, **kwargs)
            output.flush()

    return run


def _require_text(values: Iterable[Any]) -> None:
    """Raises UsageError for an argument in another encoding than UTF-8; only names of files may be anything."""
    for value in values:
        for word in value if isinstance(value, list) else (value,):
            if isinstance(word, str) and not config.is_text(word):
                raise UsageError(f"“{word}” is not text in UTF-8; nothing was changed")


def _version(wanted: bool) -> None:
    if wanted:
        output.line(f"tracker {__version__}")
        raise typer.Exit


def _global_options(
    context: typer.Context,
    database: Annotated[
        str | None,
        typer.Option("--database", metavar="URL|PATH", help="SQLite file or postgresql:// address (TRACKER_DATABASE)."),
    ] = None,
    version: Annotated[  # noqa: ARG001 - the callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Turn the requests of United Nations resolutions into tracked items with deadlines.

    tracker import resolution.txt; tracker overdue; tracker update 28/2:26 --status implemented
    --evidence A/HRC/31/81; tracker report -o progress.md
    """
    context.obj = State(database, context.obj or ())


def _hoisted(args: list[str]) -> tuple[list[str], list[str]]:
    """(`--database X`, all other words): it may stand anywhere in the command line."""
    found: list[str] = []
    rest: list[str] = []
    words = iter(args)
    for word in words:
        if word == "--":
            rest += [word, *words]
        elif word == "--database":
            found += [word, *[value for value in [next(words, None)] if value is not None]]
        elif word.startswith("--database="):
            found.append(word)
        else:
            rest.append(word)
    return found, rest


def main(argv: list[str] | None = None) -> None:
    """Runs the command line and exits with its code."""
    database, words = _hoisted(sys.argv[1:] if argv is None else argv)
    names = command_names()
    wanted = [name for name in names if name in words]
    completing = any(name.endswith("_COMPLETE") and name.startswith("_") for name in os.environ)
    with failing():
        output.prepare()
        if completing:
            command = _parser(names)
        elif not wanted or words[0] in {"-h", "--help"}:
            command = _overview()
        else:
            command = _parser(tuple(wanted))
        command(args=database + words, prog_name="tracker", obj=words)


@functools.cache
def _parser(names: tuple[str, ...]) -> Any:
    """What reads the command line; made once in a process, since that takes longer than most commands."""
    return typer.main.get_command(build(names))


@functools.cache
def _overview() -> Any:
    """What answers where no command is named: it tells what each command is for, and knows none of their options.

    To read the declarations of all options too would take half as long again.
    """
    group: Any = typer.main.get_command(_without_commands())
    modules = {name: _module(name) for name in command_names()}
    for name, module in sorted(modules.items(), key=lambda one: hasattr(one[1], "app")):  # as Typer does: groups last
        text = module.app.info.help if hasattr(module, "app") else module.command.__doc__
        group.add_command(typer.core.TyperCommand(name, help=inspect.cleandoc(text), rich_markup_mode=None))
    return group
