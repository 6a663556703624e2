"""How first pages of lists take their time on many items: each against the same page of a hundredth of them.

    .venv/bin/python -m benchmarks.lists [--check] [--rounds N]

Both databases hold copies of one resolution, made by SQL with other symbols, dates and statuses: every word of a search
stands in each of them, the worst that can be looked for. The commands run in turns, and the least of the rounds counts.
`--check` exits 1 when a page of the large database takes more than 1.5 times that of the small one.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

from benchmarks.run import EXAMPLE, PROGRAM, Result, run

SMALL, LARGE = 1_000, 100_000
BAR = 1.5
TODAY = "2026-11-24"
COMMANDS: dict[str, tuple[str, ...]] = {
    "list": ("list", "--limit", "50"),
    "list --sort due": ("list", "--sort", "due", "--limit", "50"),
    "list --status": ("list", "--status", "!implemented", "--group", "secretariat", "--limit", "50"),
    "overdue": ("overdue", "--limit", "50"),
    "show REF": ("show", "A/HRC/RES/1007/2:26"),
    "show SYMBOL": ("show", "1007/2"),
    "search": ("search", "reunion", "debat", "--limit", "10"),
    "search, two words of most paragraphs": ("search", '"droits de l’homme"', "--limit", "10"),
    "search --status": ("search", "reunion", "--status", "!implemented", "--limit", "10"),
}

_COPIED = ("resolutions", "texts", "paragraphs", "items", "wordings", "deadlines", "events", "search_entries")
_KEYS = {
    "id", "resolution_id", "text_id", "item_id", "paragraph_id", "event_id",
}  # fmt: skip
_STEP = 1_000
"""Numbers that one copy has room for in each table."""

_OTHER = {
    ("resolutions", "symbol"): "'A/HRC/RES/' || (1000 + k) || '/2'",
    ("resolutions", "symbol_key"): "'A/HRC/RES/' || (1000 + k) || '/2'",
    ("resolutions", "session"): "1000 + k",
    ("texts", "sha256"): "sha256 || k",
    ("texts", "original"): "''",
    ("texts", "cleaned"): "''",
    ("items", "status"): "CASE WHEN k % 3 = 0 THEN 'implemented' ELSE status END",
    ("items", "due_on"): "date(due_on, '+' || (k % 4000) || ' days')",
    ("items", "first_due_on"): "date(due_on, '+' || (k % 4000) || ' days')",
    ("deadlines", "due_on"): "date(due_on, '+' || (k % 4000) || ' days')",
}


def fill(path: Path, items: int, env: dict[str, str]) -> int:
    """Makes a database of about `items` items; returns how many there are."""
    run(PROGRAM, "import", EXAMPLE, env={**env, "TRACKER_DATABASE": str(path)})
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    each = connection.execute("SELECT count(*) FROM items").fetchone()[0]
    copies = items // each - 1
    connection.execute("BEGIN")
    for table in _COPIED:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        values = [_OTHER.get((table, name), f"{name} + k * {_STEP}" if name in _KEYS else name) for name in columns]
        connection.execute(
            f"WITH RECURSIVE copy(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copy WHERE k < {copies}) "  # noqa: S608
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values)} FROM copy, "
            f"(SELECT * FROM {table} WHERE id < {_STEP})"
        )
    connection.execute("INSERT INTO search_index (search_index) VALUES ('rebuild')")
    connection.execute("COMMIT")
    found = int(connection.execute("SELECT count(*) FROM items").fetchone()[0])
    connection.close()
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
