"""Charts as SVG: drawn once, for HTML, PDF and Word alike. Deterministic, without any library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import pairwise
from xml.sax.saxutils import escape

from tracker.core.report import Bars, Chart, Timeline, Tone
from tracker.reports.plain import marked, plain

WIDTH = 680
"""Width of every chart in CSS pixels."""

COLOURS = {
    Tone.PLAIN: "#1f6fb2",
    Tone.GOOD: "#2b7a3d",
    Tone.WARNING: "#a85f00",
    Tone.BAD: "#b3261e",
    Tone.MUTED: "#6b7280",
}
"""At least 4.5 to 1 on white, and told apart by those who do not tell red from green: the words say the same."""

_INK, _LINE = "#1f2933", "#c5ccd3"
_FONT = "font-family=\"'Noto Sans', 'DejaVu Sans', Arial, 'Noto Sans CJK SC', sans-serif\" font-size=\"13\""
_LABEL, _ROW, _MOST = 190, 26, 30


def draw(chart: Chart, direction: str = "ltr") -> str:
    """The chart as an SVG element; right to left it is drawn as in a mirror, but for the letters."""
    if isinstance(chart, Bars):
        height, parts = _bars(chart, direction)
    else:
        height, parts = _timeline(chart, direction)
    label = escape(plain(f"{chart.title}: {chart.alternative}"), {'"': "&quot;", "\n": " "})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'direction="ltr" role="img" aria-label="{label}" {_FONT}>' + "".join(parts) + "</svg>"
    )


def height_of(chart: Chart) -> int:
    """The height of the drawn chart in CSS pixels."""
    return _bars(chart, "ltr")[0] if isinstance(chart, Bars) else _timeline(chart, "ltr")[0]


class _Pen:
    """Writes shapes; knows on which side a line of text starts."""

    def __init__(self, direction: str) -> None:
        self.parts: list[str] = []
        self._mirrored = direction == "rtl"

    def _x(self, x: float) -> str:
        return f"{WIDTH - x if self._mirrored else x:.1f}"

    def text(self, x: float, y: float, words: str, *, anchor: str = "start", colour: str = _INK) -> None:
        if self._mirrored:
            anchor = {"start": "end", "end": "start"}.get(anchor, anchor)
        shown = escape(marked(words, "rtl" if self._mirrored else "ltr").replace("\n", " "))
        if self._mirrored:
            # Isolated, because what draws PDF knows no direction but that of the letters.
            shown = f"\u2067{shown}\u2069"
        self.parts.append(f'<text x="{self._x(x)}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{shown}</text>')

    def bar(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        left = float(self._x(x)) - (width if self._mirrored else 0)
        self.parts.append(
            f'<rect x="{left:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" fill="{colour}"/>'
        )

    def line(self, points: list[tuple[float, float]], colour: str, *, width: float = 1, dashes: str = "") -> None:
        path = " ".join(f"{self._x(x)},{y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self.parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>')

    def ring(self, x: float, y: float, colour: str, *, filled: bool) -> None:
        fill = colour if filled else "#ffffff"
        self.parts.append(
            f'<circle cx="{self._x(x)}" cy="{y:.1f}" r="5" fill="{fill}" stroke="{colour}" stroke-width="2"/>'
        )


def _short(words: str, most: int = _MOST) -> str:
    """A label that fits; wide letters count double."""
    room = float(most)
    for place, char in enumerate(words):
        room -= 1.8 if char >= "\u2e80" else 1
        if room < 0:
            return words[: max(place - 1, 1)].rstrip() + "…"
    return words


def _bars(chart: Bars, direction: str) -> tuple[int, list[str]]:
    pen = _Pen(direction)
    largest = max((bar.value for bar in chart.bars), default=1) or 1
    room = WIDTH - _LABEL - 60
    for place, bar in enumerate(chart.bars):
        top = 6 + place * _ROW
        pen.text(_LABEL - 10, top + 14, _short(bar.label), anchor="end")
        width = max(room * bar.value / largest, 2)
        pen.bar(_LABEL, top, width, _ROW - 8, COLOURS[bar.tone])
        pen.text(_LABEL + width + 8, top + 14, str(bar.value))
    return 12 + len(chart.bars) * _ROW, pen.parts


def _timeline(chart: Timeline, direction: str) -> tuple[int, list[str]]:
    pen = _Pen(direction)
    days = [day for series in (chart.due, chart.done) for day, _ in series.points] + [chart.today]
    first, last = min(days), max(days)
    span = max((last - first).days, 1)
    room = WIDTH - _LABEL - 40

    def at(day: date) -> float:
        return _LABEL + 10 + room * (day - first).days / span

    bottom = 40 + (len(chart.rows) * _ROW if chart.rows else 200)
    _axis(pen, chart, at, bottom)
    if chart.rows:
        _spans(pen, chart, at)
    else:
        _steps(pen, chart, at, bottom, last)
    _legend(pen, chart)
    return bottom + 44, pen.parts


def _axis(pen: _Pen, chart: Timeline, at: Callable[[date], float], bottom: float) -> None:
    """The axis with its ticks, and the day of the report; ticks that would touch each other get no words."""
    free = 0.0
    for day, words in chart.ticks:
        pen.line([(at(day), 30), (at(day), bottom)], _LINE)
        if at(day) - free >= 58:
            pen.text(at(day), bottom + 16, words, anchor="middle")
            free = at(day)
    pen.line([(_LABEL + 10, bottom), (WIDTH - 30, bottom)], _INK)
    today = at(chart.today)
    pen.line([(today, 30), (today, bottom + 22)], COLOURS[Tone.BAD], dashes="4 3")
    edge = "middle" if 80 <= today <= WIDTH - 80 else "end" if today > WIDTH - 80 else "start"
    pen.text(today, bottom + 36, chart.today_label, anchor=edge, colour=COLOURS[Tone.BAD])


def _spans(pen: _Pen, chart: Timeline, at: Callable[[date], float]) -> None:
    done = {row: day for day, row in chart.done.points}
    for day, row in chart.due.points:
        y = 48 + row * _ROW
        pen.text(_LABEL - 10, y + 5, _short(chart.rows[row]), anchor="end")
        if row in done:
            pen.line([(at(day), y), (at(done[row]), y)], COLOURS[Tone.MUTED], width=2)
        pen.ring(at(day), y, COLOURS[chart.due.tone], filled=False)
        if row in done:
            pen.ring(at(done[row]), y, COLOURS[chart.done.tone], filled=True)


def _steps(pen: _Pen, chart: Timeline, at: Callable[[date], float], bottom: float, last: date) -> None:
    largest = max(value for series in (chart.due, chart.done) for _, value in series.points)

    def up(value: int) -> float:
        return bottom - (bottom - 40) * value / largest

    for value in sorted({0, largest // 2, largest}):
        pen.text(_LABEL - 4, up(value) + 5, str(value), anchor="end")
        pen.line([(_LABEL + 10, up(value)), (WIDTH - 30, up(value))], _LINE)
    for series, end, dashes in ((chart.due, last, "6 4"), (chart.done, chart.today, "")):
        points = list(_stairs(series.points, end))
        pen.line([(at(day), up(value)) for day, value in points], COLOURS[series.tone], width=2.5, dashes=dashes)


def _stairs(points: tuple[tuple[date, int], ...], end: date) -> Iterator[tuple[date, int]]:
    """The corners of a line that rises on each day and lasts until `end`."""
    if points:
        yield points[0][0], 0
        yield points[0]
    for (_, before), (day, value) in pairwise(points):
        yield day, before
        yield day, value
    if points and points[-1][0] < end:
        yield end, points[-1][1]


def _legend(pen: _Pen, chart: Timeline) -> None:
    x = float(_LABEL + 16)
    for series, filled in ((chart.due, False), (chart.done, True)):
        pen.ring(x, 14, COLOURS[series.tone], filled=filled)
        pen.text(x + 12, 19, series.label)
        x += 150
