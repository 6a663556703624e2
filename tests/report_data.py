"""Reports for tests: one with hostile text in every field, and databases with many items."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tracker.core.codes import Deliverable, Force
from tracker.core.deadline import DateDeadline, Relation
from tracker.core.report import Bar, Bars, Cell, Column, Report, Section, Series, Table, Timeline, Tone, Words
from tracker.core.request import Addressee, Request
from tracker.core.resolution import Document, Extraction, Kind, Paragraph, Resolution
from tracker.services.act import Act
from tracker.services.databases import make_ready
from tracker.services.intake import import_extractions
from tracker.storage.target import Target

HOSTILE = (
    "=cmd|' /C calc'!A0 <script>alert(1)</script> [bold]x[/bold] {{7*7}} {% raw %} #eval(1) $x$ |*_`~ ]]> & \" "
    "\x1b[31m \x00\x07\x9b \u202eevil\u202c \ufeff \ud800 \uffff \\ &lt; <!-- \N{GRINNING FACE}"
)
LONG = "endless " * 5_000
"""40,000 characters."""


def hostile_report(language: str = "en", text: str = HOSTILE) -> Report:
    """A report whose every field is `text`; of a long one, titles and labels are the beginning."""
    head = text[:300]
    cell = Cell(f"{text}\n{text}", (f"https://example.org/{text}", "javascript:alert(1)"), language="fr", tone=Tone.BAD)
    columns = (Column(head), Column(head, 2, number=True), Column("day"))
    row = (cell, Cell("7", value=7), Cell("1 May", value=date(2016, 5, 1)))
    table = Table(columns, (row, row), total=True)
    day = date(2016, 1, 1)
    series = Series(head, ((day, 0), (date(2016, 3, 1), 1)), Tone.GOOD)
    blocks = (
        Words(text),
        table,
        Bars(head, head, (Bar(head, 3, Tone.BAD), Bar("none", 0))),
        Timeline(head, head, series, series, day, head, ((day, head),), (head, "row")),
        Timeline(head, head, series, Series("none", (), Tone.BAD), day, head, ()),
    )
    return Report(
        title=head,
        language=language,
        facts=((head, text),),
        sections=(
            Section(head, blocks, key="summary"),
            Section(head, (), key="matrix", wide=True),
            Section(head, blocks, level=2, key="matrix", wide=True),
            Section(head, blocks, key="reading"),
            Section(head, blocks, key="other"),
        ),
        items=table,
        contents_title="Contents",
        sources_title="Sources",
    )


def request(number: int, text: str) -> Request:
    """A request for a report by a day that depends on its number; every fifth has none."""
    code = ("secretary-general", "ohchr", "states", "ngos", "hrc")[number % 5]
    deadline = DateDeadline(Relation.BY, f"{2014 + number % 6}-{1 + number % 12:02}-15", f"by then {number}")
    return Request(
        paragraph=str(number), sub=None, verb="Requests", force=Force.REQUEST, addressees=(Addressee(code, code),),
        action=text, deliverable=Deliverable.REPORT, deadline=None if number % 5 == 4 else deadline, deadlines=(),
        recurrence=None, text=f"Requests the {code} {text}", start=number * 10, end=number * 10 + 9,
    )  # fmt: skip


def fill(database: str | Path, items: int, *, text: str = "to report on the matter", title: str = "A matter") -> None:
    """A database with one resolution, A/HRC/RES/99/1, of `items` requests, whose words hold `text`."""
    numbers = range(1, items + 1)
    resolution = Resolution(
        language="en", text="x" * (items * 10 + 20), symbol="A/HRC/RES/99/1", body="HRC", session=99, title=title,
        adopted_on=date(2013, 3, 1), meeting="1", vote=None,
        paragraphs=tuple(Paragraph(Kind.OPERATIVE, str(n), text, n * 10, n * 10 + 10) for n in numbers),
    )  # fmt: skip
    found = Extraction(resolution, tuple(request(number, f"{text} {number}") for number in numbers), (), ())
    act = Act(now=datetime(2020, 1, 1, tzinfo=UTC), today=date(2020, 1, 1), actor="officer", command="test")
    document = Document("made.txt", "made", "made", "0" * 64)
    target = Target(path=Path(database))
    make_ready(target, act.now, make=True)
    import_extractions(target, document, [found], act)
