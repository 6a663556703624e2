"""HTML reports in a real browser: axe-core has nothing serious to say about them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.browser import find_chromium, look_over
from tests.cli import Tracker
from tests.conftest import absent
from tests.report_data import hostile_report
from tracker.reports import html

SERIOUS = {"serious", "critical"}


@pytest.fixture
def chromium() -> None:
    if find_chromium() is None:
        absent("no Chromium on this machine (Debian: apt-get install chromium)")


def findings(found: dict[str, Any]) -> list[str]:
    """The serious ones, in a line each."""
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


@pytest.mark.usefixtures("chromium")
@pytest.mark.parametrize("language", ["fr", "ar"])
def test_report_has_no_serious_finding(imported: Tracker, tmp_path: Path, language: str) -> None:
    imported.ok("update", "28/2:16", "--status", "in_progress", "--note", "Begun", "--on", "2015-05-01")
    imported.ok("update", "28/2:17", "--status", "implemented", "--evidence", "A/HRC/30/1", "--on", "2015-08-01")
    page = tmp_path / "progress.html"
    imported.ok("report", "28/2", "--language", language, "--as-of", "2015-10-01", "--since", "2015-04-01", "-o", page)
    found = look_over(page.read_bytes(), tmp_path)
    assert findings(found) == []
    assert found["passes"] > 30
    # Letters on drawn bars are the only thing that it cannot judge by itself.
    unsure = [node["html"] for rule in found["incomplete"] for node in rule["nodes"]]
    assert [words for words in unsure if not words.startswith("<text")] == []


@pytest.mark.usefixtures("chromium")
def test_hostile_report_has_no_serious_finding(tmp_path: Path) -> None:
    assert findings(look_over(html.render(hostile_report()), tmp_path)) == []


@pytest.mark.usefixtures("chromium")
def test_findings_are_found(tmp_path: Path) -> None:
    page = html.render(hostile_report()).replace(b"</h1>", b'</h1><img src="x.png">').replace(b'lang="en"', b"")
    assert {line.partition(" ")[0] for line in findings(look_over(page, tmp_path))} == {"image-alt", "html-has-lang"}
