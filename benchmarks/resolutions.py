"""Made-up resolutions that fill a database: real enough to be read, each with its own number and deadlines."""

from __future__ import annotations

from pathlib import Path

RESOLUTIONS = 40
REQUESTS = 25
ITEMS = RESOLUTIONS * REQUESTS

SUBJECTS = ("water", "housing", "education", "health", "food", "work", "culture", "safety", "transport", "forests")
YEARS = range(2016, 2026)


def write_resolutions(folder: Path) -> list[Path]:
    """Write 40 resolutions of 25 requests each into `folder`; returns the files."""
    folder.mkdir()
    files = []
    for number in range(1, RESOLUTIONS + 1):
        path = folder / f"{number:02}.txt"
        path.write_text(resolution(number), encoding="utf-8")
        files.append(path)
    return files


def resolution(number: int) -> str:
    """The text of resolution 70/`number` of the General Assembly."""
    title = f"Access to {SUBJECTS[number % len(SUBJECTS)]} in small towns, part {number}"
    paragraphs = [
        f"Resolution adopted by the General Assembly on 22 December 2015\n\n70/{number}. {title}",
        "The General Assembly,",
        f"Recalling its resolution 69/{number} of 18 December 2014,",
        *(f"{label}. {request(label)};" for label in range(1, REQUESTS)),
        f"{REQUESTS}. {request(REQUESTS)}.",
        "80th plenary meeting\n22 December 2015",
    ]
    return "\n\n".join(paragraphs) + "\n"


def request(label: int) -> str:
    """One request; every tenth is due by the end of 2016."""
    year = YEARS[label % len(YEARS)]
    return (
        f"Requests the Secretary-General to prepare, by 30 September {year}, a study on the needs of towns "
        f"of the {label}th group and on the means that Member States set aside for them"
    )
