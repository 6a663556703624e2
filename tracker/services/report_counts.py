"""Counts that add up, and the sentences and charts that say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from tracker.core.report import Bar, Bars, Cell, Column, Section, Series, Table, Timeline, Tone, Words
from tracker.core.status import Status, Timeliness
from tracker.services.labels import Labels
from tracker.services.occurrences import is_series
from tracker.services.report_entries import GROUPS, Entry, by_due, due_words, number
from tracker.services.report_matrix import TONES

_STATUS_TONES = {
    Status.IMPLEMENTED: Tone.GOOD,
    Status.NOT_IMPLEMENTED: Tone.BAD,
    Status.PENDING: Tone.MUTED,
    Status.NOT_STARTED: Tone.MUTED,
    Status.PARTIALLY_IMPLEMENTED: Tone.WARNING,
}
_NAMED = 10
"""How many overdue items the summary names."""
_ROWS = 25
"""How many dated items the time line shows one by one; more of them are added up."""


def summary(entries: list[Entry], day: date, words: Labels) -> Section:
    """What happened, in sentences."""
    count = len(entries)
    sentences = [words.count("summary.covers", count)]
    if count:
        status = Counter(entry.item["status"] for entry in entries)
        sentences.append(words.count("summary.implemented", status[Status.IMPLEMENTED]))
        sentences.append(words.count("summary.silent", status[Status.PENDING]))
        sentences.append(_overdue_words(entries, day, words))
        if late := sum(entry.item["timeliness"] == Timeliness.LATE for entry in entries):
            sentences.append(words.count("summary.late", late))
        if moved := sum(entry.was_moved for entry in entries):
            sentences.append(words.count("summary.extended", moved))
        if recurring := sum(is_series(entry.row) and entry.due_on is not None for entry in entries):
            sentences.append(words.count("summary.recurring", recurring))
        ahead = sorted((e for e in entries if e.is_open and e.due_on and e.due_on >= day), key=by_due)
        next_one = words("summary.next", day=due_words(ahead[0], words), ref=ahead[0].ref) if ahead else ""
        sentences.append(next_one or words("summary.next_none"))
    return Section(words("summary.title"), (Words(words.joined(*sentences)),), key="summary")


def _overdue_words(entries: list[Entry], day: date, words: Labels) -> str:
    overdue = sorted((entry for entry in entries if entry.is_overdue), key=by_due)
    head = words.count("summary.overdue", len(overdue), day=words.day(day))
    if not overdue:
        return head
    named = [words("summary.overdue_one", ref=entry.ref, day=due_words(entry, words)) for entry in overdue[:_NAMED]]
    if len(overdue) > _NAMED:
        named.append(words.count("summary.and_more", len(overdue) - _NAMED))
    return f"{head} {words('summary.separator').join(named)}{words('summary.end')}"


def counts(entries: list[Entry], words: Labels) -> list[Section]:
    """Status and addressees by timeliness; every row and column adds up."""
    if not entries:
        return []
    statuses = [(status.value, words(f"status.{status}")) for status in Status]
    groups = [(group, words(f"group.{group}")) for group in GROUPS]
    by_status, by_group = _crossed(entries, "status", statuses, words), _crossed(entries, "group", groups, words)
    sums = {"status": _sum(by_status), "group": _sum(by_group), "timeliness": sum(_totals(by_status)[1:-1])}
    adds_up = Words(words("counts.adds_up", n=len(entries), **sums))
    parts = (
        Section(words("counts.by_timeliness"), (by_status,), 2, "counts"),
        Section(words("counts.by_group"), (by_group,), 2, "counts"),
    )
    return [Section(words("counts.title"), (adds_up,), key="counts"), *parts]


def _sum(table: Table) -> int:
    """The last column of a table, without its last row, added up."""
    return sum(row[-1].value for row in table.rows[:-1] if isinstance(row[-1].value, int))


def _totals(table: Table) -> list[int]:
    """The last row of a table as numbers."""
    return [cell.value if isinstance(cell.value, int) else 0 for cell in table.rows[-1]]


def _crossed(entries: list[Entry], field: str, values: Sequence[tuple[str, str]], words: Labels) -> Table:
    """`field` by timeliness; a value that no entry has gets no row."""
    pairs = Counter((entry.item[field], entry.item["timeliness"]) for entry in entries)
    rows = [(value, name) for value, name in values if any(pairs[value, t] for t in Timeliness)]
    columns = (
        Column(words(f"counts.{field}"), 3),
        *(Column(words(f"timeliness.{t}"), 1, number=True) for t in Timeliness),
        Column(words("counts.total"), 1, number=True),
    )
    body = [
        (Cell(name), *(number(pairs[value, t]) for t in Timeliness), number(sum(pairs[value, t] for t in Timeliness)))
        for value, name in rows
    ]
    total = (
        Cell(words("counts.total")),
        *(number(sum(pairs[value, t] for value, _ in rows)) for t in Timeliness),
        number(sum(pairs.values())),
    )
    return Table(columns, (*body, total), total=True)


def charts(entries: list[Entry], day: date, words: Labels) -> list[Section]:
    """Where people would rather look than read."""
    if not entries:
        return []
    status = Counter(entry.item["status"] for entry in entries)
    timely = Counter(entry.item["timeliness"] for entry in entries)
    blocks: list[Bars | Timeline] = [
        _bars(
            "status", [Bar(words(f"status.{s}"), status[s], _STATUS_TONES.get(s, Tone.PLAIN)) for s in Status], words
        ),
        _bars("timeliness", [Bar(words(f"timeliness.{t}"), timely[t], TONES[t]) for t in Timeliness], words),
    ]
    dated = sorted((entry for entry in entries if entry.due_on), key=by_due)
    if dated:
        blocks.append(_timeline(dated, day, words))
    return [Section(words("charts.title"), tuple(blocks), key="charts")]


def _bars(name: str, bars: list[Bar], words: Labels) -> Bars:
    said = [words("charts.bar", label=bar.label, n=bar.value) for bar in bars if bar.value]
    alternative = words("summary.separator").join(said) + words("summary.end")
    return Bars(words(f"charts.{name}"), alternative, tuple(bar for bar in bars if bar.value))


def _timeline(dated: list[Entry], day: date, words: Labels) -> Timeline:
    due = [entry.due_on for entry in dated if entry.due_on]
    done = sorted(entry.closed_on for entry in dated if entry.closed_on)
    if len(dated) <= _ROWS:
        rows = tuple(entry.ref for entry in dated)
        due_points = tuple((one, place) for place, one in enumerate(due))
        done_points = tuple((e.closed_on, place) for place, e in enumerate(dated) if e.closed_on)
        said = [_row_words(entry, words) for entry in dated]
        alternative = words("summary.separator").join(said) + words("summary.end")
    else:
        rows = ()
        due_points, done_points = _running(due), _running(done)
        past = sum(one <= day for one in due)
        alternative = words("charts.timeline_totals", day=words.day(day), due=past, done=len(done))
    return Timeline(
        title=words("charts.timeline"),
        alternative=alternative,
        due=Series(words("charts.due"), due_points, Tone.PLAIN),
        done=Series(words("charts.done"), done_points, Tone.GOOD),
        today=day,
        today_label=words.day(day),
        ticks=_ticks(min([*due, *done, day]), max([*due, *done, day])),
        rows=rows,
    )


def _row_words(entry: Entry, words: Labels) -> str:
    done = entry.closed_on
    state = words("charts.timeline_done", day=words.day(done)) if done else words("charts.timeline_open")
    return words("charts.timeline_row", ref=entry.ref, due=due_words(entry, words), done=state)


def _running(days: list[date]) -> tuple[tuple[date, int], ...]:
    """(day, how many until then), one point a day."""
    return tuple({day: total for total, day in enumerate(sorted(days), 1)}.items())


def _ticks(first: date, last: date) -> tuple[tuple[date, str], ...]:
    """Every first of January, or of a month where there are fewer than three years; at most ten."""
    months = (last.year - first.year) * 12 + last.month - first.month
    step = 12 * (months // 120 + 1) if months > 24 else 3 if months > 8 else 1
    start = first.year * 12 + (0 if step >= 12 else first.month - 1 - (first.month - 1) % step)
    ticks = []
    for index in range(start + step, last.year * 12 + last.month + 1, step):
        if index // 12 <= date.max.year:
            here = date(index // 12, index % 12 + 1, 1)
            if first <= here <= last:
                ticks.append((here, str(here.year) if step >= 12 else f"{here.year}-{here.month:02}"))
    return tuple(ticks)
