"""Native charts of a workbook, with the figures that they show beside them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tracker.core.report import Bars, Timeline, Tone
from tracker.reports.plain import plain
from tracker.reports.svg import COLOURS

FONT_COLOURS = {Tone.BAD: "#A11B14", Tone.WARNING: "#8A4B00", Tone.GOOD: "#22662F"}
_ROW_PIXELS = 20


def insert(book: Any, sheet: Any, row: int, chart: Bars | Timeline, text: Any, day: Any) -> int:
    """Writes the figures from `row` on, puts the chart beside them, and returns the next free row."""
    sheet.write_string(row, 0, plain(chart.title), text)
    drawn, last = _bars(book, sheet, row + 1, chart, text) if isinstance(chart, Bars) else _timeline(
        book, sheet, row + 1, chart, text, day
    )  # fmt: skip
    # By reference, because a title or name that starts with "=" would be taken for one.
    drawn.set_title({"name": [sheet.name, row, 0], "name_font": {"size": 12}})
    height = max(240, _ROW_PIXELS * (last - row + 1))
    drawn.set_size({"width": 620, "height": height})
    alternative = plain(chart.alternative)
    said = alternative if len(alternative) <= 1000 else alternative[:1000] + "…"
    sheet.insert_chart(row, 4, drawn, {"description": said, "object_position": 1})
    return row + max(last - row, height // _ROW_PIXELS) + 1


def _bars(book: Any, sheet: Any, row: int, chart: Bars, text: Any) -> tuple[Any, int]:
    for place, bar in enumerate(chart.bars):
        sheet.write_string(row + place, 0, plain(bar.label), text)
        sheet.write_number(row + place, 1, bar.value)
    last = row + max(len(chart.bars) - 1, 0)
    drawn = book.add_chart({"type": "bar"})
    drawn.add_series(
        {
            "categories": [sheet.name, row, 0, last, 0],
            "values": [sheet.name, row, 1, last, 1],
            "points": [{"fill": {"color": COLOURS[bar.tone]}} for bar in chart.bars],
            "data_labels": {"value": True},
            "gap": 60,
        }
    )
    drawn.set_legend({"none": True})
    drawn.set_y_axis({"reverse": True})
    drawn.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    return drawn, last


def _timeline(book: Any, sheet: Any, row: int, chart: Timeline, text: Any, day: Any) -> tuple[Any, int]:
    """Days across, rows (or running totals) upwards."""
    drawn = book.add_chart({"type": "scatter"} if chart.rows else {"type": "scatter", "subtype": "straight"})
    last = row
    days = [chart.today]
    for series, marker in ((chart.due, "diamond"), (chart.done, "circle")):
        first = last
        for offset, (when, value) in enumerate(series.points):
            label = chart.rows[value] if chart.rows else series.label
            sheet.write_string(first + offset, 0, plain(label)[:200], text)
            sheet.write_datetime(first + offset, 1, _as_time(when), day)
            sheet.write_number(first + offset, 2, value + 1 if chart.rows else value)
            sheet.write_string(first + offset, 3, plain(series.label), text)
            days.append(when)
        if not series.points:
            continue
        last = first + len(series.points)
        colour = COLOURS[series.tone]
        look: dict[str, Any] = {"marker": {"type": marker, "size": 8, "fill": {"color": colour}}}
        if chart.rows and series is chart.due:
            # The rows of a scatter chart have no names of their own: each deadline carries its item.
            names = [
                {"value": _label(chart.rows[value], sheet.name, first + offset)}
                for offset, (_, value) in enumerate(series.points)
            ]
            look["data_labels"] = {"value": True, "custom": names, "position": "above", "font": {"size": 8}}
        if not chart.rows:
            look = {"line": {"color": colour, "width": 2}}
        drawn.add_series(
            {
                "name": [sheet.name, first, 3],
                "categories": [sheet.name, first, 1, last - 1, 1],
                "values": [sheet.name, first, 2, last - 1, 2],
                **look,
            }
        )
    drawn.set_x_axis(
        {"date_axis": True, "num_format": "yyyy-mm", "min": _serial(min(days)) - 30, "max": _serial(max(days)) + 30}
    )
    drawn.set_y_axis({"reverse": bool(chart.rows), "visible": not chart.rows, "major_gridlines": {"visible": True}})
    drawn.set_legend({"position": "bottom"})
    return drawn, last


def _label(text: str, sheet: str, row: int) -> str:
    """A label; what the library would take for a formula stands in the cell of `row` and is referred to."""
    shown = plain(text)[:200]
    quoted = sheet.replace("'", "''")
    return f"='{quoted}'!$A${row + 1}" if "!" in shown or shown.startswith("=") else shown


def _as_time(day: date) -> datetime:
    return datetime(max(day.year, 1900), day.month, day.day)  # noqa: DTZ001 - a day has no zone


def _serial(day: date) -> int:
    """The number of a day as spreadsheets count."""
    return max((day - date(1899, 12, 30)).days, 1)
