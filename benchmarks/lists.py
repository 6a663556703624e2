"""How first pages of lists take their time on many items: each against the same page of a hundredth of them.

    .venv/bin/python -m benchmarks.lists [--check] [--rounds N]

Both databases hold copies of two resolutions, made by SQL with other symbols, dates and statuses: every word of a
search stands in each of them, the worst that can be looked for, and one item in seventeen comes back every ninety days.
The commands run in turns, and the least of the rounds counts.
`--check` exits 1 when a page of the large database takes more than 1.5 times that of the small one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.copies import TABLES, multiply, opened
from benchmarks.run import EXAMPLE, PROGRAM, Result, run

SMALL, LARGE = 1_000, 100_000
BAR = 1.5
TODAY = "2026-11-24"
COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list", "--limit", "50"),
    "list --sort due": ("list", "--sort", "due", "--limit", "50"),
    "list --status": ("list", "--status", "!implemented", "--group", "secretariat", "--limit", "50"),
    "overdue": ("overdue", "--limit", "50"),
    "overdue in 2027": ("overdue", "--as-of", "2027-12-31", "--limit", "50"),
    "next": ("next", "--limit", "20"),
    "show REF": ("show", "A/HRC/RES/1007/2:26"),
    "show SYMBOL": ("show", "1007/2"),
    "show REF of a series": ("show", "1007/9:1"),
    "search": ("search", "reunion", "debat", "--limit", "10"),
    "search, two words of most paragraphs": ("search", '"droits de l’homme"', "--limit", "10"),
    "search --status": ("search", "reunion", "--status", "!implemented", "--limit", "10"),
}

SERIES = """Resolution adopted by the Human Rights Council on 24 March 2016

31/9. Keeping of promises

The Human Rights Council,

Recalling its earlier resolutions on the matter,

1. Requests the Office of the High Commissioner to inform States every ninety days of the keeping of promises;

2. Invites States to share their experience;

3. Encourages non-governmental organizations to take part in this work.

62nd meeting
24 March 2016
"""
"""What comes back: counted from its adoption, on another day in each copy."""

_COPIED = (*TABLES, "search_entries")


def _later(day: str) -> str:
    return f"date({day}, '+' || (k % 4000) || ' days')"


_OTHER = {
    ("resolutions", "session"): "1000 + k",
    ("resolutions", "adopted_on"): _later("adopted_on"),
    ("items", "status"): "CASE WHEN k % 3 = 0 AND recurrence IS NULL THEN 'implemented' ELSE status END",
    (
        "items",
        "place",
    ): f"CASE WHEN series_id IS NULL THEN place ELSE paragraph || '@' || {_later('occurrence_on')} END",
    **{("items", name): _later(name) for name in ("due_on", "first_due_on", "known_on", "occurrence_on")},
    ("deadlines", "due_on"): _later("due_on"),
}


def fill(path: Path, items: int, env: dict[str, str]) -> int:
    """Makes a database of about `items` items, series among them; returns how many there are."""
    env = {**env, "TRACKER_DATABASE": str(path)}
    run(PROGRAM, "import", EXAMPLE, env=env)
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.write(SERIES)
        file.flush()
        run(PROGRAM, "import", file.name, env=env)
    run(PROGRAM, "update", "31/9:1@2016-06-22", "--status", "implemented", "--note", "sent", env=env)
    with contextlib.closing(opened(path)) as connection:
        found = multiply(connection, items, _OTHER, _COPIED)
        connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10, help="how often each command is measured")
    parser.add_argument("--check", action="store_true", help="exit 1 when the bar is missed")
    parser.add_argument("--keep", type=Path, help="a folder for the databases, used again when they are there")
    args = parser.parse_args()
    folder = args.keep or Path(tempfile.mkdtemp())
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TRACKER_"))}
    env["TRACKER_TODAY"] = TODAY
    try:
        files = [folder / f"{items}.sqlite3" for items in (SMALL, LARGE)]
        counts = [SMALL, LARGE]
        for at, file in enumerate(files):
            if not file.exists():
                counts[at] = fill(file, counts[at], env)
        print(f"first pages, {counts[1]} items against {counts[0]}")
        missed = False
        for name, command in COMMANDS.items():
            times: list[list[float]] = [[], []]
            for _ in range(args.rounds):
                for at, file in enumerate(files):
                    times[at].append(run(PROGRAM, *command, env={**env, "TRACKER_DATABASE": str(file)}).core)
            small, large = min(times[0]), min(times[1])
            result = Result(name, large / small, BAR, "x the small one")
            verdict = "ok" if result.reached else "MISSED"
            print(f"{name:40} {large * 1000:6.0f} ms {result.value:6.2f} <= {BAR}  {result.unit} {verdict}", flush=True)
            missed = missed or not result.reached
    finally:
        if args.keep is None:
            shutil.rmtree(folder)
    sys.exit(1 if missed and args.check else 0)


if __name__ == "__main__":
    main()
