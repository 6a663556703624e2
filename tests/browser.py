"""A page in headless Chromium, looked over by axe-core, which comes as a package: nothing is fetched."""

from __future__ import annotations

import importlib.resources
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
_SECONDS = 120
_ASK = """
axe.run(document).then(found => {
  const place = document.createElement("script");
  place.type = "application/json";
  place.id = "found";
  const kept = {violations: found.violations, incomplete: found.incomplete, passes: found.passes.length};
  place.textContent = JSON.stringify(kept).replace(/</g, "\\\\u003c");
  document.body.append(place);
});
"""


def find_chromium() -> str | None:
    """The browser of this machine, or None."""
    return next((found for name in _PROGRAMS if (found := shutil.which(name))), None)


def look_over(page: bytes, folder: Path) -> dict[str, Any]:
    """What axe-core finds in an HTML page: `violations`, `incomplete` (what it cannot judge), `passes` (a number)."""
    program = find_chromium()
    assert program
    axe = (importlib.resources.files("axe_core_python") / "axe.min.js").read_text(encoding="utf-8")
    end = "</body>"
    text = page.decode("utf-8")
    assert text.count(end) == 1
    path = folder / "page.html"
    path.write_text(text.replace(end, f"<script>{axe}</script><script>{_ASK}</script>{end}"), encoding="utf-8")
    shown = _run(program, folder, "--virtual-time-budget=60000", "--dump-dom", path.as_uri())
    page_then = shown.stdout.decode("utf-8")
    match = re.search(r'<script type="application/json" id="found">(.*?)</script>', page_then, re.DOTALL)
    assert match, shown.stderr.decode("utf-8", "replace")[-1000:]
    found: dict[str, Any] = json.loads(match[1])
    return found


def printed(page: str, folder: Path) -> bytes:
    """An HTML page as the PDF that the browser prints of it, with its date, address and page numbers."""
    program = find_chromium()
    assert program
    path, made = folder / "page.html", folder / "page.pdf"
    path.write_text(page, encoding="utf-8")
    _run(program, folder, f"--print-to-pdf={made}", path.as_uri())
    return made.read_bytes()


def _run(program: str, folder: Path, *words: str) -> subprocess.CompletedProcess[bytes]:
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return subprocess.run(
        [program, *_FLAGS, *as_root, f"--user-data-dir={folder / 'profile'}", *words],
        capture_output=True, check=True, timeout=_SECONDS, stdin=subprocess.DEVNULL,
    )  # fmt: skip
