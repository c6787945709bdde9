"""What commands print, with which number they end, and which files they write."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

SECONDS = re.compile(r"\b\d+(\.\d+)? (s|seconds?)\b")
VOLATILE = {"seconds", "versions"}
"""Keys of documents that differ from run to run, or from machine to machine."""
READ = {".csv", ".ics", ".txt", ".md", ".json"}
"""Endings of written files of which every line is kept; of others only that they are there."""
LISTING = ".mentormatch-output.json"
"""The file that lists the others of an output folder with their hashes."""
SURROUNDINGS = {"COLUMNS": "100", "LINES": "50", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1"}


def command_answers(
    files: Mapping[str, Any], commands: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """Return what each command answers, each in a folder of its own with the files in it."""
    found = {}
    for name, arguments in commands.items():
        with TemporaryDirectory() as folder:
            found[name] = _answer(Path(folder), files, arguments)
    return found


def _answer(folder: Path, files: Mapping[str, Any], arguments: Sequence[str]) -> dict[str, Any]:
    for name, content in files.items():
        text = content if isinstance(content, str) else json.dumps(content)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    ended = subprocess.run(
        [sys.executable, "-m", "mentormatch", *arguments],
        cwd=folder,
        env=os.environ | SURROUNDINGS,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    written = sorted(path for path in folder.rglob("*") if path.is_file())
    names = {path: path.relative_to(folder).as_posix() for path in written}
    return {
        "exit": ended.returncode,
        "out": normalised(ended.stdout, folder),
        "err": normalised(ended.stderr, folder),
        "files": {
            names[path]: _content(path, folder) for path in written if names[path] not in files
        },
    }


def _content(path: Path, folder: Path) -> Any:
    if path.name == LISTING:
        # The hashes of files with seconds in them differ from run to run.
        return list(json.loads(path.read_bytes())["files"])
    if path.suffix not in READ:
        return "is there"
    text = path.read_bytes().decode("utf-8")
    # As texts they are the same to the byte; as documents, but for the seconds in them.
    return normalised(text, folder) if path.suffix == ".json" else text.split("\n")


def normalised(text: str, folder: Path) -> Any:
    """Return a text without the folder's path and without seconds; JSON as what it says."""
    try:
        return _steady(json.loads(text))
    except ValueError:
        return SECONDS.sub("<seconds>", text.replace(str(folder), "<folder>"))


def _steady(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _steady(inner) for key, inner in value.items() if key not in VOLATILE}
    return [_steady(inner) for inner in value] if isinstance(value, list) else value
