"""The reminder: what is overdue, what is due soon, which documents have to be handed in."""

from __future__ import annotations

from tracker import __version__
from tracker.core.report import Report
from tracker.core.selection import Selection
from tracker.services import labels, report_sections
from tracker.services.day import Day
from tracker.services.report_entries import collect
from tracker.services.report_items import items_table
from tracker.services.reporting import LANGUAGE
from tracker.services.resolutions import require_resolutions
from tracker.storage.reader import Reader


def build_digest(
    reader: Reader, selection: Selection, day: Day, zone: str, *, days: int = 30, language: str | None = None
) -> tuple[Report, str]:
    """The reminder about the selected items, and the subject of the mail that carries it."""
    require_resolutions(reader, selection)
    words = labels.load(language or LANGUAGE)
    entries = [entry for entry in collect(reader, selection, day, language, times=True) if entry.is_open]
    names = ", ".join(selection.assignees)
    report = Report(
        title=words("title.digest", name=names) if names else words("title.digest_all"),
        language=words.language,
        facts=(
            (words("facts.as_of"), words("facts.end_of_day", day=words.day(day.shown), zone=zone)),
            (words("facts.filter"), words.filter_words(selection)),
            (words("facts.looked_at"), str(len(entries))),
            (words("facts.made_by"), f"tracker {__version__}"),
        ),
        sections=(
            report_sections.overdue(entries, words)[0],
            report_sections.due_soon(entries, day.shown, days, words),
            report_sections.to_submit(entries, day.shown, days, words),
        ),
        items=items_table(entries, words),
        contents_title=words("title.contents"),
        sources_title=words("title.sources"),
        pair=words.pair,
    )
    late = sum(entry.is_overdue for entry in entries)
    return report, words.count("mail.subject", late, day=words.day(day.shown))
