"""Compiles the modules of `tracker.extraction` into the wheel, when asked to.

    HATCH_BUILD_HOOKS_ENABLE=1 pip wheel .

Reading a resolution is all Python, most of it small steps: mypyc makes C of the very modules that are checked and
tested. Needs a C compiler. The modules themselves stay in the wheel, for whoever reads a traceback. Nothing is written
into the source: a compiled module there would hide later changes.
"""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "tracker/extraction"
GROUP = "tracker_extraction"
"""The file beside the package that holds the code of all modules has this name."""


class CompiledExtraction(BuildHookInterface[Any]):
    """Called by hatchling around the making of a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles, and adds what was made to the wheel. An editable install runs the source as it is."""
        if version == "editable":
            return
        # Kept until hatchling has packed it, gone when this object is.
        self.folder = TemporaryDirectory()
        made = compiled(Path(self.root), Path(self.folder.name))
        build_data["force_include"].update({str(path): str(path.relative_to(self.folder.name)) for path in made})
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compiled(root: Path, folder: Path) -> list[Path]:
    """The extension modules made of the package under `root`, in `folder` as they lie in a wheel."""
    from mypyc.build import mypycify
    from setuptools import Distribution
    from setuptools.command.build_ext import build_ext

    modules = sorted(str(path.relative_to(root)) for path in (root / PACKAGE).glob("[!_]*.py"))
    options = (f"--python-version={sys.version_info.major}.{sys.version_info.minor}", f"--cache-dir={folder / 'cache'}")
    with contextlib.chdir(root):
        extensions = mypycify(
            [*options, *modules], opt_level="2", debug_level="0", target_dir=str(folder / "c"), group_name=GROUP
        )
    command = build_ext(Distribution({"ext_modules": extensions}))
    command.build_lib, command.build_temp = str(folder), str(folder / "o")
    command.ensure_finalized()
    command.run()
    return [path for ending in ("so", "pyd") for path in folder.rglob(f"*.{ending}")]
