"""Writing a file whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from tracker.errors import CannotWrite


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Writes beside `path`, syncs, then renames. Raises CannotWrite; an existing file stays unless `force`."""
    if path.is_dir():
        raise CannotWrite(f"{path} is a folder; nothing was written")
    if path.exists() and not force:
        raise CannotWrite(f"{path} exists already; nothing was written; --force replaces it")
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name[:50]}.", delete=False) as file:
            temporary = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        mask = os.umask(0)
        os.umask(mask)
        temporary.chmod(0o666 & ~mask)
        temporary.replace(path)
    except OSError as error:
        raise CannotWrite(f"{path}: {error.strerror or error}; nothing was written") from error
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
