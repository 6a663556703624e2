"""Signs that nobody sees: each output shows them, JSON as escapes that mean the same."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli import Tracker
from tracker.cli import output
from tracker.core.unseen import HIDDEN, SHAPING, in_json, visible
from tracker.reports.plain import plain

UNSEEN = re.compile(f"[{HIDDEN}{SHAPING}]")
SIGNS = {
    "right to left override": "\u202e",
    "isolate": "\u2067",
    "Arabic letter mark": "\u061c",
    "zero-width space": "\u200b",
    "word joiner": "\u2060",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "blank letter": "\u3164",
    "line separator": "\u2028",
    "delete": "\x7f",
    "C1 control": "\x9b",
    "tag": "\U000e0041",
    "noncharacter": "\uffff",
}
ALL = "".join(SIGNS.values())
JOINED = "می\u200cخواهم \U0001f469\u200d\U0001f52c ✔\ufe0f"


@pytest.mark.parametrize("sign", SIGNS.values(), ids=SIGNS)
def test_a_sign_is_an_escape_in_each_output(sign: str) -> None:
    text = f"é{sign}b"
    written = output.json_text({"text": text})
    assert not UNSEEN.search(written)
    assert json.loads(written) == {"text": text}
    for shown in output.safe(text), plain(text), visible(text):
        assert not UNSEEN.search(shown)
        assert shown == ("é b" if sign == "\u2028" else f"é\\u{ord(sign):04x}b")


def test_what_shapes_letters_stays_where_people_read_and_is_seen_in_json() -> None:
    assert plain(JOINED) == JOINED
    written = output.json_text(JOINED)
    assert written.isascii() is False
    assert "\\u200c" in written
    assert not UNSEEN.search(written)
    assert json.loads(written) == JOINED


def test_letters_that_are_seen_stay_themselves() -> None:
    text = "“d’élaborer” – В соответствии — 请秘书长　تقريرا \u00a0 é \ufffd \U0001f600 \ue000"
    assert output.json_text(text) == f'"{text}"'
    assert visible(text) == text


def test_every_control_and_mark_of_direction_is_listed() -> None:
    """But signs of category Cf that are seen, such as the Arabic end of a verse."""
    for number in range(0x110000):
        char = chr(number)
        if unicodedata.category(char) in {"Cc", "Zl", "Zp"} or unicodedata.bidirectional(char) in {
            "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
        }:  # fmt: skip
            assert char == "\n" or UNSEEN.match(char), hex(number)


@given(st.dictionaries(st.text(max_size=5), st.text(st.characters(codec="utf-8"), max_size=40)))
def test_json_means_the_same(value: dict[str, str]) -> None:
    written = in_json(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert not UNSEEN.search(written)


def test_a_backslash_before_a_sign_stays_a_backslash() -> None:
    for text in ("\\\u202e", "\\\\\u202e", '"\u202e"'):
        assert json.loads(output.json_text(text)) == text


def test_a_surrogate_alone_is_told_in_letters() -> None:
    """Its number alone is no text: strict readers of JSON refuse it."""
    assert output.json_text("a\udcffb\\\ud800") == r'"a\\udcffb\\\\ud800"'
    assert json.loads(output.json_text("a\udcffb")) == visible("a\udcffb") == r"a\udcffb"


def test_json_of_every_command(imported: Tracker, example: Path, tmp_path: Path) -> None:
    note = f"see{ALL}there"
    path = tmp_path / "88-8.txt"
    path.write_text(example.read_text(encoding="utf-8").replace("un rapport", "un rapport\u3164"), encoding="utf-8")
    imported.ok("update", ":16", "--note", note, "--assignee", f"Ana{ALL}")
    outputs = {
        "list": imported.ok("list", "--json"),
        "show": imported.ok("show", ":16", "--json"),
        "history": imported.ok("history", "--json"),
        "search": imported.ok("search", "droits", "--json"),
        "extract": imported.ok("extract", path, "--json"),
        "import": imported.ok("import", path, "--symbol", "A/HRC/RES/88/8", "--json"),
        "resolution": imported.ok("show", "88/8", "--json"),
        "export": imported.ok("export"),
        "report": imported.ok("report", "--format", "json"),
    }
    for name, result in outputs.items():
        assert not UNSEEN.search(result.out.replace("\n", "")), name
        json.loads(result.out)
    assert outputs["show"].json()["notes"][0]["note"] == note
    assert "rapport\\u3164" in outputs["extract"].out
    assert f"see{ALL}there" in [row["new"] for row in outputs["export"].json()["tables"]["events"]]
    # And the export is read back as what it was.
    (tmp_path / "all.json").write_text(outputs["export"].out, encoding="utf-8")
    copy = Tracker(tmp_path / "copy.sqlite3")
    copy.ok("import-data", tmp_path / "all.json")
    assert copy.ok("export").out == outputs["export"].out
