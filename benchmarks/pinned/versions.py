"""Which versions are pinned, who needs them, and the hashes of their files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Collection, Mapping
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

GLIBC = ("manylinux1", "manylinux2010", "manylinux2014")
"""How platforms of Linux are called besides their numbers of glibc."""

PLATFORMS: Mapping[str, tuple[str, ...]] = {
    machine: (
        *(f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1)),
        *(f"{name}_{machine}" for name in GLIBC),
    )
    for machine in ("x86_64", "aarch64")
} | {
    "apple": tuple(f"macosx_{major}_0_arm64" for major in range(14, 10, -1)),
    "intel": (*(f"macosx_{major}_0_x86_64" for major in range(14, 10, -1)), "macosx_10_15_x86_64"),
    "windows": ("win_amd64",),
}
"""Tags of each platform, as pip wants to be told of them."""

ASKED: tuple[tuple[str, str], ...] = (
    *((platform, "3.11") for platform in PLATFORMS),
    *(("x86_64", version) for version in ("3.12", "3.13", "3.14")),
)
"""Platforms and versions of Python for which files are asked for."""


def pinned(text: str) -> dict[str, str]:
    """Return the versions that a file of constraints pins, by name."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    pairs = (line.split("==") for line in lines if line)
    return {str(canonicalize_name(name)): version for name, version in pairs}


def needed(name: str, extras: Collection[str] = ()) -> set[str]:
    """Return a package that is installed and all that it needs, on any platform."""
    found: set[tuple[str, tuple[str, ...]]] = set()
    waiting = [(str(canonicalize_name(name)), tuple(sorted(extras)))]
    while waiting:
        one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        try:
            lines = requires(one[0]) or []
        except PackageNotFoundError:
            continue  # Needed on another platform only.
        for line in lines:
            requirement = Requirement(line)
            marker = requirement.marker
            if marker is None or any(marker.evaluate({"extra": extra}) for extra in ("", *one[1])):
                inner = tuple(sorted(requirement.extras))
                waiting.append((str(canonicalize_name(requirement.name)), inner))
    return {name for name, _ in found}


def hashes(versions: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the hashes of the files that pip would install of each package."""
    found: dict[str, set[str]] = {name: set() for name in versions}
    with tempfile.TemporaryDirectory() as folder:
        wanted = Path(folder, "wanted.txt")
        lines = (f"{name}=={version}" for name, version in versions.items())
        wanted.write_text("\n".join(lines), encoding="utf-8")
        for platform, version in ASKED:
            print(f"{platform}, Python {version}", flush=True)
            for name, digest in _reported(wanted, PLATFORMS[platform], version).items():
                found[name].add(digest)
    return found


def _reported(wanted: Path, tags: Collection[str], version: str) -> dict[str, str]:
    told = [part for tag in tags for part in ("--platform", tag)]
    report = wanted.with_name("report.json")
    lines = wanted.read_text(encoding="utf-8").splitlines()
    here = wanted.with_name("here.txt")
    while True:
        here.write_text("\n".join(lines), encoding="utf-8")
        asked = subprocess.run(
            [
                *(sys.executable, "-m", "pip", "install", "--dry-run", "--ignore-installed"),
                *("--no-deps", "--only-binary=:all:", "--target", str(wanted.parent / "none")),
                *("--quiet", "--python-version", version, *told),
                *("--report", str(report), "-r", str(here)),
            ],
            check=False,
            capture_output=True,
            text=True,
        )
        # Some packages have no file for some platforms; the others are asked for without them.
        missing = re.search(r"No matching distribution found for (\S+)", asked.stderr)
        if missing is None:
            asked.check_returncode()
            break
        lines.remove(missing[1])
    return {
        str(canonicalize_name(one["metadata"]["name"])): one["download_info"]["archive_info"][
            "hashes"
        ]["sha256"]
        for one in json.loads(report.read_text(encoding="utf-8"))["install"]
    }


def written(versions: Mapping[str, str], files: Mapping[str, Collection[str]]) -> str:
    """Return a file of requirements with hashes."""
    lines = ["# Made by python -m benchmarks.pinned; for pip install --require-hashes -r."]
    for name, version in sorted(versions.items()):
        lines.append(f"{name}=={version}")
        for digest in sorted(files[name]):
            lines[-1] += " \\"
            lines.append(f"    --hash=sha256:{digest}")
    return "\n".join([*lines, ""])


def with_hashes(text: str) -> dict[str, tuple[str, int]]:
    """Return version and number of hashes of each package of such a file."""
    joined = text.replace("\\\n", " ")
    found = re.findall(r"^([\w.-]+)==(\S+)(.*)$", joined, re.MULTILINE)
    return {name: (version, rest.count("--hash=sha256:")) for name, version, rest in found}
