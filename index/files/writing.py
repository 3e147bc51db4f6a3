"""Writes files whole or not at all, so that neither a crash nor a full disk leaves half of one.

What is written, and under which name, is decided elsewhere.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.model.errors import FilingRefused

#: Who may read a new file: everybody; temporary files are their owner's alone.
_MODE = 0o644


def write_new(path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all; raise ``FileExistsError`` if it exists."""
    with _temporary(path, content, _MODE) as temporary:
        try:
            # A hard link fails if the name is taken; a rename would replace the file.
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # Some file systems have no hard links. There, the name is taken and then replaced.
            path.touch(exist_ok=False)
            temporary.replace(path)
    _keep_name(path.parent)


def replace_whole(path: Path, content: bytes) -> None:
    """Write *content* to *path*, whole or not at all, over what is there; who may read it stays."""
    mode = path.stat().st_mode & 0o777 if path.exists() else _MODE
    with _temporary(path, content, mode) as temporary:
        temporary.replace(path)
    _keep_name(path.parent)


def unwritable(path: Path, error: OSError) -> FilingRefused:
    """Return why *path* cannot be written, of the system's *error*, as an operator is told."""
    reason = error.strerror or type(error).__name__
    return FilingRefused(
        f"{path}", f"it cannot be written ({reason})", "Check its permissions, or --data."
    )


@contextmanager
def _temporary(path: Path, content: bytes, mode: int) -> Iterator[Path]:
    """Yield a hidden file beside *path* that has *content* on disk; it is removed if it is left."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(mode)
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _keep_name(folder: Path) -> None:
    """Have the names in *folder* written to disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        pass
    finally:
        os.close(descriptor)
