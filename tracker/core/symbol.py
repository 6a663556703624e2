"""Document symbols as values: `A/HRC/RES/28/2` ↔ Symbol, both ways without loss.

The grammar follows the United Nations guide to document symbols: an organ (A, S, E, UNEP ...), components
for subsidiary organs and sessions, a kind (RES, DEC, PRST, L.n), a number, and modifiers (Add.1, Rev.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_SYMBOL = re.compile(
    r"""
    (?P<organ> A|S|E|ST|T|DP|TD|CD|CRC|CCPR|CEDAW|CAT|UNEP|HSP|UNW|SPLOS|ISBA|FCCC|CBD|ECE )
    (?P<path>
        (?: / (?:
            (?: AC|C|CN|CONF|GC|SC|Sub|WG|EA|HA|COP|CP|IGC ) \. [0-9]{1,4}    # a subsidiary organ with its number
          | HRC|PBC|ESCAP|ECA|ECE|ESCWA|ECLAC|CEPAL|GC|PC|UNHA                # or with its own name
        ) )*
    )
    (?: / (?P<session>
            (?: S|ES ) - (?: [0-9]{1,3} | [IVXLC]{1,8} )    # special and emergency special sessions
          | OS / [0-9]{1,3}                                 # organizational meetings of the Human Rights Council
          | [0-9]{1,4}                                      # session, or year of ECOSOC and Security Council
    ) (?= / ) )?
    / (?: (?P<kind> RES|DEC|PRST|PV|SR|L|CRP|INF|NGO|WP|R|MIN )(?: [/.] | (?= \d ) )
          (?: (?P<late_session> (?: S|ES ) - (?: [0-9]{1,3} | [IVXLC]{1,8} ) | OS / [0-9]{1,3} | [0-9]{1,4} ) / )? )?
    (?P<number> [0-9]{1,5} (?: - [IVXLC]{1,8} )? )
    (?: \ (?P<letter> [A-Z] (?: -[A-Z] )? ) )?              # 75/253 B, 71/101 A-B
    (?: \ ? \( (?P<year> [0-9]{4} | (?: S- )? [IVXLC]{1,8} ) \) )?   # S/RES/2178 (2014), A/RES/1514 (XV)
    (?P<modifiers> (?: / (?: Add|Corr|Rev|Amend ) \. [0-9]{1,3} )* )
    """,
    re.VERBOSE,
)

_BODIES = (
    (("A", "HRC"), "HRC"),
    (("A",), "GA"),
    (("S",), "SC"),
    (("E", "ESCAP"), "ESCAP"),
    (("E", "ECA"), "ECA"),
    (("E", "ECE"), "ECE"),
    (("E", "ESCWA"), "ESCWA"),
    (("E", "ECLAC"), "ECLAC"),
    (("ECE",), "ECE"),
    (("UNEP", "EA"), "UNEA"),
    (("HSP", "HA"), "UNHABITAT"),
    (("HSP", "GC"), "UNHABITAT"),
    (("E",), "ECOSOC"),
)


@dataclass(frozen=True, slots=True)
class Symbol:
    """One document symbol in its parts; `str()` gives the canonical form.

    `path` holds the components after the organ (`HRC`, `C.3`, `EA.4`); `session` stands before the kind in
    drafts (`A/HRC/28/L.2`) and after it in adopted texts (`A/HRC/RES/28/2`): `session_first` says which.
    """

    organ: str
    path: tuple[str, ...]
    kind: str | None
    session: str | None
    number: str
    letter: str | None = None
    year: str | None = None
    modifiers: tuple[str, ...] = ()
    session_first: bool = False

    def __str__(self) -> str:
        parts = [self.organ, *self.path]
        before = [self.session] if self.session and self.session_first else []
        after = [self.session] if self.session and not self.session_first else []
        number = self.number
        if self.kind in _DOTTED:
            parts += [*before, f"{self.kind}.{number}"]
        elif self.kind == "RES" and _numbered_by_dot(self.path):
            parts += [*before, f"RES.{number}"]
        else:
            parts += [*before, *([self.kind] if self.kind else []), *after, number]
        text = "/".join(parts)
        text += f" {self.letter}" if self.letter else ""
        text += f"({self.year})" if self.year else ""
        return "/".join([text, *self.modifiers])

    @property
    def body(self) -> str | None:
        """The code of the body whose series this is (`HRC`, `GA`, `SC` ...); None for other series.

        A draft in a committee of the General Assembly (`A/C.3/80/L.13`) is a draft of the Assembly.
        """
        start = (self.organ, *(part.partition(".")[0] for part in self.path))
        for parts, body in _BODIES:
            if start[: len(parts)] == parts:
                return body
        return None

    @property
    def session_number(self) -> int | None:
        """The session as a number: 28, the year for ECOSOC, 34 for S-34; None for the Security Council."""
        if self.body == "SC":
            return None
        if self.path and self.path[-1].partition(".")[0] in {"EA", "HA"}:
            return int(self.path[-1].partition(".")[2])
        source = self.session or self.year
        if source is None:
            return None
        last = source.rpartition("-")[2].rpartition("/")[2]
        return int(last) if last.isdigit() else _roman(last)

    @property
    def is_draft(self) -> bool:
        """True for a text that is not adopted yet: an `L.` document or a plain Security Council number."""
        return self.kind == "L" or (self.organ == "S" and self.kind is None)

    @property
    def short(self) -> str:
        """The form that references use: `28/2`, `75/253 B`, `2723 (2024)`; the whole symbol when it has none."""
        if self.kind != "RES" or self.modifiers:
            return str(self)
        if _numbered_by_dot(self.path):
            return f"{self.path[-1].partition('.')[2]}/{self.number}"
        text = f"{self.session}/{self.number}" if self.session else self.number
        text += f" {self.letter}" if self.letter else ""
        return text + (f" ({self.year})" if self.year else "")


_DOTTED = frozenset({"L", "PV", "SR", "CRP", "WP", "R"})


def parse(text: str) -> Symbol:
    """The symbol that `text` is, spaces at its ends and `*` after it ignored. Raises ValueError when it is none."""
    found = _SYMBOL.fullmatch(_tidy(text))
    if found is None:
        raise ValueError(f"not a document symbol: {text!r}")
    return _symbol(found)


def find(text: str) -> tuple[Symbol, ...]:
    """All the symbols in running text, in order."""
    pattern = re.compile(rf"(?<![\w/.-])(?:{_SYMBOL.pattern})(?![\w])", re.VERBOSE)
    return tuple(_symbol(found) for found in pattern.finditer(text))


def _symbol(found: re.Match[str]) -> Symbol:
    early, late = found["session"], found["late_session"]
    path = tuple(part for part in found["path"].split("/") if part)
    return Symbol(
        organ=found["organ"],
        path=path,
        kind=found["kind"],
        session=early or late,
        number=found["number"],
        letter=found["letter"],
        year=found["year"],
        modifiers=tuple(part for part in found["modifiers"].split("/") if part),
        session_first=bool(early and found["kind"]),
    )


def resolution(body: str, number: str, session: str | None = None, letter: str | None = None) -> Symbol | None:
    """The symbol of resolution `number` of a body, as `28/2`, `2723 (2024)` or `1514 (XV)` state it; None if unknown.

    `session` is used when `number` stands alone (`RES.7` of session 4).
    """
    found = re.fullmatch(
        r"(?:(?P<session>(?:S-|ES-)?[0-9]{1,4})/)?(?P<number>[0-9]{1,5})"
        r"(?: ?(?P<letter>[A-Z](?:-[A-Z])?))?(?: ?\((?P<year>[0-9]{4}|(?:S-)?[IVXLC]{1,8})\))?",
        number.strip(),
    )
    prefix = _PREFIXES.get(body)
    if found is None or prefix is None:
        return None
    organ, *path = prefix
    held = found["session"] or session
    kind = "DEC" if body == "HRC" and int(found["number"]) > _BEFORE_DECISIONS else "RES"
    symbol = Symbol(organ, tuple(path), kind, held, found["number"], found["letter"] or letter, found["year"])
    if body in {"UNEA", "UNHABITAT"}:
        return replace(symbol, path=(f"{path[0]}.{held}",), session=None) if held else None
    return symbol if held or symbol.year else None


_BEFORE_DECISIONS = 100
"""Decisions of the Human Rights Council count from 101 in each session (`A/HRC/DEC/32/115`)."""

_PREFIXES = {
    "HRC": ("A", "HRC"),
    "GA": ("A",),
    "SC": ("S",),
    "ECOSOC": ("E",),
    "ESCAP": ("E", "ESCAP"),
    "ECA": ("E", "ECA"),
    "ESCWA": ("E", "ESCWA"),
    "ECLAC": ("E", "ECLAC"),
    "UNEA": ("UNEP", "EA"),
    "UNHABITAT": ("HSP", "HA"),
}


def _numbered_by_dot(path: tuple[str, ...]) -> bool:
    return bool(path) and path[-1].partition(".")[0] in {"EA", "HA"}


def _tidy(text: str) -> str:
    text = re.sub(r"\s+", " ", text).strip().rstrip("*").rstrip()
    return re.sub(r" ?/ ?", "/", text).replace("–", "-")


def _roman(text: str) -> int | None:
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    if not text or set(text) - set(values):
        return None
    numbers = [values[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(numbers, [*numbers[1:], 0], strict=True))
