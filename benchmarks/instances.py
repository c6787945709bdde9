"""The instances of `instances/`: made-up rounds with the best that is known of each.

    python -m benchmarks.instances build --limit 20 [NAME ...]
    python -m benchmarks.instances submit NAME matching.json [--limit 60]
    python -m benchmarks.instances table
    python -m benchmarks.instances check

`build` makes the rounds from their seeds, matches them and certifies what it can; an instance that
is there already is only looked at again where its bounds do not meet its values. `submit` takes a
matching that is better than the one known, certifies it and writes the table anew. `check` holds
every stored document against its hash, the rules and the checker.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.certificates.checker import check as check_documents
from benchmarks.families.catalogue import BY_NAME
from mentormatch import Matching, Problem, certify, match, verify
from mentormatch.synthetic import generate

FOLDER = Path(__file__).parents[1] / "instances"
MOST_BYTES = 300_000
"""A problem whose document is larger is kept as its recipe and its hash."""
CERTIFIED_UP_TO = 1_000
"""Students of rounds that are certified."""


@dataclass(frozen=True)
class Recipe:
    """How an instance is made."""

    family: str
    students: int
    seed: int

    @property
    def name(self) -> str:
        """What the instance is called."""
        return f"{self.family.replace('_', '-')}-{self.students}"

    def problem(self) -> Problem:
        """Make the problem."""
        if self.family == "standard":
            return generate(self.students, seed=self.seed)
        return BY_NAME[self.family].make(self.students, self.seed)


HARDER = ("nobody_alone", "mixes_and_means", "ten_rules", "numbers", "kinds", "wishes")
"""Families of which a round of 80 is there, too, as it is seldom solved at once."""


def recipes() -> Iterator[Recipe]:
    """Yield the recipes of all instances, the small ones first."""
    families = [name for name in BY_NAME if not name.startswith("alone.")]
    for students in (20, 40, 60, 120, 200):
        yield Recipe("standard", students, students)
    for students in (40, 120):
        for family in families:
            yield Recipe(family, students, 1)
    for family in HARDER:
        yield Recipe(family, 80, 2)
    for family, students in (
        ("standard", 1_000),
        ("capacity_enough", 1_000),
        ("sixty_slots", 1_000),
        ("five_slots", 1_000),
        ("nobody_alone", 1_000),
        ("standard", 5_000),
        ("twelve", 5_000),
        ("standard", 20_000),
    ):
        yield Recipe(family, students, 3)


def build(names: Sequence[str], limit: float) -> None:
    """Make, match and certify instances."""
    known = _catalogue()
    for recipe in recipes():
        if names and recipe.name not in names:
            continue
        there = known.get(recipe.name)
        if there is not None and not names and not _open(there):
            continue
        problem = recipe.problem()
        text = problem.to_json(indent=None)
        stored = len(text.encode()) <= MOST_BYTES
        if stored:
            _write(recipe.name, "problem", text)
        start = read(recipe.name, "matching") if there is not None else None
        matching = match(
            problem,
            time_limit=limit * max(1.0, recipe.students / 500),
            start=None if start is None else Matching.from_data(start),
        )
        known[recipe.name] = {
            "family": recipe.family,
            "students": recipe.students,
            "seed": recipe.seed,
            "sha256": problem.fingerprint,
            "stored": stored,
            **_outcome(recipe.name, problem, matching, limit),
        }
        _save(known)
        print(f"{recipe.name}: {standing(known[recipe.name])}", flush=True)


def submit(name: str, source: Path, limit: float) -> None:
    """Take a matching that is better than the one known.

    Raises
    ------
    SystemExit
        If it is not, or is no matching of the instance.
    """
    known = _catalogue()
    if name not in known:
        raise SystemExit(f"there is no instance {name}")
    problem = problem_of(name, known[name])
    matching = Matching.from_json(source.read_bytes())
    report = verify(problem, matching)
    if not report.ok:
        raise SystemExit(f"not a matching of {name}: {report.findings[0].message}")
    values = list(report.tiers.values())
    best = [tier["value"] for tier in known[name]["tiers"]]
    if best and values >= best:
        raise SystemExit(f"not better: {values}, where {best} is known")
    known[name] |= _outcome(name, problem, matching, limit)
    _save(known)
    print(f"{name}: {standing(known[name])}")


def check(names: Sequence[str]) -> None:
    """Hold all that is stored against the hashes, the rules and the checker.

    Raises
    ------
    SystemExit
        If something is not as the catalogue says.
    """
    for name, entry in _catalogue().items():
        if names and name not in names:
            continue
        problem = problem_of(name, entry)
        if problem.fingerprint != entry["sha256"]:
            raise SystemExit(f"{name} is not the problem that it was")
        data = read(name, "matching")
        if data is None:
            raise SystemExit(f"{name} has no matching")
        matching = Matching.from_data(data)
        if matching.groups:
            report = verify(problem, matching)
            values = [tier["value"] for tier in entry["tiers"]]
            if not report.ok or list(report.tiers.values()) != values:
                raise SystemExit(f"the matching of {name} is not what the catalogue says")
        proof = read(name, "proof")
        if proof is not None:
            check_documents(json.loads(problem.to_json()), data, proof)
        print(f"{name}: {standing(entry)}")


def problem_of(name: str, entry: Mapping[str, Any]) -> Problem:
    """Return the problem of an instance, read or made again."""
    if entry["stored"]:
        return Problem.from_data(read(name, "problem"))
    return Recipe(entry["family"], entry["students"], entry["seed"]).problem()


def read(name: str, what: str) -> Any:
    """Return a stored document, or None if there is none."""
    path = FOLDER / name / f"{what}.json.gz"
    return json.loads(gzip.decompress(path.read_bytes())) if path.exists() else None


def standing(entry: Mapping[str, Any]) -> str:
    """Return in a few words what is known of an instance."""
    if entry["status"] == "INFEASIBLE":
        return "no matching (certified)" if entry["certified"] else "no matching (solver)"
    if not _open(entry):
        words = {tier["standing"] for tier in entry["tiers"]}
        return "optimal (certified)" if words == {"certified"} else "optimal (solver)"
    gaps = [
        f"tier {tier['tier']}: {tier['value']}, {tier['bound']}"
        for tier in entry["tiers"]
        if tier["bound"] < tier["value"]
    ]
    return "open: " + "; ".join(gaps)


def table(known: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the table of all instances."""
    rows = [
        "| instance | students | values | known |",
        "|---|---|---|---|",
    ]
    for name, entry in known.items():
        values = ", ".join(str(tier["value"]) for tier in entry["tiers"])
        rows.append(f"| {name} | {entry['students']:,} | {values} | {standing(entry)} |")
    return "\n".join(rows)


