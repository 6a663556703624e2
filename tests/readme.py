"""Runs the examples of README as a person would, in a terminal of 80 columns.

`python -m tests.readme` writes what they print into README.md; `tests/test_readme.py` fails when that differs.
"""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
TODAY = "2026-11-24"

_BLOCK = re.compile(r"(?<=^```console\n).*?(?=^```$)", re.MULTILINE | re.DOTALL)
_SIZE = ("stty", "cols", "80", "rows", "50")


def blocks(text: str) -> list[str]:
    """The console examples of a page."""
    return _BLOCK.findall(text)


def commands(block: str) -> list[str]:
    """The lines that a person types in an example."""
    return [line[2:] for line in block.splitlines() if line.startswith("$ ")]


def in_terminal(command: str, folder: Path, typed: str = "") -> str:
    """What `command` prints on a terminal of 80 columns, without colours, when somebody types `typed`."""
    keeper, terminal = pty.openpty()
    subprocess.run(_SIZE, stdin=terminal, check=True)
    os.write(keeper, typed.encode())
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "TRACKER_DATABASE": str(folder / "tracker.sqlite3"),
        "TRACKER_TODAY": TODAY,
        "TRACKER_ACTOR": "officer",
        "TRACKER_CONFIG": "",
        "TRACKER_TIME_ZONE": "UTC",
        "NO_COLOR": "1",
        "COLUMNS": "80",
    }
    with subprocess.Popen(
        ["sh", "-c", command], stdin=terminal, stdout=terminal, stderr=terminal, cwd=folder, env=environment
    ):
        os.close(terminal)
        printed = b""
        while True:
            ready, _, _ = select.select([keeper], [], [], 60)
            try:
                piece = os.read(keeper, 65536) if ready else b""
            except OSError:  # the terminal is gone with its last process
                break
            if not piece:
                break
            printed += piece
    os.close(keeper)
    return printed.decode("utf-8").replace("\r\n", "\n")


def run(text: str) -> str:
    """`text` with the output of its examples as it is now, all run in order in one new folder."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "examples").symlink_to(ROOT / "examples")

        def filled(match: re.Match[str]) -> str:
            return "".join(f"$ {command}\n{in_terminal(command, folder)}" for command in commands(match[0]))

        return _BLOCK.sub(filled, text)


if __name__ == "__main__":
    README.write_text(run(README.read_text(encoding="utf-8")), encoding="utf-8")
