"""Whether the tests notice faults that are put into the code on purpose.

    python -m benchmarks.mutants
    python -m benchmarks.mutants --part verifier --processes 2 --state mutants.json

One small change at a time is made to the rules, the verifier and the seating of people, and the
tests that concern the changed file are run. A change that none of them notices survives: either
it changes nothing that anybody could see, and then `equivalents.py` says why, or a test is
missing. Nothing is written to the package. With a state file, what was noticed once is not tried
again as long as the file stays as it is; what survived is. Forking is needed, so not on Windows.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random

from benchmarks.mutants.equivalents import EQUIVALENT
from benchmarks.mutants.mutations import Mutant, mutants
from benchmarks.mutants.parts import Changed, files
from benchmarks.mutants.running import KILLED, LATE, SURVIVED, results, warm_up


@dataclass(frozen=True)
class Judged:
    """One mutant of one file, and what became of it."""

    of: Changed
    mutant: Mutant
    result: str

    @property
    def name(self) -> str:
        """The file, the function and the change."""
        return f"{self.of.file} {self.mutant.name}"


def drawn(changed: Changed, most: int | None, seed: int) -> list[Mutant]:
    """Return the mutants of a file to be tried; some by lot, if there is a limit."""
    made = mutants(changed.path.read_text(encoding="utf-8"))
    if most is not None and len(made) > most:
        made = Random(f"{seed} {changed.file}").sample(made, most)
    return made


def mark(mutant: Mutant) -> str:
    """Return what says whether it is the same mutant again."""
    return sha256(mutant.source.encode()).hexdigest()[:16]


def report(judged: Sequence[Judged]) -> bool:
    """Print the survivors and the counts; return whether every survivor is accounted for."""
    counts: dict[str, Counter[str]] = {}
    for one in judged:
        result = one.result
        if result == SURVIVED and one.name in EQUIVALENT:
            result = "equivalent"
        counts.setdefault(one.of.part, Counter())[result] += 1
        if result == SURVIVED:
            print(f"survived: {one.of.file}:{one.mutant.line} {one.name}")
    print(f"{'part':<10}{'made':>7}{'killed':>8}{'late':>6}{'equivalent':>12}{'survived':>10}")
    for part, count in counts.items():
        noticed = count[KILLED] + count[LATE]
        share = 100 * noticed / (noticed + count[SURVIVED]) if noticed else 0.0
        print(
            f"{part:<10}{count.total():>7}{count[KILLED]:>8}{count[LATE]:>6}"
            f"{count['equivalent']:>12}{count[SURVIVED]:>10}   {share:.1f} % of those that differ"
        )
    return not any(count[SURVIVED] for count in counts.values())


def main(arguments: Sequence[str] | None = None) -> int:
    """Try the mutants asked for and print what became of them; return 1 if any survived."""
    parser = argparse.ArgumentParser(description="Faults put into the code, and who notices.")
    parser.add_argument("--part", choices=["verifier", "seating", "rules"], nargs="*")
    parser.add_argument(
        "--files", nargs="*", default=[""], help="only those named like one of these"
    )
    parser.add_argument("--most", type=int, default=None, help="mutants of a file, drawn by lot")
    parser.add_argument("--seed", type=int, default=0, help="seed of that lot")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--state", type=Path, default=None, help="file to go on from")
    options = parser.parse_args(arguments)
    warm_up()
    known: dict[str, str] = {}
    if options.state is not None and options.state.exists():
        known = json.loads(options.state.read_text(encoding="utf-8"))

    def of_file(changed: Changed) -> list[Judged]:
        made = drawn(changed, options.most, options.seed)
        fresh = [mutant for mutant in made if mark(mutant) not in known]
        found = dict(results(changed, fresh)) if fresh else {}
        alive = [one for one, result in found.items() if result == SURVIVED]
        print(f"{changed.file}: {len(made)} mutants, {len(alive)} alive", flush=True)
        for one in alive:
            print(f"  {one.line}: {one.name}", flush=True)
        known.update((mark(one), result) for one, result in found.items() if result != SURVIVED)
        if options.state is not None:
            options.state.write_text(json.dumps(known), encoding="utf-8")
        return [Judged(changed, one, found.get(one) or known[mark(one)]) for one in made]

    parts = options.part or ["verifier", "seating", "rules"]
    todo = [
        one
        for one in files()
        if one.part in parts and any(name in one.file for name in options.files)
    ]
    with ThreadPoolExecutor(options.processes) as pool:
        judged = [one for each in pool.map(of_file, todo) for one in each]
    return 0 if report(judged) else 1


if __name__ == "__main__":
    sys.exit(main())
