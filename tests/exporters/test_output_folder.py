from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mentormatch.exporters import OutputFolder, OutputFolderError
from mentormatch.exporters.output_folder import MARKER

FIRST = {"matching.json": b"1", "texts/g1.txt": b"one", "texts/g1/ada.txt": b"Ada"}
SECOND = {"matching.json": b"2", "calendars/g1.ics": b"two"}


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != MARKER
    }


def test_a_folder_is_written_for_its_owner_only(tmp_path: Path) -> None:
    """It is full of personal data."""
    folder = OutputFolder(tmp_path / "out")
    folder.check()
    assert folder.write(FIRST) is None
    assert _content(folder.path) == FIRST
    assert folder.is_ours
    assert folder.changes() == []
    for path in [folder.path, *folder.path.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)


def test_writing_again_replaces_all_of_it(tmp_path: Path) -> None:
    """A text to somebody who has left must not lie about as if it were of today."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    assert folder.files("texts") == {"g1.txt": b"one", "g1/ada.txt": b"Ada"}
    folder.check()
    folder.write(SECOND)
    assert _content(folder.path) == SECOND
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_empty_folder_can_be_written_to(tmp_path: Path) -> None:
    """Some make the folder first."""
    (tmp_path / "out").mkdir()
    folder = OutputFolder(tmp_path / "out")
    folder.check()
    folder.write(FIRST)
    assert _content(folder.path) == FIRST


def test_somebody_elses_folder_is_refused_and_under_force_put_aside(tmp_path: Path) -> None:
    """A slip of the keyboard must not cost a folder of documents."""
    target = tmp_path / "out"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work", encoding="utf-8")
    folder = OutputFolder(target)
    with pytest.raises(OutputFolderError, match="not written by mentormatch"):
        folder.check()
    folder.check(force=True)
    aside = folder.write(FIRST, force=True)
    assert aside == tmp_path / "out.before"
    assert (aside / "thesis.txt").read_text(encoding="utf-8") == "years of work"
    assert _content(target) == FIRST


def _edit(folder: Path) -> None:
    (folder / "texts" / "g1.txt").write_text("edited", encoding="utf-8")


def _add(folder: Path) -> None:
    (folder / "notes.txt").write_text("mine", encoding="utf-8")


def _remove(folder: Path) -> None:
    (folder / "matching.json").unlink()


def _link(folder: Path) -> None:
    (folder / "matching.json").unlink()
    (folder / "matching.json").symlink_to("/etc/hostname")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        (_edit, "texts/g1.txt"),
        (_add, "notes.txt"),
        (_remove, "matching.json"),
        (_link, "matching.json"),
    ],
)
def test_what_somebody_changed_is_put_aside_only_under_force(
    tmp_path: Path, change: Callable[[Path], None], name: str
) -> None:
    """An edited invitation is an hour of work: forced, it is kept beside the new ones."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    change(folder.path)
    with pytest.raises(OutputFolderError, match=f"changed since it was written: {name}; --force"):
        folder.check()
    folder.check(force=True)
    edited = {
        file.name: file.readlink() if file.is_symlink() else file.read_bytes()
        for file in folder.path.rglob("*")
        if not file.is_dir()
    }
    aside = folder.write(SECOND, force=True)
    assert aside == tmp_path / "out.before"
    assert edited == {
        file.name: file.readlink() if file.is_symlink() else file.read_bytes()
        for file in aside.rglob("*")
        if not file.is_dir()
    }
    assert _content(folder.path) == SECOND
    folder.write(FIRST, force=True)
    assert aside.is_dir()


