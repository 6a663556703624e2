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


def long_resolution(number: int, operative: int = 30) -> str:
    """Resolution 70/`number` of the usual length, 15 KB with 30 operative paragraphs: every second one asks."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    recalled = [
        f"Recalling its resolution 69/{number} of 18 December 2014 and its earlier resolutions on {subject} in small "
        f"towns, in which it described the state of matter {label} of part {number} and the efforts that Member "
        "States, the United Nations system and other partners have made since then with regard to it,"
        for label in range(1, 19)
    ]
    paragraphs = [
        "Resolution adopted by the General Assembly on 22 December 2015",
        f"70/{number}. Access to {subject} in small towns",
        "The General Assembly,",
        *recalled,
        *((_asking if label % 2 else _noting)(label, number, subject) for label in range(1, operative)),
        f"{operative}. Decides to remain seized of the matter.",
        "80th plenary meeting\n22 December 2015",
    ]
    return "\n\n".join(paragraphs) + "\n"


def _asking(label: int, number: int, subject: str) -> str:
    return (
        f"{label}. Requests the Secretary-General to prepare, by 30 September {YEARS[label % len(YEARS)]}, in "
        f"consultation with Member States and other stakeholders, a study on the needs of towns of the {label}th group "
        f"in respect of {subject}, on the means that Member States set aside for them and on the lessons which follow "
        f"from part {number} of the programme;"
    )


def _noting(label: int, number: int, subject: str) -> str:
    return (
        f"{label}. Notes with appreciation the progress made in towns of the {label}th group in respect of {subject}, "
        f"in particular as regards measure {number} of the programme, and the contribution of local authorities, "
        "families, schools and volunteers to that progress, which deserves to be better known in the countries "
        "concerned;"
    )
