"""Speed and size of the program, as ratios that are measured in one run on one machine.

    .venv/bin/python -m benchmarks.run [--check] [--rounds N] [--compiled build/compiled/bin/tracker]

Start-up is compared with `python -c pass` of the same interpreter, run in turns with the command, so that a busy
machine slows both. Seconds of a core are counted, and the least of the rounds: what the program needs, not what
else the machine was doing. The import and the reports are timed from start to end, as a person would wait.
`--compiled` names a program with its reader in C, which `make compiled` makes. `--check` exits 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.languages import write_languages
from benchmarks.resolutions import ITEMS, REQUESTS, write_resolutions

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "hrc-28-2.fr.txt"
CORPUS = ROOT.parent / "shared" / "corpus" / "parallel"
PROGRAM = str(Path(sys.executable).parent / "tracker")
NOTHING = (sys.executable, "-c", "pass")
MIB = 1024 * 1024
REPORTED = 500
REPORTS = {"html": 1.5, "xlsx": 1.5, "docx": 3.0, "pdf": 2.0}
"""Formats and the seconds that a report on so many items may take, the whole process."""
REPORT_MIB = 150
CHANGES = ("--assignee", "Ana Example", "--office", "Towns", "--priority", "high", "--note",
           "A draft went to the offices concerned for their comments")  # fmt: skip
"""Four changes of each item, which a report with `--since` tells."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one process took: seconds from start to end, seconds of a core, bytes at its peak."""

    seconds: float
    core: float
    peak: int


