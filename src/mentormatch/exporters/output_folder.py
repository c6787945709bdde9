"""A folder of results that is replaced as a whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from mentormatch.errors import MentorMatchError

MARKER = ".mentormatch-output.json"
"""File that says that a folder is ours, and what was written into it."""
FORMAT = "mentormatch/output/1"

LITTER = {".DS_Store", "Thumbs.db", "desktop.ini"}
"""Files that systems leave in folders that somebody looked at."""

NAMED_CHANGES = 5
"""Most changed files that are named; more are counted."""


class OutputFolderError(MentorMatchError):
    """A folder that must not be replaced."""


class OutputFolder:
    """A folder of results.

    Parameters
    ----------
    path
        Where it stands or is to stand; of a symbolic link, the folder it leads to.
    read_back
        Files in it that may have been edited, as they are read before it is written anew.
    """

    def __init__(self, path: str | Path, *, read_back: Iterable[str] = ()) -> None:
        self.path = Path(os.path.realpath(path))
        self._read_back = frozenset(read_back)

    @property
    def is_ours(self) -> bool:
        """Whether what stands there was written by :meth:`write`."""
        return self._written() is not None

    def changes(self) -> list[str]:
        """Return the files that were changed, added or removed since the folder was written."""
        written = self._written() or {}
        found = {
            file.relative_to(self.path).as_posix(): file
            for file in self.path.rglob("*")
            if not file.is_dir() and file.name not in LITTER and not file.name.startswith("~$")
        }
        found.pop(MARKER, None)
        return sorted(
            name
            for name in (written.keys() | found.keys()) - self._read_back
            if name not in found or name not in written or _digest(found[name]) != written[name]
        )

    def check(self, *, force: bool = False, keep: Iterable[Path] = ()) -> None:
        """Refuse what could not be written afterwards, or would destroy something.

        Parameters
        ----------
        force
            Whether a folder with something else in it, or with edited files, may be put aside.
        keep
            Files and folders that must not lie inside, whatever is forced.

        Raises
        ------
        OutputFolderError
            If a folder there may not be replaced.
        OSError
            If it is a file, or the folder around it is missing.
        """
        self._recover()
        if not self.path.parent.is_dir():
            where = str(self.path.parent)
            raise FileNotFoundError(errno.ENOENT, "there is no such folder", where)
        if not self.path.exists():
            return
        if not self.path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(self.path))
        for other in (Path.cwd(), Path.home(), *keep):
            inner = Path(os.path.realpath(other))
            if self.path == inner or self.path in inner.parents:
                raise OutputFolderError(f"{self.path}: holds {inner}, and is not replaced.")
        if force or not any(self.path.iterdir()):
            return
        if not self.is_ours:
            raise OutputFolderError(
                f"{self.path}: was not written by mentormatch; --force puts it aside."
            )
        if changes := self.changes():
            named = ", ".join(changes[:NAMED_CHANGES])
            more = f" and {len(changes) - NAMED_CHANGES} more" if changes[NAMED_CHANGES:] else ""
            raise OutputFolderError(
                f"{self.path}: changed since it was written: {named}{more}; --force puts it aside "
                "and writes a new one."
            )

    def files(self, folder: str) -> dict[str, bytes]:
        """Return the files of a folder inside that were written, by name."""
        prefix = f"{folder}/"
        names = [name for name in self._written() or {} if name.startswith(prefix)]
        return {
            name.removeprefix(prefix): (self.path / name).read_bytes()
            for name in sorted(names)
            if (self.path / name).is_file()
        }

    def write(
        self, files: Mapping[str, bytes], *, force: bool = False, keep: Iterable[Path] = ()
    ) -> Path | None:
        """Put a folder of these files in place of what stands there.

        They are written beside it, so that nobody ever sees half of them, and are readable by
        their owner only.

        Parameters
        ----------
        files
            By path inside the folder, with slashes.
        force
            Whether a folder with something else in it may be replaced.
        keep
            As for :meth:`check`.

        Returns
        -------
        Path | None
            Where a folder that is not ours, or was changed by hand, was put aside, if there was
            one.

        Raises
        ------
        OutputFolderError
            If a folder there may not be replaced; the files then stand beside it.
        OSError
            If the disk is full or the folder around it cannot be written to.
        """
        name, parent = self.path.name, self.path.parent
        stage = Path(tempfile.mkdtemp(dir=parent, prefix=f".{name}-", suffix=".tmp"))
        try:
            for inner, data in files.items():
                target = stage / inner
                target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                _write(target, data)
            digests = {inner: hashlib.sha256(data).hexdigest() for inner, data in files.items()}
            marker = {"format": FORMAT, "files": digests}
            _write(stage / MARKER, json.dumps(marker, indent=1, sort_keys=True).encode())
            if hasattr(os, "sync"):
                # Once for all: a round has more than a thousand files.
                os.sync()
            try:
                self.check(force=force, keep=keep)
            except OutputFolderError as error:
                beside = _free(parent / f"{name}.new")
                stage.rename(beside)
                raise OutputFolderError(f"{error} The new files are in {beside}.") from None
            return self._swap(stage)
        finally:
            shutil.rmtree(stage, ignore_errors=True)

    def _swap(self, stage: Path) -> Path | None:
        if not self.path.exists():
            stage.rename(self.path)
            return None
        precious = any(self.path.iterdir()) and (not self.is_ours or bool(self.changes()))
        aside = _free(self.path.with_name(f"{self.path.name}.before")) if precious else self._old
        self.path.rename(aside)
        try:
            stage.rename(self.path)
        except BaseException:
            aside.rename(self.path)
            raise
        if precious:
            return aside
        shutil.rmtree(aside, ignore_errors=True)
        return None

    @property
    def _old(self) -> Path:
        """Where our own earlier folder stands during the moment of the swap."""
        return self.path.with_name(f".{self.path.name}.replaced")

    def _recover(self) -> None:
        """Undo a swap that ended between its two steps, or clear up after one that ended later."""
        if not OutputFolder(self._old).is_ours:
            return
        if self.path.exists():
            shutil.rmtree(self._old, ignore_errors=True)
        else:
            self._old.rename(self.path)

    def _written(self) -> dict[str, str] | None:
        try:
            marker = json.loads((self.path / MARKER).read_bytes())
        except (OSError, ValueError):
            return None
        if not isinstance(marker, dict) or marker.get("format") != FORMAT:
            return None
        files = marker.get("files")
        if not isinstance(files, dict):
            return None
        inside = {
            name: digest
            for name, digest in files.items()
            if isinstance(digest, str)
            and not Path(name).is_absolute()
            and ".." not in Path(name).parts
        }
        return inside if len(inside) == len(files) else None


def _write(file: Path, data: bytes) -> None:
    """Write a new file that only its owner can read."""
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        stream.write(data)


def _digest(file: Path) -> str:
    # A link to somewhere else is not what was written, wherever it leads.
    return "" if file.is_symlink() else hashlib.sha256(file.read_bytes()).hexdigest()


def _free(path: Path) -> Path:
    """Return the path, or it with the first number after it that nothing has."""
    number, candidate = 1, path
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.name}-{number}")
    return candidate
