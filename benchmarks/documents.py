"""Documents as they come in: a long PDF, and a thousand files at once.

    .venv/bin/python -m benchmarks.documents [--check]

Timed from start to end, as a person would wait; memory is that of all processes together. `--check` exits 1 when a
bar is missed.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from statistics import median

from benchmarks.resolutions import long_resolution
from benchmarks.run import MIB, PROGRAM, Result

PAGES, FILES = 60, 1000
_PARAGRAPHS = 640
"""Operative paragraphs that fill so many pages."""


class Tree:
    """The memory of a process and all that it started, at its peak: what they share counts once."""

    _EVERY = 0.05

    def __init__(self, root: int) -> None:
        self.peak = 0
        self._root = root
        self._ended = threading.Event()
        self._watcher = threading.Thread(target=self._watch)
        self._watcher.start()

    def end(self) -> int:
        """Stops watching; the peak in bytes, 0 where the system has no /proc."""
        self._ended.set()
        self._watcher.join()
        return self.peak

    def _watch(self) -> None:
        while not self._ended.wait(self._EVERY):
            self.peak = max(self.peak, sum(map(_memory, _descendants(self._root))))


def _descendants(number: int) -> list[int]:
    found, left = [], [number]
    while left:
        one = left.pop()
        found.append(one)
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                left += map(int, (task / "children").read_text(encoding="ascii").split())
        except (OSError, ValueError):
            continue
    return found


def _memory(number: int) -> int:
    """Proportional size: a page that two processes share counts half in each."""
    try:
        for line in Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except (OSError, ValueError):
        pass
    return 0


def long_pdf(env: dict[str, str], folder: Path) -> Iterator[Result]:
    """`extract` on a PDF of 60 pages: the whole process from start to end, and the one that reads beside it."""
    import pypdfium2
    import typst

    path = folder / "long.pdf"
    page = '#set page(paper: "a4", header: [A/RES/70/1], numbering: "1/1")\n#set text(size: 11pt)\n#show "@": ""\n\n'
    path.write_bytes(typst.compile((page + long_resolution(1, _PARAGRAPHS).replace(". ", ".~")).encode()))
    pages = len(pypdfium2.PdfDocument(path))
    taken = [_measured(PROGRAM, "extract", path, "--json", env=env) for _ in range(3)]
    requests = taken[0][2].count('"ref"')
    if requests != _PARAGRAPHS // 2:
        sys.exit(f"error: {requests} requests were read from the PDF, not {_PARAGRAPHS // 2}")
    yield Result(f"extract, PDF of {pages} pages", min(seconds for seconds, _, _ in taken) * PAGES / pages, 2, "s")
    yield Result(f"extract, PDF of {pages} pages, peak memory", max(peak for _, peak, _ in taken) / MIB, 120, "MiB")


def _measured(*command: str | Path, env: dict[str, str]) -> tuple[float, int, str]:
    """Seconds, peak memory of all its processes, and output of a command."""
    began = time.perf_counter()
    process = subprocess.Popen(
        list(map(str, command)), env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )
    tree = Tree(process.pid)
    out, _ = process.communicate()
    return time.perf_counter() - began, tree.end(), out


def bulk(env: dict[str, str], folder: Path) -> Iterator[Result]:
    """`import` of 1,000 text files: all of it, its memory, and whether the last ones take longer than the first."""
    inside = folder / "bulk"
    inside.mkdir()
    for number in range(1, FILES + 1):
        (inside / f"{number:04}.txt").write_text(long_resolution(number), encoding="utf-8")
    began = time.perf_counter()
    process = subprocess.Popen(
        [PROGRAM, "import", inside], env={**env, "TRACKER_DATABASE": str(folder / "bulk.sqlite3")},
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    tree = Tree(process.pid)
    done = [time.perf_counter() for line in process.stdout or () if line.startswith("A/RES/")]
    code, peak, seconds = process.wait(), tree.end(), time.perf_counter() - began
    if code or len(done) != FILES:
        sys.exit(f"error: {len(done)} of {FILES} files were imported, exit code {code}")
    steps = [after - before for before, after in pairwise(done)]
    later = median(steps[-150:]) / median(steps[50:200])
    yield Result(f"import of {FILES} files of 15 KB", seconds, 60, "s")
    yield Result(f"import of {FILES} files, peak memory", peak / MIB, 300, "MiB")
    yield Result("the 1,000th file against the 100th", later, 1.25, "x")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 when a bar is missed")
    args = parser.parse_args()
    missed = False
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "TRACKER_"))}
        env["TRACKER_DATABASE"] = str(folder / "tracker.sqlite3")
        for results in (long_pdf(env, folder), bulk(env, folder)):
            for result in results:
                verdict = "ok" if result.reached else "MISSED"
                print(f"{result.what:40} {result.value:8.2f} <= {result.bar:g} {result.unit:4} {verdict}", flush=True)
                missed = missed or not result.reached
    sys.exit(1 if missed and args.check else 0)


if __name__ == "__main__":
    main()
