"""The accuracy gate: figures on the labelled texts only go up.

Runs the scorer and the comparison of parallel texts, which lie beside the project with the texts, and compares with
`accuracy.toml`: exit 1 when any figure is below the recorded one. `--update` records the higher figures (a lower one
stays a failure: whoever means it edits the file by hand and says why in the commit).
Without the texts it says so and exits 0, but 1 where CI=true.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "accuracy.toml"
HEADING = "# Recorded by `.ci/accuracy.py --update`."
COUNTS = frozenset({"documents", "requests", "precision", "recall"})
"""Sizes, and the two halves of f1, which may move against each other as long as f1 does not fall."""

COMMAND = shlex.join([str(Path(sys.executable).parent / "tracker"), "extract", "--json"])

Figures = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is now, what it was at best, what it should become."""

    group: str
    name: str
    now: float | None
    recorded: float | None
    bar: float | None

    @property
    def fell(self) -> bool:
        """Whether it was better once."""
        return self.recorded is not None and (self.now is None or self.now < self.recorded)

    @property
    def reaches(self) -> bool:
        """Whether it keeps the bar, if there is one."""
        return self.bar is None or (self.now is not None and self.now >= self.bar)


def run(*command: str | Path) -> str:
    """The output of a program that must succeed."""
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        sys.exit(f"error: {Path(command[1]).name} failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def score(texts: Path, command: str) -> Figures:
    """Figures a language, of whole documents (`fr`) and of single paragraphs (`fr (paragraphs)`)."""
    dev = texts / "corpus" / "dev"
    output = run(
        sys.executable, texts / "tools" / "score.py", "--json", "--command", command,
        "--texts", dev, "--gold", dev / "gold",
        "--sixway", dev / "sixway.tsv", "--sixway-gold", dev / "sixway.gold.jsonl",
    )  # fmt: skip
    found: Mapping[str, Mapping[str, float | None]] = json.loads(output)
    return {
        group: {name: value for name, value in row.items() if value is not None and name not in COUNTS}
        for group, row in found.items()
    }


def parity(texts: Path, command: str) -> Figures:
    """How far the French and the English text of one resolution give the same."""
    output = run(sys.executable, texts / "tools" / "parity.py", texts / "corpus" / "parallel", command)
    (total,) = re.findall(r"^ALL .*", output, re.MULTILINE)
    return {
        "parallel texts": {
            name.replace(" ", "_"): float(value)
            for name, value in re.findall(r"(requests agree|deadlines agree|same operative paragraphs) ([\d.]+)", total)
        }
    }


def rows(now: Figures, recorded: Figures, bars: Figures) -> Iterator[Row]:
    """Every figure that is measured, recorded or wanted."""
    for group in dict.fromkeys([*now, *recorded]):
        kind = group if group in bars else "paragraphs" if group.endswith("(paragraphs)") else "documents"
        have, had, wanted = now.get(group, {}), recorded.get(group, {}), bars.get(kind, {})
        for name in dict.fromkeys([*have, *had]):
            yield Row(group, name, have.get(name), had.get(name), wanted.get(name))


def show(row: Row) -> str:
    """One line of the table."""
    remark = "FELL" if row.fell else "" if row.reaches else "below the bar"
    if not row.fell and row.recorded is not None and row.now is not None and row.now > row.recorded:
        remark = f"higher {remark}".strip()

    def figure(value: float | None) -> str:
        return "-" if value is None else f"{value:.4f}"

    return f"{row.group:18} {row.name:26} {figure(row.now):>8} {figure(row.recorded):>9} {figure(row.bar):>8}  {remark}"


def record(found: list[Row]) -> None:
    """Write the higher of the present and the recorded figures; what stands above them in the file stays."""
    head = RECORD.read_text(encoding="utf-8").partition(HEADING)[0]
    lines, group = [HEADING], ""
    for row in found:
        best = max(value for value in (row.now, row.recorded) if value is not None)
        if row.group != group:
            group = row.group
            lines += ["", f'[figures."{group}"]']
        lines.append(f"{row.name} = {best}")
    RECORD.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Measure, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=Path("../shared"), help="folder with corpus/ and tools/")
    parser.add_argument(
        "--command", default=shlex.join([str(Path(sys.executable).parent / "tracker"), "extract", "--json"])
    )
    parser.add_argument("--update", action="store_true", help="record the figures that went up")
    args = parser.parse_args()
    texts = (ROOT / args.texts).resolve()
    if not (texts / "tools" / "score.py").exists():
        print(f"The labelled texts are not in {args.texts}: accuracy was not measured.")
        sys.exit(1 if os.environ.get("CI") == "true" else 0)
    stored = tomllib.loads(RECORD.read_text(encoding="utf-8"))
    now = score(texts, args.command) | parity(texts, args.command)
    found = list(rows(now, stored.get("figures", {}), stored["bars"]))
    print(f"{'texts':18} {'figure':26} {'now':>8} {'recorded':>9} {'bar':>8}")
    for row in found:
        print(show(row))
    if args.update:
        record(found)
    fallen = [row for row in found if row.fell]
    print(f"{len(found)} figures, {sum(not row.reaches for row in found)} below the bar, {len(fallen)} fell")
    sys.exit(1 if fallen else 0)


if __name__ == "__main__":
    main()
