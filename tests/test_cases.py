"""Golden cases: one file a case under `cases/<language>/`, the text of a small resolution and what it asks for.

A file holds `text` (opener and paragraphs), and a table [[requests]] for each request in the order of the text (none:
`requests = []`). Only the keys that a case gives are compared: `paragraph`, `sub`, `verb`, `force`, `addressees`
(codes), `deliverable`, `deadline` (kind, relation, body, session, value ...), `deadlines`, `recurrence`, `action`.
`recalled` (source of a recalled request by paragraph) compares the ledger. A new case is a new file.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tracker.core.calendar import Calendar
from tracker.extraction.pipeline import extract
from tracker.reading.files import read_bytes
from tracker.services.extracting import as_contract

FOLDER = Path(__file__).parent / "cases"
CASES = sorted(FOLDER.glob("*/*.toml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_case(path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    found = extract(read_bytes(case["text"].encode(), path.name), language=path.parent.name)
    contract = as_contract(found[0], path.name, Calendar(()))
    wanted = case["requests"]
    assert [place(row) for row in contract["requests"]] == [place(row) for row in wanted]
    for have, want in zip(contract["requests"], wanted, strict=True):
        assert {key: comparable(have, key, want) for key in want} == want
    if "recalled" in case:
        recalled = {row["paragraph"]: row["recalled"] for row in contract["ledger"] if row["recalled"]}
        assert recalled == case["recalled"]


def place(row: dict[str, Any]) -> tuple[str, str | None]:
    return row["paragraph"], row.get("sub")


def comparable(have: dict[str, Any], key: str, want: dict[str, Any]) -> Any:
    """The value of `key` cut down to what the case says about it."""
    value = have[key]
    if key == "addressees":
        return [row["code"] for row in value]
    if key == "deadline" and isinstance(value, dict) and isinstance(want[key], dict):
        return {name: value.get(name) for name in want[key]}
    if key == "deadlines":
        return [{name: row.get(name) for name in keys} for row, keys in zip(value, want[key], strict=True)]
    return "none" if value is None else value


@pytest.mark.parametrize("language", sorted({path.parent.name for path in CASES}))
def test_each_language_has_its_cases(language: str) -> None:
    assert len([path for path in CASES if path.parent.name == language]) >= 25