def test_what_systems_leave_behind_is_no_change(tmp_path: Path) -> None:
    """Looking at a folder is not changing it."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    for name in (".DS_Store", "Thumbs.db", "~$roster.xlsx"):
        (folder.path / name).write_bytes(b"x")
    folder.check()


def test_a_folder_that_holds_the_input_is_never_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not even when forced: the sign-ups would be gone from where they are read."""
    source = tmp_path / "round"
    source.mkdir()
    (source / "students.csv").write_text("id", encoding="utf-8")
    for path in (source, tmp_path):
        with pytest.raises(OutputFolderError, match="is not replaced"):
            OutputFolder(path).check(force=True, keep=[source])
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    with pytest.raises(OutputFolderError, match="is not replaced"):
        OutputFolder(tmp_path / "home").check(force=True)
    monkeypatch.chdir(source)
    with pytest.raises(OutputFolderError, match="is not replaced"):
        OutputFolder(".").check(force=True)


def test_a_file_in_its_place_and_a_missing_parent_are_told(tmp_path: Path) -> None:
    """Before anything is computed."""
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(NotADirectoryError):
        OutputFolder(tmp_path / "out").check(force=True)
    with pytest.raises(FileNotFoundError, match="no such folder"):
        OutputFolder(tmp_path / "no" / "out").check()


def test_a_full_disk_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Re-running never half-writes."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    real = os.open
    opened: list[str] = []

    def full(path: Any, *arguments: Any, **options: Any) -> int:
        opened.append(str(path))
        if len(opened) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(path, *arguments, **options)

    monkeypatch.setattr(os, "open", full)
    with pytest.raises(OSError, match="No space"):
        folder.write(SECOND)
    monkeypatch.undo()
    assert _content(folder.path) == FIRST
    assert folder.changes() == []
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("error", [PermissionError(13, "in use"), KeyboardInterrupt()])
def test_a_swap_that_fails_is_undone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    """Between its two steps there is a moment without any folder; it must not last."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.suffix == ".tmp":
            raise error
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(type(error)):
        folder.write(SECOND)
    monkeypatch.undo()
    assert _content(folder.path) == FIRST
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_power_cut_between_the_two_steps_is_mended_by_the_next_run(tmp_path: Path) -> None:
    """The folder before then stands under a hidden name and is found."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    folder.path.rename(tmp_path / ".out.replaced")
    folder.check()
    assert _content(folder.path) == FIRST
    folder.write(SECOND)
    OutputFolder(tmp_path / ".out.replaced").write(FIRST)
    folder.check()
    assert _content(folder.path) == SECOND
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_change_made_while_the_search_ran_is_not_lost_and_neither_is_the_answer(
    tmp_path: Path,
) -> None:
    """A search takes a minute, in which somebody may well edit a text."""
    folder = OutputFolder(tmp_path / "out")
    folder.write(FIRST)
    folder.check()
    _edit(folder.path)
    with pytest.raises(OutputFolderError, match=r"new files are in .*out\.new"):
        folder.write(SECOND)
    assert (folder.path / "texts" / "g1.txt").read_text(encoding="utf-8") == "edited"
    assert _content(tmp_path / "out.new") == SECOND


@pytest.mark.parametrize(
    "marker",
    [
        "",
        "[]",
        "{}",
        '{"format": "mentormatch/output/1"}',
        json.dumps({"format": "mentormatch/output/1", "files": {"../secret": "0"}}),
        json.dumps({"format": "mentormatch/output/1", "files": {"/etc/passwd": "0"}}),
        json.dumps({"format": "mentormatch/output/1", "files": {"a": 1}}),
    ],
)
def test_a_marker_that_is_not_ours_makes_no_folder_ours(tmp_path: Path, marker: str) -> None:
    """Nor can it make us read files elsewhere."""
    target = tmp_path / "out"
    target.mkdir()
    (target / MARKER).write_text(marker, encoding="utf-8")
    folder = OutputFolder(target)
    assert not folder.is_ours
    assert folder.files("..") == {}
    with pytest.raises(OutputFolderError, match="not written by mentormatch"):
        folder.check()


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    """Its owner put the results on another disk."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to("elsewhere")
    OutputFolder(tmp_path / "out").write(FIRST)
    assert (tmp_path / "out").is_symlink()
    assert _content(tmp_path / "elsewhere") == FIRST
