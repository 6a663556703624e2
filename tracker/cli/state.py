"""What all commands share in one run: settings, database, day and person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property

from tracker import config
from tracker.core.dates import moment_of
from tracker.services.act import Act
from tracker.storage.target import Target, parse_target


class State:
    """Made once by the global options and handed to the command as the context's object.

    `words` are those of the command line without the database, whose address may hold a password.
    """

    def __init__(self, database: str | None = None, words: Sequence[str] = ()) -> None:
        self._database = database
        self._words = tuple(words)

    @cached_property
    def settings(self) -> config.Settings:
        """Option > environment > file > default."""
        return config.load({"database": self._database})

    @cached_property
    def target(self) -> Target:
        """The database."""
        named = self.settings.value("database")
        return parse_target(named.value)._replace(usual=named.source == "default")

    @cached_property
    def today(self) -> date:
        """The day it is in the configured zone, read once."""
        return self.settings.moment()[1]

    @property
    def zone(self) -> str:
        """Name of the zone that decides what day it is."""
        return self.settings["time_zone"] or str(self.settings.moment()[0].tzname())

    def local(self, recorded: str) -> str:
        """A time that was recorded in UTC (ISO text), to the minute in the configured zone."""
        moment = self.settings.local(moment_of(recorded))
        return moment.isoformat(" ", "minutes")[:16]

    def act(self, by: str | None = None) -> Act:
        """This command as an act of one person."""
        import shlex

        now, today = self.settings.moment()
        command = shlex.join(["tracker", *self._words]).encode("utf-8", "backslashreplace").decode("utf-8")
        return Act(now=now, today=today, actor=by or self.settings["actor"], command=command)
