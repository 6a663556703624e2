"""Writing a file or a folder whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from tracker.errors import CannotWrite


def require_writable(path: Path, *, force: bool = False) -> None:
    """Raises CannotWrite when `path` cannot be written: to be known before a long command, not after it."""
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder; nothing was written")
    _require_free(path, force=force)
    if not path.parent.is_dir():
        raise CannotWrite(f"{path}: there is no folder {path.parent}; nothing was written")


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Writes beside `path`, syncs, then renames. Raises CannotWrite; an existing file stays unless `force`."""
    with whole_file(path, force=force) as file:
        file.write(content)


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file beside `path` to write to, renamed at the end; any exception leaves `path` as it was.

    Raises the errors of `write_whole`.
    """
    require_writable(path, force=force)
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
            temporary = Path(file.name)
            yield cast("BinaryIO", file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_mask())
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror or error}; nothing was written") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def write_folder(path: Path, files: Iterable[tuple[str, Iterable[bytes]]], *, force: bool = False) -> None:
    """Writes all `files` (names and pieces) beside the folder `path`, then moves them there.

    Raises CannotWrite: a folder that holds anything stays as it is unless `force`, which replaces files of these
    names and leaves others alone.
    """
    if path.exists() and not (path.is_dir() and not any(path.iterdir())):
        _require_free(path, force=force and path.is_dir())
    temporary, state = None, "nothing was written"
    try:
        temporary = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name[:50]}."))
        for name, pieces in files:
            with (temporary / name).open("wb") as file:
                file.writelines(pieces)
                file.flush()
                os.fsync(file.fileno())
        temporary.chmod(0o777 & ~_mask())
        if not path.exists():
            temporary.rename(path)
        else:
            state = "some of its files may be the old ones"
            for file_path in sorted(temporary.iterdir()):
                file_path.replace(path / file_path.name)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror or error}; {state}") from error
    finally:
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)


def _require_free(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise CannotWrite(f"{path} exists already; nothing was written; --force replaces it")


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
