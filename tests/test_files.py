from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from mentormatch.files import write_atomically


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_for_its_owner_only(tmp_path: Path) -> None:
    """Matchings are personal data on machines that several people use."""
    target = tmp_path / "roster.json"
    write_atomically(target, "\u00c5sa\n")
    assert target.read_bytes() == "\u00c5sa\n".encode()
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert _names(tmp_path) == ["roster.json"]


def test_a_file_that_is_there_is_kept_unless_told(tmp_path: Path) -> None:
    """The refusal must also hold if the file appears while the data is being written."""
    target = tmp_path / "roster.json"
    target.write_text("old", encoding="utf-8")
    with pytest.raises(FileExistsError):
        write_atomically(target, "new")
    assert target.read_text(encoding="utf-8") == "old"
    write_atomically(target, "new", overwrite=True)
    assert target.read_text(encoding="utf-8") == "new"
    assert _names(tmp_path) == ["roster.json"]


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a roster is worse than none."""
    target = tmp_path / "roster.json"
    target.write_text("old", encoding="utf-8")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_atomically(target, "new", overwrite=True)
    assert target.read_text(encoding="utf-8") == "old"
    assert _names(tmp_path) == ["roster.json"]


@pytest.mark.parametrize("there", [False, True])
def test_a_disk_without_links_is_written_to_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    """Memory sticks and some network drives know no hard links."""
    target = tmp_path / "roster.json"

    def refuse(source: object, name: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    if there:
        target.write_text("old", encoding="utf-8")
        with pytest.raises(FileExistsError):
            write_atomically(target, "new")
    else:
        write_atomically(target, "new")
    assert target.read_text(encoding="utf-8") == ("old" if there else "new")
    assert _names(tmp_path) == ["roster.json"]


def test_a_link_leads_to_the_file_that_is_written(tmp_path: Path) -> None:
    """The link itself stays what it is."""
    target = tmp_path / "roster.json"
    target.write_text("old", encoding="utf-8")
    link = tmp_path / "latest.json"
    link.symlink_to(target)
    write_atomically(link, "new", overwrite=True)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "new"


def test_a_device_is_written_to_and_not_replaced() -> None:
    """Replacing ``/dev/null`` by a file would break the machine."""
    write_atomically(os.devnull, "gone")
    assert not Path(os.devnull).is_file()


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    """The error names the path that was given."""
    with pytest.raises(IsADirectoryError, match=tmp_path.name):
        write_atomically(tmp_path, "x", overwrite=True)
