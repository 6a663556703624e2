"""How well requests that come back in a later resolution are recognised, on pairs that were labelled by reading them.

    .venv/bin/python -m benchmarks.renewals [--check]

`renewals.csv` holds references only: the texts lie beside the project. A pair is right when both requests are
proposed as a renewal exactly where the label says yes; for each threshold of likeness the program prints how many
proposals are right (precision) and how many renewals are found (recall). `--check` exits 1 below the bars.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator
from pathlib import Path

from tracker.core.resolution import Extraction
from tracker.extraction.pipeline import extract
from tracker.reading.files import read
from tracker.services import likeness

ROOT = Path(__file__).resolve().parent.parent
LABELS = Path(__file__).with_suffix(".csv")
CORPUS = ROOT.parent / "shared" / "corpus"
PRECISION, RECALL = 0.9, 0.75
"""The bars at the threshold of the program: a wrong proposal costs a refusal, a missed one a link made by hand."""

Texts = dict[tuple[str, str], Extraction]


def texts(corpus: Path, wanted: set[tuple[str, str]]) -> Texts:
    """The extractions of the resolutions that labels name, by language and symbol."""
    found: Texts = {}
    for path in sorted([*corpus.glob("dev/*.txt"), *corpus.glob("parallel/*/*.txt")]):
        for extraction in extract(read(path)):
            key = extraction.resolution.language, extraction.resolution.symbol or ""
            if key in wanted:
                found.setdefault(key, extraction)
    return found


def proposals(new: Extraction, old: Extraction) -> dict[tuple[str, str], int]:
    """The pairs of places that are proposed, with their likeness."""
    one, other = new.resolution, old.resolution
    preamble = " ".join(paragraph.text for paragraph in one.paragraphs if not paragraph.label)
    named = likeness.tail(other.symbol or "") in likeness.named_in(preamble)
    topics = likeness.topic(one.title, one.symbol or ""), likeness.topic(other.title, other.symbol or "")
    if not likeness.on_one_topic(*topics, named=named):
        return {}
    here, there = likeness.asked(new), likeness.asked(old)
    return {
        (here[item][0], there[earlier][0]): score
        for item, earlier, score in likeness.repeated([one for _, one in here], [one for _, one in there])
    }


def measure(rows: list[dict[str, str]], found: Texts, threshold: int) -> tuple[float, float]:
    """(precision, recall) with this threshold of likeness."""
    right = wrong = missed = 0
    for row in rows:
        (new, new_place), (old, old_place) = (row[name].rsplit(":", 1) for name in ("new", "old"))
        pairs = proposals(found[row["language"], new], found[row["language"], old])
        proposed = pairs.get((new_place, old_place), 0) >= threshold
        is_renewal = row["renewal"] == "yes"
        right += proposed and is_renewal
        wrong += proposed and not is_renewal
        missed += is_renewal and not proposed
    return right / max(1, right + wrong), right / max(1, right + missed)


def results(corpus: Path = CORPUS) -> Iterator[tuple[int, float, float]]:
    """(threshold, precision, recall) for thresholds from that of the program on, and below for comparison."""
    with LABELS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = {(row["language"], row[name].rsplit(":", 1)[0]) for row in rows for name in ("new", "old")}
    found = texts(corpus, wanted)
    ours = likeness.SAME_REQUEST
    for threshold in sorted({ours, *range(55, 100, 5)}):
        likeness.SAME_REQUEST = threshold
        yield (threshold, *measure(rows, found, threshold))
    likeness.SAME_REQUEST = ours


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="exit 1 below the bars")
    check = parser.parse_args().check
    low, used = False, likeness.SAME_REQUEST
    for threshold, precision, recall in results():
        mine = threshold == used
        print(f"likeness {threshold}: precision {precision:.2f}, recall {recall:.2f}{'  <- used' if mine else ''}")
        low = low or (mine and (precision < PRECISION or recall < RECALL))
    if check and low:
        sys.exit(1)


if __name__ == "__main__":
    main()
