"""A virtual environment for another package, made only if its licence allows that."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from email.message import Message
from email.parser import Parser
from pathlib import Path
from zipfile import ZipFile

FOLDER = Path("build/peers")
"""Below it each package has an environment of its own, apart from this project's."""

REFUSED = ("gpl", "gnu general public", "gnu affero", "proprietary")
"""Words of licences whose packages are not installed here."""

GRANTED = ("mit", "bsd", "apache", "isc")
"""Words of licences whose packages are; one has to be there."""


def interpreter(package: str) -> Path:
    """Return where the Python of a package's environment is, or would be."""
    folder = FOLDER / package
    return folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def installed(package: str) -> bool:
    """Whether the package has an environment."""
    return interpreter(package).exists()


def install(package: str, version: str, needs: tuple[str, ...]) -> str:
    """Make an environment with a package; return the package's licence.

    Parameters
    ----------
    package, version
        What to install, without what it asks for itself.
    needs
        What of that it does need here.

    Raises
    ------
    PermissionError
        If the licence is not among those granted.
    subprocess.CalledProcessError
        If something cannot be fetched or installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        fetch = ["download", "--quiet", "--no-deps", "--only-binary=:all:", "--dest", folder]
        _pip(Path(sys.executable), *fetch, f"{package}=={version}")
        wheel = next(Path(folder).glob("*.whl"))
        licence = licence_of(wheel)
        if not may_run(licence):
            raise PermissionError(f"{package} is not run here: its licence is {licence!r}")
        subprocess.run([sys.executable, "-m", "venv", str(FOLDER / package)], check=True)
        _pip(interpreter(package), "install", "--quiet", "--no-deps", str(wheel))
    _pip(interpreter(package), "install", "--quiet", *needs)
    return licence


def licence_of(wheel: Path) -> str:
    """Return what a wheel's metadata say of its licence, in one line."""
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = Parser().parsestr(archive.read(name).decode("utf-8"))
    return _said(metadata)


def _said(metadata: Message) -> str:
    stated = [
        str(metadata[field]) for field in ("License-Expression", "License") if metadata[field]
    ]
    stated = [text.strip().splitlines()[0] for text in stated if text.strip()]
    stated += [
        str(line).rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier", [])
        if str(line).startswith("License ::")
    ]
    return "; ".join(dict.fromkeys(stated)) or "not stated"


def may_run(licence: str) -> bool:
    """Whether a package under this licence may be installed and run here."""
    text = licence.casefold()
    return bool(re.search(rf"\b({'|'.join(GRANTED)})\b", text)) and not any(
        word in text for word in REFUSED
    )


def _pip(python: Path, *arguments: str) -> None:
    subprocess.run(
        [str(python), "-m", "pip", "--disable-pip-version-check", *arguments], check=True
    )
