"""The tables, as SQLAlchemy classes: for writing only; reads are SQL on the views of `schema.py`.

Nothing is ever deleted. Columns of `items` cache what the events say holds today; `events` is the truth.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Integer, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.core.codes import Deliverable, Force
from tracker.core.status import Link, Priority, Status
from tracker.storage.base import OPEN_SQL, SHOWN_SQL, Base, one_of
from tracker.storage.schema import NOTHING


class ResolutionRow(Base):
    """One resolution, whatever the number of its texts."""

    __tablename__ = "resolutions"

    id: Mapped[int] = mapped_column(primary_key=True)
    symbol: Mapped[str] = mapped_column(unique=True)
    symbol_key: Mapped[str] = mapped_column(unique=True)
    body: Mapped[str | None]
    session: Mapped[int | None]
    adopted_on: Mapped[date | None]
    meeting: Mapped[str | None]
    vote: Mapped[str | None]
    language: Mapped[str] = mapped_column(String(8))
    texts: Mapped[list[TextRow]] = relationship(back_populates="resolution", order_by="TextRow.id")
    items: Mapped[list[ItemRow]] = relationship(back_populates="resolution", order_by="ItemRow.position")


class TextRow(Base):
    """The text of a resolution in one language and version; the newest version of a language is current."""

    __tablename__ = "texts"
    __table_args__ = (
        UniqueConstraint("resolution_id", "language", "sha256"),
        # Whether a text is current stands behind the text itself, which nobody wants to read for it.
        Index("ix_texts_current", "language", "current", "resolution_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id"))
    language: Mapped[str] = mapped_column(String(8))
    title: Mapped[str | None]
    file: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    encoding: Mapped[str]
    original: Mapped[str]
    cleaned: Mapped[str]
    footnotes: Mapped[int]
    current: Mapped[bool]
    imported_at: Mapped[datetime]
    resolution: Mapped[ResolutionRow] = relationship(back_populates="texts")
    paragraphs: Mapped[list[ParagraphRow]] = relationship(back_populates="text", order_by="ParagraphRow.position")
    problems: Mapped[list[ProblemRow]] = relationship(back_populates="text", order_by="ProblemRow.id")


class ParagraphRow(Base):
    """A paragraph of a text; `verb` and `recalled` are those of the ledger for one without request."""

    __tablename__ = "paragraphs"
    __table_args__ = (UniqueConstraint("text_id", "position"), one_of("kind", ("preambular", "operative")))

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(String(10))
    label: Mapped[str]
    start_at: Mapped[int]
    end_at: Mapped[int]
    words: Mapped[str]
    verb: Mapped[str | None]
    recalled: Mapped[str | None]
    text: Mapped[TextRow] = relationship(back_populates="paragraphs")


class ProblemRow(Base):
    """A doubt met while reading a text."""

    __tablename__ = "problems"

    id: Mapped[int] = mapped_column(primary_key=True)
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    code: Mapped[str]
    message: Mapped[str]
    start_at: Mapped[int]
    end_at: Mapped[int]
    text: Mapped[TextRow] = relationship(back_populates="problems")


class ItemRow(Base):
    """A request being tracked: what the text says (frozen) and what holds of it today.

    `due_by_hand` is the reason why a person set the due date, `extension` the authority for a later one. `deadline`,
    `own_words` and `own_action` are corrections of what was read (None: as read). `withdrawn` says why an item is
    not shown any more: merged into another one, or its making was undone. `added`: a person made it, no text.

    An item with `recurrence` is a series; `until` is the day on which it was ended by hand. One of its occurrences
    that somebody touched is an item too, under `series_id` and the day on which it was due when it was first touched.
    """

    __tablename__ = "items"
    __table_args__ = (
        UniqueConstraint("resolution_id", "place"),
        one_of("force", Force),
        one_of("deliverable", Deliverable),
        one_of("status", Status),
        one_of("office_group", ("secretariat", "body", "states", "others")),
        one_of("priority", (*Priority, NOTHING)),
        Index(
            "ix_items_open_due",
            "due_on",
            sqlite_where=text(f"due_on IS NOT NULL AND {OPEN_SQL}"),
            postgresql_where=text(f"due_on IS NOT NULL AND {OPEN_SQL}"),
        ),
        Index(
            "ix_items_series",
            "series_id",
            "occurrence_on",
            unique=True,
            # Without the condition SQLite would serve `series_id IS NULL`, nearly all items, from this index.
            sqlite_where=text("series_id IS NOT NULL"),
            postgresql_where=text("series_id IS NOT NULL"),
        ),
        Index("ix_items_position", "resolution_id", "position"),
        Index(
            "ix_items_shown",
            "resolution_id",
            "position",
            sqlite_where=text(SHOWN_SQL),
            postgresql_where=text(SHOWN_SQL),
        ),
        # Whole: of two partial indexes SQLite would take either for what is overdue.
        Index("ix_items_due", "due_on"),
        Index(
            "ix_items_withdrawn",
            "resolution_id",
            sqlite_where=text("withdrawn IS NOT NULL"),
            postgresql_where=text("withdrawn IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id"))
    position: Mapped[int]
    place: Mapped[str]
    paragraph: Mapped[str]
    sub: Mapped[str | None]
    force: Mapped[str]
    addressees: Mapped[str]
    addressee_words: Mapped[str]
    office_group: Mapped[str]
    deliverable: Mapped[str | None]
    recurrence: Mapped[str | None]
    known_on: Mapped[date | None]
    status: Mapped[str] = mapped_column(default=Status.PENDING.value)
    status_on: Mapped[date | None]
    due_on: Mapped[date | None]
    due_by_hand: Mapped[str | None]
    first_due_on: Mapped[date | None]
    extension: Mapped[str | None]
    deadline: Mapped[str | None]
    own_words: Mapped[str | None]
    own_action: Mapped[str | None]
    withdrawn: Mapped[str | None]
    added: Mapped[bool] = mapped_column(default=False, server_default=false())
    series_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    occurrence_on: Mapped[date | None]
    until: Mapped[date | None]
    assignee: Mapped[str | None]
    office: Mapped[str | None]
    priority: Mapped[str | None]
    tags: Mapped[str] = mapped_column(default="")
    to_check: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(Integer)
    resolution: Mapped[ResolutionRow] = relationship(back_populates="items")
    wordings: Mapped[list[WordingRow]] = relationship(back_populates="item", order_by="WordingRow.id")
    deadlines: Mapped[list[DeadlineRow]] = relationship(
        back_populates="item", order_by="DeadlineRow.position", cascade="all, delete-orphan"
    )
    evidence: Mapped[list[EvidenceRow]] = relationship(back_populates="item", order_by="EvidenceRow.id")

    @property
    def ref(self) -> str:
        """The reference to the item: `A/HRC/RES/28/2:26`."""
        return f"{self.resolution.symbol}:{self.place}"

    @property
    def held_deadlines(self) -> list[DeadlineRow]:
        """The deadlines that count: those of a correction if there is one, else those of the text."""
        return [row for row in self.deadlines if row.by_hand == (self.deadline is not None)]

    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012 - SQLAlchemy declares it so


class WordingRow(Base):
    """The words of an item in one text; of each language one wording is current."""

    __tablename__ = "wordings"
    __table_args__ = (UniqueConstraint("item_id", "text_id"), Index("ix_wordings_item_language", "item_id", "language"))

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    text_id: Mapped[int] = mapped_column(ForeignKey("texts.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    current: Mapped[bool]
    verb: Mapped[str]
    action: Mapped[str]
    words: Mapped[str]
    addressee_words: Mapped[str]
    start_at: Mapped[int]
    end_at: Mapped[int]
    reasons: Mapped[str]
    doubts: Mapped[str]
    item: Mapped[ItemRow] = relationship(back_populates="wordings")


class DeadlineRow(Base):
    """A deadline of an item as the text states it, with the date it resolved to; position 0 is the first.

    `by_hand`: as a person corrected the reading; while the item has such a correction, it alone counts.
    """

    __tablename__ = "deadlines"
    __table_args__ = (
        UniqueConstraint("item_id", "by_hand", "position"),
        one_of("kind", ("session", "date", "offset", "relative")),
        Index("ix_deadlines_session", "body", "session"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    by_hand: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int]
    kind: Mapped[str]
    relation: Mapped[str | None]
    body: Mapped[str | None]
    session: Mapped[int | None]
    value: Mapped[str | None]
    anchor: Mapped[str | None]
    words: Mapped[str]
    due_on: Mapped[date | None]
    submit_by: Mapped[date | None]
    issue_by: Mapped[date | None]
    basis: Mapped[str | None]
    why: Mapped[str | None]
    verified: Mapped[bool]
    item: Mapped[ItemRow] = relationship(back_populates="deadlines")


class OperationRow(Base):
    """One command by one person; undo reverts it whole."""

    __tablename__ = "operations"

    id: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime]
    actor: Mapped[str]
    command: Mapped[str]
    summary: Mapped[str]
    undoes: Mapped[int | None] = mapped_column(ForeignKey("operations.id"), unique=True)
    events: Mapped[list[EventRow]] = relationship(back_populates="operation", order_by="EventRow.id")


class EventRow(Base):
    """One line of history: a field of an item went from `old` to `new`, holding from `holds_on`; append-only."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_item_field", "item_id", "field", "holds_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    operation_id: Mapped[int] = mapped_column(ForeignKey("operations.id"), index=True)
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"))
    resolution_id: Mapped[int | None] = mapped_column(ForeignKey("resolutions.id"), index=True)
    field: Mapped[str]
    old: Mapped[str | None]
    new: Mapped[str | None]
    holds_on: Mapped[date]
    operation: Mapped[OperationRow] = relationship(back_populates="events")


