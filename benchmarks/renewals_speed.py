"""What an import takes more when the database holds a hundred times as many items: it looks for renewals in them.

    .venv/bin/python -m benchmarks.renewals_speed [--rounds N] [--check]

Both databases hold copies of one resolution, made by SQL, each with a symbol, a day and a topic of its own. The same
documents are imported into both in turns; seconds of a core are counted, and the least of the rounds. `--check`
exits 1 when an import into the large one takes more than 1.3 times that into the small one.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import tempfile
from pathlib import Path

from benchmarks.copies import multiply, opened
from benchmarks.run import EXAMPLE, PROGRAM, run

SMALL, LARGE = 1_000, 100_000
BAR = 1.3

_OTHER = {
    ("resolutions", "adopted_on"): "date(adopted_on, '-' || (k + 1) || ' days')",
    ("texts", "title"): "'Question ' || translated(k)",
}


def fill(path: Path, items: int, env: dict[str, str]) -> None:
    """Makes a database of about `items` items."""
    run(PROGRAM, "import", EXAMPLE, env={**env, "TRACKER_DATABASE": str(path)})
    with contextlib.closing(opened(path)) as connection:
        connection.create_function("translated", 1, _topic, deterministic=True)
        multiply(connection, items, _OTHER)


def _topic(number: int) -> str:
    """Words that no other number has."""
    letters = "abcdefghijklmnop"
    return " ".join(f"{letters[int(digit)] * 3}{letters[number % 16]}{letters[-1]}" for digit in str(number))


def documents(folder: Path, rounds: int) -> list[Path]:
    """The example as so many resolutions of other numbers and days, each later than all that is stored."""
    text = EXAMPLE.read_text(encoding="utf-8")
    files = []
    for number in range(1, rounds + 1):
        path = folder / f"{number}.txt"
        path.write_text(
            text.replace("28/2", f"{40 + number}/2", 1).replace("26 mars 2015", f"{number} juillet 2019"),
            encoding="utf-8",
        )
        files.append(path)
    return files


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=8, help="how many documents are imported into each")
    parser.add_argument("--check", action="store_true", help="exit 1 when the bar is missed")
    args = parser.parse_args()
    env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TRACKER_"))}
    env |= {"TRACKER_TODAY": "2026-11-24", "TRACKER_CONFIG": ""}
    least: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for items in (SMALL, LARGE):
            fill(folder / f"{items}.sqlite3", items, env)
        for path in documents(folder, args.rounds):
            for items in (SMALL, LARGE):
                used = run(PROGRAM, "import", path, env={**env, "TRACKER_DATABASE": str(folder / f"{items}.sqlite3")})
                least[items] = min(least.get(items, used.core), used.core)
    ratio = least[LARGE] / least[SMALL]
    print(f"import into {SMALL:,} items: {least[SMALL]:.2f} s of a core; into {LARGE:,}: {least[LARGE]:.2f} s")
    print(f"ratio {ratio:.2f} (bar {BAR})")
    if args.check and ratio > BAR:
        sys.exit(1)


if __name__ == "__main__":
    main()
