"""Writing files so that nobody ever sees half of one."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path

# Filesystems and systems without hard links answer with one of these.
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS}


def write_atomically(path: str | Path, data: str | bytes, *, overwrite: bool = False) -> None:
    """Write a whole file or nothing, readable by its owner only.

    The data goes to a temporary file in the same folder, is forced to disk, and then takes
    the file's name in one step. A device or a pipe is written to directly.

    Parameters
    ----------
    path
        Where the file is to stand. Of a symbolic link, the file it leads to is written.
    data
        The content; text is written as UTF-8.
    overwrite
        Whether a file that is there already may be replaced.

    Raises
    ------
    FileExistsError
        If the file is there and may not be replaced.
    OSError
        If the folder is missing or cannot be written to, or the disk is full.
    """
    target = Path(os.path.realpath(path))
    content = data.encode() if isinstance(data, str) else data
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if target.exists() and not target.is_file():
        target.write_bytes(content)
        return
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".mentormatch-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if overwrite:
            temporary.replace(target)
        else:
            _take_free_name(temporary, target)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _take_free_name(temporary: Path, target: Path) -> None:
    """Give the temporary file its name, unless somebody else has taken the name."""
    try:
        os.link(temporary, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            if isinstance(error, FileExistsError):
                raise FileExistsError(errno.EEXIST, error.strerror, str(target)) from None
            raise
        if target.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target)) from None
        temporary.replace(target)


def _sync_folder(folder: Path) -> None:
    """Force the new name to disk where the system can do that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