class SilentEventRow(Base):
    """An event that says nothing about values: of an operation that is undone, or written by an undo for history."""

    __tablename__ = "silent_events"

    id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)


class EvidenceRow(Base):
    """What proves progress: a symbol, URL or file, with the day from which it counts."""

    __tablename__ = "evidence"
    __table_args__ = (one_of("kind", ("symbol", "url", "file")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[str]
    value: Mapped[str]
    title: Mapped[str | None]
    dated: Mapped[date]
    withdrawn: Mapped[bool] = mapped_column(default=False)
    item: Mapped[ItemRow] = relationship(back_populates="evidence")


class LinkRow(Base):
    """How an item hangs together with another item (`other_id`) or with a document (`symbol`)."""

    __tablename__ = "links"
    __table_args__ = (
        one_of("kind", Link),
        CheckConstraint("(other_id IS NULL) <> (symbol IS NULL)", name="target"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    kind: Mapped[str]
    other_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    symbol: Mapped[str | None]
    withdrawn: Mapped[bool] = mapped_column(default=False)


class RenewalRow(Base):
    """A proposal: the request `item_id` may renew the earlier one `other_id`; `likeness` of the words in per cent.

    `refused` says why somebody said no; it is accepted by a link `supersedes`.
    """

    __tablename__ = "renewals"
    __table_args__ = (UniqueConstraint("item_id", "other_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("items.id"))
    other_id: Mapped[int] = mapped_column(ForeignKey("items.id"), index=True)
    likeness: Mapped[int]
    refused: Mapped[str | None]


class SearchRow(Base):
    """Folded words that search finds (`core.terms.fold`), and what they stand in: derived from the other tables.

    There are those of the current texts (titles and paragraphs), of notes that were not undone, and of corrected words.
    """

    __tablename__ = "search_entries"
    __table_args__ = (one_of("kind", ("title", "preambular", "operative", "note", "own")),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    language: Mapped[str | None] = mapped_column(String(8))
    resolution_id: Mapped[int] = mapped_column(ForeignKey("resolutions.id"))
    text_id: Mapped[int | None] = mapped_column(ForeignKey("texts.id"), index=True)
    paragraph_id: Mapped[int | None] = mapped_column(ForeignKey("paragraphs.id"))
    item_id: Mapped[int | None] = mapped_column(ForeignKey("items.id"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    folded: Mapped[str]


class SessionRow(Base):
    """Dates of a session, or of one part of it, that a person set; they go before those of `data/sessions.csv`."""

    __tablename__ = "sessions"
    __table_args__ = (UniqueConstraint("body", "session", "part"), one_of("mark", ("yes", "partial", "rule", "no")))

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str]
    session: Mapped[str]
    part: Mapped[int]
    kind: Mapped[str]
    opens: Mapped[date | None]
    closes: Mapped[date | None]
    mark: Mapped[str]
    source: Mapped[str]
    note: Mapped[str]
