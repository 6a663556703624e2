"""Writing a file or a folder whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, cast

from tracker.errors import CannotWrite


def require_writable(path: Path, *, force: bool = False) -> None:
    """Raises CannotWrite when `path` cannot be written: to be known before a long command, not after it."""
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder; nothing was written")
    if _is_stream(path):
        if not os.access(path, os.W_OK):
            raise CannotWrite(f"{path}: no permission to write there; nothing was written")
        return
    _require_free(path, force=force)
    parent = _behind_links(path).parent
    if not parent.is_dir():
        raise CannotWrite(f"{path}: there is no folder {parent}; nothing was written")
    if not os.access(parent, os.W_OK | os.X_OK):
        raise CannotWrite(f"{path}: no permission to write in {parent}; nothing was written")


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Writes beside `path`, syncs, then renames. Raises CannotWrite; an existing file stays unless `force`."""
    with whole_file(path, force=force) as file:
        file.write(content)


@contextlib.contextmanager
def whole_file(path: Path, *, force: bool = False) -> Iterator[BinaryIO]:
    """A file beside `path` to write to, renamed at the end; any exception leaves `path` as it was.

    Behind a link the file that it leads to is replaced; a pipe or terminal (`/dev/stdout`) gets it all at the end.
    Raises the errors of `write_whole`.
    """
    require_writable(path, force=force)
    temporary = None
    try:
        if _is_stream(path):
            with tempfile.TemporaryFile() as file:
                yield cast("BinaryIO", file)
                file.seek(0)
                with path.open("wb") as stream:
                    shutil.copyfileobj(file, stream)
            return
        target = _behind_links(path)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:50]}.", delete=False) as file:
            temporary = Path(file.name)
            yield cast("BinaryIO", file)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(0o666 & ~_mask())
        temporary.replace(target)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror or error}; nothing was written") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)


def _is_stream(path: Path) -> bool:
    """Whether `path` is written to as it is: a pipe or a terminal. Raises CannotWrite for disks and sockets."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    if stat.S_ISFIFO(mode) or stat.S_ISCHR(mode):
        return True
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise CannotWrite(f"{path} is neither a file nor a pipe; nothing was written")
    return False


def _behind_links(path: Path) -> Path:
    return Path(os.path.realpath(path)) if path.is_symlink() else path


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
