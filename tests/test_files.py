"""Files that commands write: whole or not at all; links and pipes stay what they are."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli import Tracker
from tracker.errors import CannotWrite
from tracker.reports.files import require_writable, whole_file, write_whole

unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def _half() -> Iterator[bytes]:
    yield b"half of it"
    raise OSError(28, "disk full")


def test_another_file_takes_its_place_only_when_all_is_written(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("old")
    with pytest.raises(CannotWrite, match="disk full"), whole_file(path, force=True) as file:
        file.writelines(_half())
    assert path.read_text() == "old"
    write_whole(path, b"new", force=True)
    assert path.read_text() == "new"
    assert [entry.name for entry in tmp_path.iterdir()] == ["report.csv"]


@unix
@pytest.mark.parametrize("there", [True, False])
def test_link_stays_and_its_file_is_written(tmp_path: Path, there: bool) -> None:
    (tmp_path / "archive").mkdir()
    target, link = tmp_path / "archive" / "report.csv", tmp_path / "latest.csv"
    if there:
        target.write_text("old")
    link.symlink_to(target)
    write_whole(link, b"new", force=there)
    assert link.is_symlink()
    assert target.read_text() == "new"


@unix
def test_link_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    link = tmp_path / "latest.csv"
    link.symlink_to(tmp_path / "none" / "report.csv")
    with pytest.raises(CannotWrite, match="there is no folder"):
        require_writable(link)
    assert link.is_symlink()


@unix
def test_pipe_gets_all_and_stays_a_pipe(tmp_path: Path) -> None:
    """`--report >(cat)` and `-o /dev/stdout`: neither is replaced by a file, and no --force is needed."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, b"new")
        assert os.read(reader, 100) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@unix
def test_report_of_an_import_may_go_to_a_pipe(tracker: Tracker, tmp_path: Path) -> None:
    pipe, text = tmp_path / "pipe", tmp_path / "empty.txt"
    text.write_text("")
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        assert tracker("import", text, "--report", pipe).code == 65
        assert b"the file is empty" in os.read(reader, 1000)
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_folder_that_may_not_be_written_is_told_before_the_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root, as which tests may run, may write anywhere: what the system would answer others is put in its place."""
    monkeypatch.setattr(os, "access", lambda path, mode: not (path == tmp_path and mode & os.W_OK))
    with pytest.raises(CannotWrite, match="no permission to write in"):
        require_writable(tmp_path / "report.csv")
