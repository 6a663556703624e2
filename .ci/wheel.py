"""The wheels work where nothing of the project is around them, and give the same.

Builds the one for all machines and the one for this machine (`hatch_build.py`), installs each into a fresh environment
with the locked dependencies of users alone, and does the main job from another folder. Prints what it checked; exits 1
at the first thing that is not so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "hrc-28-2.fr.txt"
OVERDUE = "28/2:26"
SHARED = "tracker_extraction__mypyc"
"""What holds the machine code of all modules; it stands beside the package."""


def run(*command: str | Path, cwd: Path, env: dict[str, str] | None = None) -> str:
    """The output of a command that must succeed."""
    done = subprocess.run(
        list(map(str, command)),
        cwd=cwd,
        env=env,
        capture_output=True,
        encoding="utf-8",
        check=False,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        sys.exit(f"FAILED ({done.returncode}): {' '.join(map(str, command))}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def check(what: str, so: bool, shown: str = "") -> None:
    """Print a fact, or stop where it is none."""
    if not so:
        sys.exit(f"NOT SO: {what}\n{shown}")
    print(f"ok: {what}")


def build(folder: Path, *, compiled: bool) -> Path:
    """The wheel, made with the locked build backend of the present environment."""
    pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation")
    env = {**os.environ, **({"HATCH_BUILD_HOOKS_ENABLE": "1"} if compiled else {})}
    run(*pip, "--wheel-dir", folder, ROOT, cwd=folder, env=env)
    (wheel,) = folder.glob("mandate_tracker-*.whl")
    return wheel


def check_contents(wheel: Path, *, compiled: bool) -> None:
    """Everything that the program needs is inside, and nothing else."""
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    versions = {path.name for path in (ROOT / "migrations" / "versions").glob("*.py")}
    packed = {name.rpartition("/")[2] for name in names if name.startswith("tracker/migrations/versions/")}
    check(f"{len(versions)} migrations inside", bool(versions) and versions <= packed, "\n".join(names))
    check("environment of the migrations inside", "tracker/migrations/env.py" in names, "\n".join(names))
    for folder in ("languages",):
        data = [name for name in names if name.startswith(f"tracker/data/{folder}/")]
        check(f"{len(data)} files of data/{folder} inside", bool(data), "\n".join(names))
    modules = {path.stem for path in (ROOT / "tracker" / "extraction").glob("[!_]*.py")}
    in_c = {Path(name).name.partition(".")[0] for name in names if Path(name).suffix in {".so", ".pyd"}}
    wanted = modules | {SHARED} if compiled else set()
    check(f"{len(wanted)} files of machine code inside", in_c == wanted, str(in_c ^ wanted))
    tops = {name.partition("/")[0].partition(".")[0] for name in names} - {SHARED}
    check("one package and its metadata, no more", tops == {"tracker", wheel.name.partition(".")[0]}, str(tops))
    left = [path for path in ROOT.glob("tracker/**/*") if path.suffix in {".so", ".pyd", ".c"}]
    check("nothing of it is left in the source", not left, str(left))


def install(wheel: Path, folder: Path) -> Path:
    """A fresh environment with the wheel and the locked dependencies; returns its folder of programs."""
    run(sys.executable, "-m", "venv", folder, cwd=wheel.parent)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "run.txt", cwd=wheel.parent)
    run(*pip, "--no-deps", wheel, cwd=wheel.parent)
    run(programs / "python", "-m", "pip", "check", cwd=wheel.parent)
    return programs


def main_job(programs: Path, folder: Path) -> None:
    """Import, overdue, report, in an empty folder with a database of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRACKER_"))}
    env["TRACKER_DATABASE"] = str(folder / "tracker.sqlite3")

    def tracker(*words: str | Path) -> str:
        return run(programs / "tracker", *words, cwd=folder, env=env)

    where = run(programs / "python", "-c", "import tracker; print(tracker.__file__)", cwd=folder, env=env).strip()
    check("the installed package runs, not the source", Path(where).is_relative_to(programs.parent), where)
    version = tracker("--version")
    check("it says its version", any(char.isdigit() for char in version), version)
    shown = tracker("import", EXAMPLE)
    check("import stores 13 items of 28/2", "13" in shown and "28/2" in shown, shown)
    shown = tracker("overdue", "--as-of", "2015-09-13")
    check("nothing is overdue on 2015-09-13", OVERDUE not in shown, shown)
    shown = tracker("overdue", "--as-of", "2015-09-14")
    check(f"{OVERDUE} is overdue on 2015-09-14", OVERDUE in shown, shown)
    shown = tracker("report", "28/2", "--as-of", "2015-09-14")
    check("the report names resolution and date", "28/2" in shown and "14 September 2015" in shown, shown)


def read_all(programs: Path, folder: Path, *, compiled: bool) -> str:
    """What `extract` says of the example and of all labelled texts that are beside the project."""
    texts = sorted(ROOT.parent.glob("shared/corpus/dev/*.txt"))
    texts += sorted(ROOT.parent.glob("shared/corpus/parallel/*/*.txt"))
    where = run(programs / "python", "-c", "import tracker.extraction.requests as r; print(r.__file__)", cwd=folder)
    reader = Path(where.strip())
    check(f"{len(texts) + 1} texts are read by {reader.name}", compiled == (reader.suffix != ".py"), where)
    return run(programs / "tracker", "extract", "--json", EXAMPLE, *texts, cwd=folder)


def main() -> None:
    """Build, look inside, install, run."""
    said = []
    for compiled in (False, True):
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            wheel = build(folder, compiled=compiled)
            check_contents(wheel, compiled=compiled)
            programs = install(wheel, folder / "venv")
            work = folder / "elsewhere"
            work.mkdir()
            main_job(programs, work)
            said.append(read_all(programs, work, compiled=compiled))
    check("both read the same", said[0] == said[1])


if __name__ == "__main__":
    main()
