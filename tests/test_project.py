"""The project's own files: locks that anyone can install from, and that belong together."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.conftest import ROOT

LOCKS = ("run.txt", "build.txt", "dev.txt")


def lock(name: str) -> str:
    return (ROOT / "requirements" / name).read_text(encoding="utf-8")


def versions(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", lock(name), re.MULTILINE))


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    for line in lock(name).splitlines():
        assert "://" not in line
        assert "@ " not in line
        assert not re.match(r" *-(?!-hash=sha256:)", line)


@pytest.mark.parametrize("name", LOCKS)
def test_every_version_has_hashes(name: str) -> None:
    entries = re.split(r"^(?=\S)", lock(name).replace("\\\n", " "), flags=re.MULTILINE)
    packages = [entry for entry in entries if re.match(r"\w", entry)]
    assert packages
    assert [entry for entry in packages if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("name", ["run.txt", "build.txt"])
def test_the_small_locks_hold_versions_of_the_large_one(name: str) -> None:
    assert versions(name).items() <= versions("dev.txt").items()


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]

    def names(wanted: list[str]) -> set[str]:
        return {normal(match[0]) for each in wanted if (match := re.match(r"[\w.-]+", each))} - {project["name"]}

    assert names(project["dependencies"]) <= set(versions("run.txt"))
    assert names([each for extra in extras.values() for each in extra]) <= set(versions("dev.txt"))


def test_the_extra_all_is_all_extras() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["optional-dependencies"]
    named = re.search(r"\[(.*)\]", extras["all"][0])
    assert named
    assert set(named[1].split(",")) == set(extras) - {"all"}
