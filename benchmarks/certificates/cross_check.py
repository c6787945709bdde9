"""Plans of small rounds in MPS, minimised by HiGHS and SCIP, each installed by itself.

    python -m benchmarks.certificates.cross_check --install --rounds 500

For each tier, with the earlier ones held at their values, what either solver calls the optimum
must not be below the certified bound nor above the value; the two must agree, and be the value
where that is certified. Both solvers work in floating point; their optima are rounded to the
nearest whole number.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.peers.environment import install, installed, interpreter
from mentormatch import Problem, certify, match
from mentormatch.certificates.build_relaxation import relaxation_of
from mentormatch.certificates.mps import as_mps
from mentormatch.synthetic import generate
from tests.support.random_problems import random_problem

PACKAGES = {"highspy": ("1.11.0", ("numpy",)), "PySCIPOpt": ("5.6.0", ("numpy",))}

SCRIPTS = {
    "highspy": """
import highspy, sys
for path in sys.stdin.read().split():
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 1e-6)
    solver.readModel(path)
    solver.run()
    done = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    print(round(solver.getInfo().objective_function_value) if done else "none", flush=True)
""",
    "PySCIPOpt": """
import sys
from pyscipopt import Model
for path in sys.stdin.read().split():
    solver = Model()
    solver.hideOutput()
    solver.readProblem(path)
    solver.optimize()
    done = solver.getStatus() == "optimal"
    print(round(solver.getObjVal()) if done else "none", flush=True)
""",
}


def rounds(number: int) -> Iterator[Problem]:
    """Yield small rounds, standard ones and random ones in turn."""
    for place in range(number):
        if place % 5 == 0:
            yield generate(12 + place % 30, seed=place)
        else:
            yield random_problem(f"cross {place}")


def optima(package: str, paths: Sequence[Path]) -> list[int | None]:
    """Return what a solver calls the optimum of each file; None where it finds none."""
    done = subprocess.run(
        [str(interpreter(package)), "-c", SCRIPTS[package]],
        input="\n".join(map(str, paths)),
        capture_output=True,
        text=True,
        check=True,
    )
    found = done.stdout.split()[-len(paths) :]
    return [None if word == "none" else int(word) for word in found]


def compare(number: int, folder: Path) -> Counter[str]:
    """Write the programs of some rounds, and hold the solvers' optima against certificates."""
    claims: list[tuple[str, int, int, bool]] = []
    paths: list[Path] = []
    found: Counter[str] = Counter()
    for place, problem in enumerate(rounds(number)):
        matching = match(problem, time_limit=60)
        if not matching.groups:
            continue
        found["rounds"] += 1
        relaxation = relaxation_of(problem)
        values: list[int] = []
        for tier in certify(problem, matching).tiers:
            path = folder / f"{place}-{tier.tier}.mps"
            path.write_text(as_mps(relaxation, values), encoding="utf-8")
            values.append(tier.value)
            paths.append(path)
            certified = tier.standing == "certified"
            claims.append((path.name, tier.bound, tier.value, certified))
    answers = [optima(package, paths) for package in PACKAGES]
    for (name, bound, value, certified), *each in zip(claims, *answers, strict=True):
        found["tiers"] += 1
        found["tiers certified"] += certified
        agree = len(set(each)) == 1 and all(
            one is not None and bound <= one <= value and (one == value or not certified)
            for one in each
        )
        found["tiers agreed"] += agree
        if not agree:
            found[f"NOT AGREED: {name}: bound {bound}, value {value}, optima {each}"] += 1
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare, and print the counts as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=500)
    parser.add_argument("--install", action="store_true", help="make the environments first")
    asked = parser.parse_args(arguments)
    for package, (version, needs) in PACKAGES.items():
        if asked.install and not installed(package):
            print(f"{package}: {install(package, version, needs)}")
    with tempfile.TemporaryDirectory() as folder:
        print(json.dumps(compare(asked.rounds, Path(folder)), indent=1))


if __name__ == "__main__":
    main()