@dataclass(frozen=True, slots=True)
class Result:
    """A measured value beside its bar; `least` says that the value must not be below it."""

    what: str
    value: float
    bar: float
    unit: str
    least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the value keeps the bar."""
        return self.value >= self.bar if self.least else self.value <= self.bar


def run(*command: str | Path, env: dict[str, str]) -> Usage:
    """Run a command to its end, which must be a good one."""
    started = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            list(map(str, command)), env=env, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            message = said.read().decode(errors="replace").strip()
            sys.exit(f"error: {Path(command[0]).name} {command[1]} exited {process.returncode}: {message[-2000:]}")
    return Usage(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024))


def against_nothing(command: tuple[str, ...], env: dict[str, str], rounds: int) -> tuple[float, int]:
    """How many times `python -c pass` the command takes, and its peak memory in bytes."""
    run(*command, env=env)
    both = [(run(*NOTHING, env=env), run(*command, env=env)) for _ in range(rounds)]
    least = min(with_it.core for _, with_it in both) / min(without.core for without, _ in both)
    return least, max(with_it.peak for _, with_it in both)


def start_up(env: dict[str, str], folder: Path, rounds: int) -> Iterator[Result]:
    """`overdue` on a filled database, `--help`, and a first import."""
    files = write_resolutions(folder / "resolutions")
    run(PROGRAM, "import", *files, env=env)
    listed = subprocess.run(
        [PROGRAM, "list", "--json"], env=env, capture_output=True, check=True, stdin=subprocess.DEVNULL
    ).stdout.count(b'"ref"')
    if listed != ITEMS:
        print(f"note: {listed} items were imported, not {ITEMS}")
    # Every tenth is late by then: a list as people read it.
    times, peak = against_nothing((PROGRAM, "overdue", "--as-of", "2017-01-01"), env, rounds)
    yield Result(f"overdue, {listed} items", times, 8, "x python -c pass")
    yield Result(f"overdue, {listed} items, peak memory", peak / MIB, 40, "MiB")
    times, _ = against_nothing((PROGRAM, "--help"), env, rounds)
    yield Result("--help", times, 15, "x python -c pass")
    seconds = []
    for number in range(3):
        fresh = {**env, "TRACKER_DATABASE": str(folder / f"fresh-{number}.sqlite3")}
        seconds.append(run(PROGRAM, "import", EXAMPLE, env=fresh).seconds)
    yield Result("import of the example, new database", min(seconds), 2, "s")


def reading(env: dict[str, str], folder: Path, programs: dict[str, str]) -> Iterator[Result]:
    """How many bytes of text a second `extract` reads on one core: real texts, and paragraphs of six languages."""
    files = sorted(CORPUS.glob("*/*.txt"))
    if not files:
        text = EXAMPLE.read_text(encoding="utf-8")
        for number in range(100):
            files.append(folder / f"{number}.txt")
            # Each a little different, so that nothing remembered helps.
            files[-1].write_text(text.replace("28/2", f"28/{number + 1}"), encoding="utf-8")
    yield from speed(env, files, "files", programs)
    if of_six_languages := write_languages(folder / "languages"):
        yield from speed(env, of_six_languages, "of 6 languages", programs)


def speed(env: dict[str, str], files: list[Path], of_what: str, programs: dict[str, str]) -> Iterator[Result]:
    """Megabytes a second that each of the programs reads of the files, in turns."""
    size = sum(file.stat().st_size for file in files)
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(3):
        for name, program in programs.items():
            seconds[name].append(run(program, "extract", "--json", "--jobs", "1", *files, env=env).core)
    for name in programs:
        what = f"{name}, {len(files)} {of_what}, {size / 1e6:.1f} MB"
        yield Result(what, size / 1e6 / min(seconds[name]), 2, "MB/s", least=True)


def reports(env: dict[str, str], folder: Path, rounds: int) -> Iterator[Result]:
    """The progress report in the formats that are made by libraries, on items with all that can be told of them."""
    env = {**env, "TRACKER_DATABASE": str(folder / "reported.sqlite3"), "TRACKER_TODAY": "2021-06-01"}
    files = write_resolutions(folder / "reported")[: REPORTED // REQUESTS]
    run(PROGRAM, "import", *files, env=env)
    for change in (
        "--due-before 2018-01-01 --status implemented --evidence A/73/100 --note Issued. --on 2017-05-01",
        "--due-after 2018-01-01 --due-before 2020-01-01 --status in_progress --office Towns --on 2018-05-01",
        "--due-after 2020-01-01 --due-before 2021-01-01 --extend-to 2022-12-31 --authority A/RES/75/1",
    ):
        run(PROGRAM, "update", *change.split(), "--yes", env=env)
    for ending, bar in REPORTS.items():
        target = folder / f"report.{ending}"
        taken = [run(PROGRAM, "report", "-o", target, "--force", env=env) for _ in range(rounds)]
        what = f"report on {REPORTED} items, {ending}"
        yield Result(what, min(usage.seconds for usage in taken), bar, "s")
        yield Result(f"{what}, peak memory", max(usage.peak for usage in taken) / MIB, REPORT_MIB, "MiB")
    env["TRACKER_TODAY"] = "2021-06-02"
    run(PROGRAM, "update", "--due-after", "1900-01-01", *CHANGES, "--yes", env=env)
    peak = run(PROGRAM, "report", "--since", "2021-06-01", "-o", target, "--force", env=env).peak
    yield Result("the same with 4 changes an item, peak memory", peak / MIB, REPORT_MIB, "MiB")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15, help="how often start-up is measured")
    parser.add_argument("--compiled", metavar="PROGRAM", help="a program with its reader in C")
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    args = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        # Nothing from outside: no settings, and bytecode is written and used as on any user's machine.
        env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TRACKER_"))}
        env["TRACKER_DATABASE"] = str(folder / "tracker.sqlite3")
        print(f"{'measured':42} {'value':>8} {'bar':>8}  unit")
        of_reports = reports(env, folder, (args.rounds + 2) // 3)
        programs = {"extract": PROGRAM, **({"extract in C": args.compiled} if args.compiled else {})}
        for results in (start_up(env, folder, args.rounds), reading(env, folder, programs), of_reports):
            for result in results:
                bar = f"{'>=' if result.least else '<='} {result.bar:g}"
                verdict = "ok" if result.reached else "MISSED"
                print(f"{result.what:42} {result.value:8.2f} {bar:>8}  {result.unit:18} {verdict}", flush=True)
                missed = missed or not result.reached
    sys.exit(1 if missed and args.check else 0)


if __name__ == "__main__":
    main()
