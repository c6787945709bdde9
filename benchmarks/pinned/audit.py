"""What is installed against what is pinned, listed and allowed; nobody is asked."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path

from packaging.utils import canonicalize_name

from benchmarks.pinned.versions import with_hashes

INSTALLERS = {"pip", "setuptools", "wheel"}
"""What an environment comes with."""

ALLOWED = re.compile(
    r"MIT|MIT-0|0BSD|BSD[- 0-9A-Za-z]*|[23]-Clause BSD|Apache[- .0-9A-Za-z]*|ISC[- ()A-Za-z]*"
    r"|PSF-2\.0|Zlib|CC0-1\.0|Python Software Foundation License"
)
"""Permissive licences, as packages name them."""

KNOWN: Mapping[str, str] = {
    "hypothesis": "MPL-2.0: for tests only, and unchanged",
    "pathspec": "MPL-2.0: for the type checker only, and unchanged",
    "certifi": "MPL-2.0: for tests only, and unchanged",
    "psycopg": "LGPL-3.0-only: only of the extra postgres",
    "psycopg-binary": "LGPL-3.0-only: only of the extra postgres",
    "recurring-ical-events": "LGPL-3.0-or-later: only of the extra ics",
    "x-wr-timezone": "LGPL-3.0-or-later: only of the extra ics",
}
"""Other licences, and why they are taken."""


def audit(versions: Mapping[str, str], runtime: Collection[str], root: Path) -> list[str]:
    """Return all that is wrong with what is installed."""
    faults = list(_of_files(versions, runtime, root))
    listed = (root / "docs" / "trust.md").read_text(encoding="utf-8").partition("their licences")[2]
    names = set(re.findall(r"[a-z][a-z0-9-]+", listed))
    faults += [f"{name}: is not in docs/trust.md" for name in sorted(set(runtime) - names)]
    for package in sorted(distributions(), key=lambda one: one.name.casefold()):
        name = str(canonicalize_name(package.name))
        if name in INSTALLERS or name == "mentormatch":
            continue
        if name not in versions:
            faults.append(f"{name}: is installed, but not in constraints.txt")
        elif versions[name] != package.version:
            faults.append(f"{name}: is {package.version} here, {versions[name]} in constraints.txt")
        licences = licences_of(package)
        if name not in KNOWN and not all(map(ALLOWED.fullmatch, licences or [""])):
            faults.append(f"{name}: its licence {' and '.join(licences)!r} is not known as allowed")
    return faults


def licences_of(package: Distribution) -> list[str]:
    """Return the licences that a package states, by the most exact of its ways to say so."""
    metadata = package.metadata
    if "License-Expression" in metadata:
        expression = metadata["License-Expression"]
        return [part for part in re.split(r"\s+(?:AND|OR)\s+|[()]", expression) if part]
    classified = [
        line.rpartition("::")[2].strip()
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License")
    ]
    if classified:
        return [line.removesuffix(" License").removesuffix(" Software") for line in classified]
    stated = metadata.get_all("License") or [""]
    return [line.partition("\n")[0].removesuffix(" License") for line in stated]


def _of_files(versions: Mapping[str, str], runtime: Collection[str], root: Path) -> Iterator[str]:
    for name, packages in (("runtime", set(runtime)), ("dev", set(versions))):
        text = (root / "benchmarks" / "pinned" / f"{name}.txt").read_text(encoding="utf-8")
        found = with_hashes(text)
        for package in sorted(packages | found.keys()):
            version, count = found.get(package, ("", 0))
            if versions.get(package) != version:
                yield f"{name}.txt: {package} is not as in constraints.txt; write the file anew"
            elif not count:
                yield f"{name}.txt: {package} has no hash"
