"""Resolutions in six languages, put together from the translated paragraphs of the corpus, for measuring."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS = ROOT.parent / "shared" / "corpus" / "dev" / "sixway.tsv"
FILES = 100
"""Resolutions of each language."""
PREAMBULAR, OPERATIVE = 19, 25
"""Paragraphs of each: the mean of the parallel texts."""
ACTORS = {
    "en": "The Human Rights Council,",
    "fr": "Le Conseil des droits de l’homme,",
    "es": "El Consejo de Derechos Humanos,",
    "ru": "Совет по правам человека,",
    "ar": "إن مجلس حقوق الإنسان،",
    "zh": "人权理事会，",
}
_NUMBER = re.compile(r"\A\S*\d+\S*\s*[-–]?\s*")


def write_languages(folder: Path) -> list[Path]:
    """Write 100 resolutions of each language into `folder`; returns the files, none without the corpus."""
    if not PARAGRAPHS.exists():
        return []
    with PARAGRAPHS.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    operative = [row for row in rows if row["op"]]
    # Short ones are headings and names of bodies, which are no paragraph.
    preambular = [row for row in rows if not row["op"] and len(row["en"]) > len(ACTORS["en"]) * 2]
    folder.mkdir()
    files = []
    for number in range(1, FILES + 1):
        chosen = random.Random(number)  # noqa: S311 - the same resolutions every time
        before, after = chosen.sample(preambular, PREAMBULAR), chosen.sample(operative, OPERATIVE)
        for language, actor in ACTORS.items():
            numbered = (f"{label}. {_NUMBER.sub('', row[language])}" for label, row in enumerate(after, 1))
            text = "\n\n".join((f"A/HRC/RES/28/{number}", actor, *(row[language] for row in before), *numbered))
            files.append(folder / f"{number}.{language}.txt")
            files[-1].write_text(text + "\n", encoding="utf-8")
    return files
