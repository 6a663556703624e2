"""The filters of `list`, which every command that selects items takes: declared once, added by a decorator."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, NamedTuple

import typer

from tracker.cli import options, output
from tracker.cli.layout import Layout, columns_of, order_of
from tracker.cli.state import State
from tracker.core.codes import Deliverable, Force
from tracker.core.selection import Selection
from tracker.core.status import Priority, Status, Timeliness
from tracker.errors import BadConfiguration, UsageError
from tracker.services.day import Day

GROUPS = ("secretariat", "body", "states", "others")

LISTS: dict[str, tuple[str, str, str]] = {
    "symbol": ("symbols", "SYMBOL", "Resolution, e.g. 28/2."),
    "body": ("bodies", "BODY", "HRC, GA, SC, ECOSOC ..."),
    "status": ("statuses", "STATUS", f"{', '.join(Status)}."),
    "timeliness": ("timeliness", "T", f"{', '.join(Timeliness)}."),
    "addressee": ("addressees", "CODE", "ohchr, secretary-general, states ..."),
    "group": ("groups", "GROUP", f"{', '.join(GROUPS)}."),
    "assignee": ("assignees", "NAME", "Colleague who follows it; '' for nobody."),
    "office": ("offices", "NAME", "Office in charge; '' for none."),
    "tag": ("tags", "WORD", "With this tag; '' for no tag."),
    "priority": ("priorities", "P", f"{', '.join(Priority)}; '' for none."),
    "force": ("forces", "FORCE", "request, urge, invite, decide ..."),
    "deliverable": ("deliverables", "D", "report, study, panel ...; '' for none."),
}
"""Options that may be repeated (one of the values) and negated (`!value`): field of the selection, metavar, help."""

_KNOWN: dict[str, tuple[str, ...]] = {
    "status": tuple(Status),
    "timeliness": tuple(Timeliness),
    "group": GROUPS,
    "priority": (*Priority, ""),
    "force": tuple(Force),
    "deliverable": (*Deliverable, ""),
}

_DAYS = {"due_before": "Due before this day.", "due_after": "Due after this day."}
_FLAGS = {
    "no_deadline": "Only items without a due date.",
    "to_check": "Only items that the reader was unsure of.",
    "recurring": "Only items that recur.",
}
FILTERS = (*LISTS, *_DAYS, *_FLAGS)

_LAYOUT: dict[str, tuple[Any, str, str]] = {
    "sort": (str, "NAME", "resolution, due, status, priority, assignee ...; -due: latest first."),
    "reverse": (bool, "", "Turn the order round."),
    "columns": (str, "A,B,C", "These columns, by their names in --json."),
    "limit": (int, "N", "At most so many rows."),
    "page": (int, "N", "The next rows: page 2, 3 ... of --limit rows."),
}
"""Options about how a list looks."""


class Wanted(NamedTuple):
    """The filters as they were typed; where one was not given, a view or the default filters may fill it in."""

    given: Mapping[str, Any]

    def of(self, state: State, names: Sequence[str] | None = None, *, defaults: bool = False) -> Wanted:
        """With the symbols and the view (`@mine`) of `names`; with the default filters where there is no view.

        An option of the command line takes the place of the same option of the view.
        """
        symbols = [name for name in names or () if not name.startswith("@")]
        named = [name for name in names or () if name.startswith("@")]
        if len(named) > 1:
            raise UsageError(f"{' '.join(named)}: one view at a time")
        given = {**self.given, "symbol": [*(self.given.get("symbol") or ()), *symbols] or None}
        saved: Mapping[str, Any] = {}
        if named:
            from tracker.cli import views

            saved = views.read(named[0])
        elif defaults and not given.get("all") and state.settings["default_filters"]:
            from tracker.cli import views

            saved = views.read_defaults(state)
            output.problem(f"with {state.settings['default_filters']} (default_filters); --all shows everything")
        filled = {name: value for name, value in saved.items() if not given.get(name)}
        return self._replace(given={**given, **filled})

    def narrowed(self, name: str, values: Sequence[str] | None) -> Wanted:
        """With `values` for the filter `name`, if there are any, whatever stood there."""
        return self._replace(given={**self.given, name: list(values)}) if values else self

    def selection(self, day: Day) -> Selection:
        """The filters as a selection. Raises UsageError for a value that cannot match anything."""
        return selection(self.given, day)

    def layout(self, order: str = "resolution", columns: Sequence[str] = (), rows: int = 0) -> Layout:
        """The options about the look. Raises UsageError with the names that are possible.

        `order` holds when none is given; `columns` are those that exist; `rows` is how many a terminal shows.
        """
        wanted = self.given.get("sort") or order
        reverse = bool(self.given.get("reverse")) is not wanted.startswith("-")
        limit, page = self.given.get("limit"), self.given.get("page") or 1
        if limit is None and rows and output.is_terminal():
            limit = rows
        if page > 1 and limit is None:
            raise UsageError("--page needs --limit N: how many rows a page has")
        chosen = tuple(filter(None, (name.strip() for name in (self.given.get("columns") or "").split(","))))
        return Layout(order_of(wanted), reverse, columns_of(chosen, columns), limit, page if limit else 1)


def selection(given: Mapping[str, Any], day: Day) -> Selection:
    """Filters by the names of their options as a selection. Raises UsageError for a value that cannot match."""
    for name, known in _KNOWN.items():
        for value in given.get(name) or ():
            if value.removeprefix("!") not in known:
                listed = ", ".join(one or "''" for one in known)
                raise UsageError(f"--{name} {value!r} is not one of {listed} (! before it for all others)")
    values: dict[str, Any] = {field: tuple(given.get(name) or ()) for name, (field, _, _) in LISTS.items()}
    for name in _DAYS:
        values[name] = options.parse_day(given.get(name), f"--{name.replace('_', '-')}")
    for name in _FLAGS:
        values[name] = bool(given.get(name))
    return Selection(**values, moment=day.moment if values["timeliness"] else None)


def is_empty(wanted: Selection) -> bool:
    """Whether the selection is that of all items."""
    return not any(wanted)


def parameters(*, where: Iterable[str] = (), layout: Iterable[str] = ()) -> dict[str, inspect.Parameter]:
    """The parameters of filters (and of the layout) as Typer reads them.

    `where`: those whose plain name the command uses for something else; they are called `--where-status` there.
    """
    found: dict[str, inspect.Parameter] = {}

    def add(name: str, kind: Any, metavar: str | None, text: str, default: Any = None) -> None:
        dashed = ("where-" if name in where else "") + name.replace("_", "-")
        hint = _hint(dashed, kind, metavar, text)
        found[name] = inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=hint)

    for name, (_, metavar, text) in LISTS.items():
        add(name, list[str], metavar, text)
    for name, text in _DAYS.items():
        add(name, str, "DATE", text)
    for name, text in _FLAGS.items():
        add(name, bool, None, text, default=False)
    for name in layout:
        kind, metavar, text = _LAYOUT[name]
        add(name, kind, metavar, text, default=False if kind is bool else None)
    return found


@functools.cache
def _hint(dashed: str, kind: Any, metavar: str | None, text: str) -> Any:
    """How Typer is told of one option; made once for all commands that have it, since making such types takes long."""
    least = {"min": 1} if kind is int else {}
    option = typer.Option(f"--{dashed}", metavar=metavar or None, help=text, **least)  # type: ignore[call-overload]
    return Annotated[kind if kind is bool else kind | None, option]


def filtered(
    *, where: Iterable[str] = (), layout: Iterable[str] = (), all_: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Gives a command the filters in the place of its parameter `wanted`, which gets them as `Wanted`.

    `all_` adds `--all`, for commands that start from the default filters.
    """
    added = parameters(where=where, layout=layout)
    if all_:
        everything = typer.Option("--all", help="Without the default filters.")
        added["all"] = inspect.Parameter(
            "all", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Annotated[bool, everything]
        )

    def decorate(function: Callable[..., None]) -> Callable[..., None]:
        own: list[inspect.Parameter] = []
        for parameter in inspect.signature(function, eval_str=True).parameters.values():
            if parameter.name == "wanted":
                own += [one.replace(name=f"filter_{name}") for name, one in added.items()]
            else:
                own.append(parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY))

        @functools.wraps(function)
        def run(**kwargs: Any) -> None:
            given = {name: kwargs.pop(f"filter_{name}", None) for name in added}
            function(**kwargs, wanted=Wanted(given))

        run.__signature__ = inspect.Signature(own)  # type: ignore[attr-defined]
        run.__annotations__ = {}  # Typer would evaluate those of the function too, again and again
        return run

    return decorate


def parse_words(words: Sequence[str], source: str) -> dict[str, Any]:
    """The options in `words`, as a view of the configuration holds them, checked like those of the command line.

    `source` names the file and the setting in errors. Raises BadConfiguration.
    """
    found: dict[str, Any] = {}
    app = typer.Typer(rich_markup_mode=None, add_completion=False)

    def take(**kwargs: Any) -> None:
        found.update(kwargs)

    looks = ("sort", "reverse", "columns", "limit")
    take.__signature__ = inspect.Signature(list(parameters(layout=looks).values()))  # type: ignore[attr-defined]
    take.__annotations__ = {}
    app.command(context_settings={"help_option_names": []})(take)
    try:
        typer.main.get_command(app).main(args=list(words), prog_name="view", standalone_mode=False)
        selection(found, Day(options.FIRST_DAY))
    except UsageError as error:
        raise BadConfiguration(f"{source}: {error}") from None
    except Exception as error:
        if not hasattr(error, "format_message"):
            raise
        raise BadConfiguration(f"{source}: {error.format_message()}") from None
    return {name: value for name, value in found.items() if value}
