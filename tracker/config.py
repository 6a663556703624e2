"""Settings: option > environment > tracker.toml > default; each knows where its value came from."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from pathlib import Path
from typing import Any, NamedTuple

from tracker.core.dates import start_of
from tracker.errors import BadConfiguration


class Known(NamedTuple):
    """A setting that the program knows: its type, what it is for, and its default as text."""

    kind: type
    purpose: str
    default: str


SETTINGS: dict[str, Known] = {
    "database": Known(
        str, "path of the SQLite file, or postgresql:// address", "tracker.sqlite3 in the user's data folder"
    ),
    "actor": Known(str, "name under which changes are recorded", "login name"),
    "time_zone": Known(str, "zone that decides what day it is", "the system's"),
    "today": Known(str, "take this day for today (rehearsals, tests)", "the clock's"),
    "due_soon_days": Known(int, "days before the due date from which an item is due soon", "30"),
    "silent_days": Known(int, "days without information after which `next` names an open item", "90"),
    "series_months": Known(int, "months ahead for which the occurrences of a series are shown", "24"),
    "submit_weeks": Known(int, "weeks before a session by which a document is submitted", "10"),
    "issue_weeks": Known(int, "weeks before a session by which a document is issued", "6"),
    "page_rows": Known(int, "rows of a list that a terminal shows at once; 0: all", "100"),
    "default_filters": Known(str, "options of `list` that list, overdue, next and search start from", "none"),
    "templates": Known(str, "folder with report templates of your own", "templates in the user's configuration folder"),
}


_PATHS = ("database", "templates")
"""Settings that name files, which may be in any encoding."""

_MOST = 36_500
"""Days of a century: more would lead out of the calendar."""


class Value(NamedTuple):
    """The value of a setting and where it came from: `option`, `environment`, a file name, or `default`."""

    value: Any
    source: str


def is_text(value: str) -> bool:
    """Whether all of `value` was UTF-8: other bytes of arguments and of the environment are surrogates here."""
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


class Settings:
    """All settings of one run."""

    def __init__(self, given: Mapping[str, Value]) -> None:
        self._given = given

    def __getitem__(self, name: str) -> Any:
        return self.value(name).value

    def value(self, name: str) -> Value:
        """The value of a setting and its source; a default is found out when it is asked for."""
        return self._given.get(name) or Value(_default(name, SETTINGS[name]), "default")

    def items(self) -> list[tuple[str, Value]]:
        """Each setting with its value and source, in a fixed order."""
        return [(name, self.value(name)) for name in SETTINGS]

    @property
    def zone(self) -> tzinfo | None:
        """The configured zone; None is that of the system. Raises BadConfiguration for one that there is not."""
        return _zone(self["time_zone"]) if self["time_zone"] else None

    def moment(self) -> tuple[datetime, date]:
        """Now, with its zone, and the day it is in the configured zone: read once in a run.

        Raises BadConfiguration for an unknown zone or a `today` that is no date.
        """
        now = datetime.now(UTC).astimezone(self.zone)
        if not self["today"]:
            return now, now.date()
        try:
            # A rehearsal happens at noon of its day, so that the same rehearsal leaves the same traces.
            today = date.fromisoformat(self["today"])
            return now.replace(today.year, today.month, today.day, 12, 0, 0, 0), today
        except ValueError:
            raise BadConfiguration(f"setting today: {self['today']!r} is not a date like 2015-09-13") from None

    def local(self, moment: datetime) -> datetime:
        """A moment with its zone, in the configured zone."""
        return moment.astimezone(self.zone)

    def start_of(self, day: date) -> datetime:
        """The moment at which `day` begins in the configured zone."""
        return start_of(day, self.zone)


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadConfiguration(f"setting time_zone: {name!r} is not a known zone, such as Europe/Zurich") from None


def load(options: Mapping[str, Any] | None = None, environment: Mapping[str, str] | None = None) -> Settings:
    """Reads all settings. Raises BadConfiguration for an unknown key or a value of the wrong type."""
    environment = os.environ if environment is None else environment
    path = file_in_use(environment)
    from_file = _read(path) if path else {}
    values = {}
    for name, known in SETTINGS.items():
        variable = f"TRACKER_{name.upper()}"
        if (options or {}).get(name) is not None:
            values[name] = Value(_typed(name, known, (options or {})[name], "option"), "option")
        elif environment.get(variable):
            values[name] = Value(_typed(name, known, environment[variable], variable), f"environment {variable}")
        elif name in from_file:
            values[name] = Value(_typed(name, known, from_file[name], str(path)), f"file {path}")
    return Settings(values)


def table(name: str, environment: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The table `[name]` of tracker.toml as it stands there; empty where there is none. Raises BadConfiguration."""
    path = file_in_use(environment)
    found = _read(path).get(name, {}) if path else {}
    if not isinstance(found, dict):
        raise BadConfiguration(f"{path}: {name} is not a table; write [{name}]")
    return found


def _default(name: str, known: Known) -> Any:
    if name == "database":
        return str(own_folder("data") / "tracker.sqlite3")
    if name == "actor":
        return _login()
    if name == "templates":
        return str(own_folder("config") / "templates")
    return int(known.default) if known.kind is int else ""


def own_folder(kind: str) -> Path:
    """The user's folder for `data` or `config` of this program, where the system wants it."""
    if sys.platform == "linux":
        # The answer of platformdirs, without the 6 ms that loading it takes: every command asks.
        variable, usual = {"data": ("XDG_DATA_HOME", ".local/share"), "config": ("XDG_CONFIG_HOME", ".config")}[kind]
        named = Path(os.environ.get(variable, "").strip())
        folder = (named if named.is_absolute() else Path("~", usual).expanduser()) / "tracker"
    else:
        import platformdirs

        ask = platformdirs.user_data_dir if kind == "data" else platformdirs.user_config_dir
        folder = Path(ask("tracker", appauthor=False))
    return folder


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "unknown"


def _typed(name: str, known: Known, value: Any, source: str) -> Any:
    if known.kind is str and isinstance(value, str):
        if name in _PATHS or is_text(value):
            return value
        raise BadConfiguration(f"setting {name} ({source}): “{value}” is not text in UTF-8")
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if known.kind is int and not isinstance(value, bool) and 0 <= number <= _MOST:
        return number
    wanted = f"a whole number up to {_MOST}" if known.kind is int else "a text"
    raise BadConfiguration(f"setting {name} ({source}): {value!r} is not {wanted}")


def file_in_use(environment: Mapping[str, str] | None = None) -> Path | None:
    """The file with the settings, if there is one.

    `TRACKER_CONFIG`, else tracker.toml in this folder, else in the user's configuration folder.
    """
    environment = os.environ if environment is None else environment
    if named := environment.get("TRACKER_CONFIG"):
        if not Path(named).is_file():
            raise BadConfiguration(f"TRACKER_CONFIG: there is no file {named}")
        return Path(named)
    here = Path("tracker.toml")
    if here.is_file():
        return here
    own = own_folder("config") / "tracker.toml"
    return own if own.is_file() else None


def _read(path: Path) -> dict[str, Any]:
    import tomllib

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as mistake:
        raise BadConfiguration(f"{path}: {mistake}") from None
    unknown = sorted(set(found) - set(SETTINGS) - {"views", "smtp"})
    if unknown:
        raise BadConfiguration(f"{path}: unknown setting {unknown[0]!r}; known: {', '.join(SETTINGS)}")
    return found
