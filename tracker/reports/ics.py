"""iCalendar (RFC 5545): whole days with alarms, which a calendar updates when the file is read again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from tracker.core.agenda import Appointment
from tracker.reports.formats import missing
from tracker.reports.plain import plain, web_link


def render(appointments: Iterable[Appointment], name: str) -> bytes:
    """A calendar called `name`. Raises Unavailable without icalendar."""
    try:
        from icalendar import Calendar
    except ImportError:
        raise missing("icalendar, which makes calendar files,", "reports") from None
    calendar = Calendar()
    calendar.add("prodid", "-//mandate-tracker//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", plain(name))
    for appointment in appointments:
        calendar.add_component(_event(appointment))
    content: bytes = calendar.to_ical()
    return content


def _event(appointment: Appointment) -> Any:
    from icalendar import Alarm, Event

    event = Event()
    event.add("uid", plain(appointment.uid))
    event.add("dtstamp", appointment.changed_at)
    event.add("last-modified", appointment.changed_at)
    event.add("sequence", appointment.version)
    event.add("dtstart", appointment.day)
    event.add("dtend", appointment.day + timedelta(days=1))
    event.add("summary", plain(appointment.title).replace("\n", " "))
    event.add("description", plain(appointment.text))
    if link := web_link(appointment.link):
        event.add("url", link)
    event.add("transp", "TRANSPARENT")
    known = "CONFIRMED" if appointment.sure else "TENTATIVE"
    event.add("status", "CANCELLED" if appointment.cancelled else known)
    if not appointment.cancelled:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", plain(appointment.title).replace("\n", " "))
        alarm.add("trigger", timedelta(days=-appointment.alarm_days))
        event.add_component(alarm)
    return event
