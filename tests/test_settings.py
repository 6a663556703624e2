"""tracker config: values and where they came from; settings that take effect; no password is ever printed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.config import SETTINGS
from tracker.storage.target import without_password

FILE = """
due_soon_days = 45
actor = "Ana"
[views]
mine = "--assignee Ana --status '!implemented'"
late = { timeliness = "overdue", group = ["states", "body"] }
"""


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    file = tmp_path / "tracker.toml"
    file.write_text(FILE, encoding="utf-8")
    return {"TRACKER_CONFIG": str(file), "TRACKER_ACTOR": ""}


def test_each_setting_has_value_source_and_purpose(tracker: Tracker, env: dict[str, str]) -> None:
    rows = {row["setting"]: row for row in tracker.ok("config", "--json", env=env).json()}
    assert list(rows) == [*SETTINGS, "@mine", "@late"]
    file = f"file {env['TRACKER_CONFIG']}"
    assert (rows["due_soon_days"]["value"], rows["due_soon_days"]["source"]) == (45, file)
    assert (rows["submit_weeks"]["value"], rows["submit_weeks"]["source"]) == (10, "default")
    assert (rows["actor"]["value"], rows["actor"]["source"]) == ("Ana", file)
    assert rows["today"]["source"] == "environment TRACKER_TODAY"
    assert rows["@mine"]["value"] == "--assignee Ana --status !implemented"
    assert rows["@late"]["value"] == "--timeliness overdue --group states --group body"
    assert all(row["purpose"] for row in rows.values())
    option = tracker.ok("config", "database", "--database", "/x.sqlite3", "--json", env=env).json()
    assert (option["value"], option["source"]) == ("/x.sqlite3", "option")


def test_one_setting_is_its_value_in_a_pipe(tracker: Tracker, env: dict[str, str]) -> None:
    assert tracker.ok("config", "due_soon_days", env=env).out == "45\n"
    assert tracker.ok("config", "@mine", env=env).out == "--assignee Ana --status !implemented\n"
    wrong = tracker("config", "due_days", env=env)
    assert wrong.code == 2
    assert "due_soon_days" in wrong.err
    assert tracker("config", env={"TRACKER_TIME_ZONE": "Mars/Olympus"}).code == 78
    assert tracker.ok("config").lines()[0].split("\t") == ["setting", "value", "source", "purpose"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:s3cret@host/db", "postgres://me:s3cret@host:5432/db?sslmode=require",
        "postgresql://host/db?user=me&password=s3cret", "postgresql://me:s3/c@ret@host/db",
        "mysql://me:s3cret@host/db", "postgresql://:s3cret@host/db", "postgresql://host/db?sslpassword=s3cret&a=b",
        "postgresql://me:s3%zz@host/db",
    ],
)  # fmt: skip
def test_no_password_is_printed(tracker: Tracker, url: str) -> None:
    for command in (["config"], ["config", "--json"], ["config", "database"], ["list"], ["db", "status"]):
        result = tracker(*command, env={"TRACKER_DATABASE": url})
        assert "s3" not in result.out + result.err, command
    assert "me" in without_password(url) or "me:" not in url


def test_an_address_without_password_stays_as_it_is() -> None:
    for text in ("postgresql://me@host/db", "postgresql://host:5432/db", "/folder/a:b@c.sqlite3", "C:\\x"):
        assert without_password(text) == text


def test_the_actor_and_the_zone_take_effect(imported: Tracker) -> None:
    imported.ok("update", ":26", "--note", "x", env={"TRACKER_ACTOR": "Ana"})
    assert imported.ok("history", "--json").json()[0]["who"] == "Ana"
    assert "Pacific/Apia" in imported.ok("report", env={"TRACKER_TIME_ZONE": "Pacific/Apia"}).out
