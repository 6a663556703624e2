"""The codes by which a request is sorted: how strongly it is put, and what it is to produce."""

from __future__ import annotations

from enum import StrEnum


class Force(StrEnum):
    """How strongly a request is put (labelling guide of the corpus, rules 1 and 8)."""

    REQUEST = "request"
    URGE = "urge"
    CALL = "call"
    INVITE = "invite"
    ENCOURAGE = "encourage"
    RECOMMEND = "recommend"
    DEMAND = "demand"
    DECIDE = "decide"
    AUTHORIZE = "authorize"
    INSTRUCT = "instruct"
    INTEND = "intend"


class Deliverable(StrEnum):
    """The concrete product that a request names."""

    REPORT = "report"
    UPDATE = "update"
    STUDY = "study"
    PANEL = "panel"
    CONSULTATION = "consultation"
    MEETING = "meeting"
    ELECTION = "election"
    FUNDING = "funding"
    ASSISTANCE = "assistance"
    PLAN = "plan"
    OTHER = "other"


DOCUMENTS = frozenset({Deliverable.REPORT, Deliverable.UPDATE, Deliverable.STUDY})
"""Deliverables that conference services process, so that submission dates apply to them."""