def _outcome(name: str, problem: Problem, matching: Matching, limit: float) -> dict[str, Any]:
    """Certify a matching, store both, and return what is known now."""
    proof = None
    if len(problem.students) <= CERTIFIED_UP_TO and matching.status != "UNKNOWN":
        proof = certify(problem, matching, time_limit=limit * 2)
        _write(name, "proof", proof.to_json())
    _write(name, "matching", matching.to_json(indent=None, times=False))
    proofs = {tier.tier: tier for tier in proof.tiers} if proof else {}
    tiers = []
    for tier in matching.tiers:
        own = proofs.get(tier.tier)
        certified = own is not None and own.standing == "certified"
        word = "certified" if certified else "solver" if tier.proven else "open"
        bound = max(tier.bound, own.bound if own else tier.bound)
        tiers.append({"tier": tier.tier, "value": tier.value, "bound": bound, "standing": word})
    return {
        "status": matching.status,
        "certified": proof is not None and proof.complete,
        "tiers": tiers,
    }


def _open(entry: Mapping[str, Any]) -> bool:
    return entry["status"] != "INFEASIBLE" and (
        not entry["tiers"] or any(tier["bound"] < tier["value"] for tier in entry["tiers"])
    )


def _catalogue() -> dict[str, Any]:
    path = FOLDER / "catalogue.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def _save(known: Mapping[str, Any]) -> None:
    order = {recipe.name: place for place, recipe in enumerate(recipes())}
    ordered = dict(sorted(known.items(), key=lambda one: order[one[0]]))
    FOLDER.mkdir(exist_ok=True)
    text = ",\n".join(f"{json.dumps(name)}: {json.dumps(one)}" for name, one in ordered.items())
    (FOLDER / "catalogue.json").write_text(f"{{\n{text}\n}}\n", encoding="utf-8")
    readme = FOLDER / "README.md"
    head = readme.read_text("utf-8").split(MARK)[0] if readme.exists() else ""
    readme.write_text(f"{head}{MARK}\n\n{table(ordered)}\n", encoding="utf-8")


MARK = "<!-- Written by python -m benchmarks.instances. -->"


def _write(name: str, what: str, text: str) -> None:
    folder = FOLDER / name
    folder.mkdir(parents=True, exist_ok=True)
    # Without a time of its own, the same text is the same file.
    (folder / f"{what}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("build", "submit", "table", "check"))
    parser.add_argument("names", nargs="*")
    parser.add_argument("--limit", type=float, default=20.0)
    asked = parser.parse_args(arguments)
    if asked.command == "build":
        build(asked.names, asked.limit)
    elif asked.command == "check":
        check(asked.names)
    elif asked.command == "table":
        _save(_catalogue())
    else:
        name, source = asked.names
        submit(name, Path(source), asked.limit)


if __name__ == "__main__":
    main()
