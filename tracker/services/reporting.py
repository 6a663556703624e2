"""Building the progress report: what is asked, what became of it, and how the text was read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker import __version__
from tracker.core.report import Report, Section
from tracker.core.selection import Selection
from tracker.errors import UsageError
from tracker.services import labels, report_counts, report_sections
from tracker.services.day import Day
from tracker.services.labels import Labels
from tracker.services.occurrences import is_series
from tracker.services.report_changes import changes
from tracker.services.report_entries import Entry, collect, in_order
from tracker.services.report_items import items_table
from tracker.services.report_matrix import GROUPINGS, matrix
from tracker.services.report_reading import reading_of
from tracker.services.resolutions import require_resolutions
from tracker.storage import queries
from tracker.storage.reader import Reader, Row

SECTIONS = (
    "summary", "counts", "charts", "overdue", "changes", "delivered", "extended", "coming", "matrix",
    "no_deadline", "no_information", "reading",
)  # fmt: skip
"""The sections in their order; `--only` names some of them."""

LANGUAGE, MONTHS, MANY = "en", 6, 8
"""What a report takes by itself; and how many resolutions stand in the title block with their titles."""


@dataclass(frozen=True, slots=True)
class Layout:
    """What a report shows.

    `only` names sections (all if empty), `since` is the day of the last report, `by` says what splits the matrix,
    `months` how far ahead the report looks. Raises UsageError for a name that there is none of.
    """

    language: str | None = None
    by: str = "group"
    only: tuple[str, ...] = ()
    since: date | None = None
    months: int = MONTHS

    def __post_init__(self) -> None:
        for name in self.only:
            if name not in SECTIONS:
                raise UsageError(f"--only {name!r} is not one of {', '.join(SECTIONS)}")
        if self.by not in GROUPINGS:
            raise UsageError(f"--by {self.by!r} is not one of {', '.join(GROUPINGS)}")


def build_report(reader: Reader, selection: Selection, day: Day, zone: str, layout: Layout | None = None) -> Report:
    """The report on the selected items as they were at the end of the day.

    Raises NotFound for an unknown symbol, UsageError for an unknown language or a `since` after the day.
    """
    layout = layout or Layout()
    if layout.since and layout.since > day.shown:
        raise UsageError(f"--since {layout.since} is after the day of the report, {day.shown}")
    require_resolutions(reader, selection)
    words = labels.load(layout.language or LANGUAGE)
    entries = collect(reader, selection, day, layout.language)
    times = entries
    if any(is_series(entry.row) for entry in entries):
        times = collect(reader, selection, day, layout.language, times=True)
    resolutions = _resolutions(reader, selection, entries, layout.language)
    looked_at = queries.count_items(reader, Selection(symbols=selection.symbols), as_of=day.rebuilt)
    covers = _Covers(resolutions, entries, times, looked_at, words.filter_words(selection), f"{zone}")
    sections = _sections(reader, covers, day, layout, words)
    titles = {section.key: re.sub(r"\s*[(（]\d+[)）]$", "", section.title) for section in reversed(sections)}
    return Report(
        title=_title(resolutions, words),
        language=words.language,
        facts=_facts(covers, day, layout, tuple(titles.values()), words),
        sections=tuple(sections),
        items=items_table(entries, words),
        contents_title=words("title.contents"),
        sources_title=words("title.sources"),
        pair=words.pair,
    )


@dataclass(frozen=True, slots=True)
class _Covers:
    """What a report is about; `times` are the entries with each series as its occurrences."""

    resolutions: list[Row]
    entries: list[Entry]
    times: list[Entry]
    looked_at: int
    filtered: str
    zone: str


def _sections(reader: Reader, covers: _Covers, day: Day, layout: Layout, words: Labels) -> list[Section]:
    entries, times, shown = covers.entries, covers.times, day.shown
    found = [
        report_counts.summary(entries, shown, words),
        *report_counts.counts(entries, words),
        *report_counts.charts(entries, shown, words),
        *report_sections.overdue(times, words),
    ]
    if layout.since:
        series = [entry for entry in entries if is_series(entry.row)]
        found.append(changes(reader, in_order([*series, *times]), layout.since, day, words))
    found += [
        report_sections.delivered(times, words),
        report_sections.extended(times, words),
        report_sections.coming(times, shown, layout.months, words),
        Section(words("sections.matrix"), (), key="matrix", wide=True),
        *matrix(entries, words, layout.by),
        report_sections.no_deadline(entries, words),
        report_sections.no_information(entries, words),
        *(reading_of(reader, resolution, words) for resolution in covers.resolutions),
    ]
    return [section for section in found if not layout.only or section.key in layout.only]


def _resolutions(reader: Reader, selection: Selection, entries: list[Entry], language: str | None) -> list[Row]:
    shown = {entry.row["resolution_id"] for entry in entries}
    if selection.symbols:
        named = [row for symbol in selection.symbols for row in queries.find_resolutions(reader, symbol, language)]
        return list({row["id"]: row for row in named}.values())
    return [row for row in queries.find_resolutions(reader, language=language) if row["id"] in shown]


def _title(resolutions: list[Row], words: Labels) -> str:
    if len(resolutions) == 1:
        return words("title.one", symbol=resolutions[0]["symbol"])
    return words.count("title.several", len(resolutions))


def _facts(
    covers: _Covers, day: Day, layout: Layout, titles: tuple[str, ...], words: Labels
) -> tuple[tuple[str, str], ...]:
    """The title block; `titles` are those of the sections that are shown."""
    entries = covers.entries
    bodies = dict.fromkeys(row["body"] for row in covers.resolutions if row["body"])
    facts = [
        ("body", words("filter.comma").join(words.known("bodies", body) for body in bodies)),
        *_resolution_facts(covers.resolutions, words),
        ("as_of", words("facts.end_of_day", day=words.day(day.shown), zone=covers.zone)),
        ("since", words.day(layout.since)),
        ("filter", covers.filtered),
        ("sections", words("filter.comma").join(reversed(titles)) if layout.only else ""),
        ("wording", _wording(entries, layout, words)),
        ("looked_at", str(covers.looked_at)),
        ("shown", str(len(entries))),
        ("without_deadline", str(sum(entry.item["timeliness"] == "no_deadline" for entry in entries))),
        ("to_check", str(sum(entry.item["to_check"] for entry in entries))),
        ("made_by", f"tracker {__version__}"),
    ]
    return tuple((words(f"facts.{name}"), value) for name, value in facts if value)


def _resolution_facts(resolutions: list[Row], words: Labels) -> list[tuple[str, str]]:
    """A line a resolution; of many, the symbols."""
    if len(resolutions) > MANY:
        return [("resolution", words("summary.separator").join(row["symbol"] for row in resolutions))]
    return [("resolution", _resolution_words(row, words)) for row in resolutions]


def _resolution_words(row: Row, words: Labels) -> str:
    adopted = words("facts.adopted", day=words.day(row["adopted_on"])) if row["adopted_on"] else ""
    return words("filter.comma").join(filter(None, (row["symbol"], row["title"] or words("facts.untitled"), adopted)))


def _wording(entries: list[Entry], layout: Layout, words: Labels) -> str:
    """In which languages the requests stand, and which of them only because there is no text in the wanted one."""
    said = []
    for language in dict.fromkeys(entry.language for entry in entries):
        missing = layout.language is not None and language != layout.language
        key = "facts.wording_original" if missing else "facts.wording_own"
        said.append(words(key, language=words.known("names", language), wanted=words.tables["text_in"]))
    return words("summary.separator").join(said)
