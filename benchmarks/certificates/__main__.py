"""Counts what certificates are worth.

Three questions: is the checker right on random small rounds (held against all matchings), does it
refuse every false certificate, and how much of standard rounds is certified, in what time::

    python -m benchmarks.certificates small --rounds 2000 --processes 2
    python -m benchmarks.certificates mutants --most 1000
    python -m benchmarks.certificates standard --rounds 200
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from time import process_time

from benchmarks.certificates.checker import RefusedError, check
from benchmarks.certificates.mutants import mutants
from mentormatch import Problem, certify, match
from mentormatch.synthetic import generate
from tests.support.exhaustive import best_of_all
from tests.support.random_problems import random_problem

SMALLEST, LARGEST = 20, 200
"""Students of standard rounds."""


def small(seed: int) -> Counter[str]:
    """Certify a random small round, check it, and hold it against the best of all matchings."""
    problem = random_problem(f"certificates {seed}")
    best = best_of_all(problem)
    matching = match(problem, time_limit=None)
    proof = certify(problem, matching)
    found: Counter[str] = Counter(rounds=1)
    if best is None:
        found["no matching"] += 1
        found["no matching, certified"] += proof.infeasible is not None
        if proof.infeasible is None:
            return found
    for tier, value in zip(proof.tiers, best.values if best else (), strict=True):
        found[f"tier {tier.standing}"] += 1
        # Earlier tiers are held at the best values, so that the best bounds what can be proven.
        found["BOUND TOO HIGH"] += tier.bound > value
    try:
        check(*(json.loads(one.to_json()) for one in (problem, matching, proof)))
    except RefusedError as refused:
        found[f"TRUE ONE REFUSED: {refused} (seed {seed})"] += 1
    return found


def standard_round(number: int, rounds: int) -> Problem:
    """Return one of many standard rounds, the smallest first."""
    students = SMALLEST + (LARGEST - SMALLEST) * number // max(1, rounds - 1)
    return generate(students, seed=number)


def standard(number: int, rounds: int) -> tuple[int, list[str], float, float, float, int]:
    """Certify and check a standard round: students, standings, seconds of each step, bytes."""
    problem = standard_round(number, rounds)
    begun = process_time()
    matching = match(problem, time_limit=60, workers=1)
    matched = process_time()
    proof = certify(problem, matching, time_limit=300)
    certified = process_time()
    documents = [one.to_json() for one in (problem, matching, proof)]
    loaded = process_time()
    check(*map(json.loads, documents))
    ended = process_time()
    standings = [tier.standing for tier in proof.tiers]
    return (
        len(problem.students),
        standings if proof.infeasible is None else ["certified"],
        matched - begun,
        certified - matched,
        ended - loaded,
        len(documents[2]),
    )


def false_ones(most: int) -> Counter[str]:
    """Make false certificates of standard rounds until there are enough; count what is accepted."""
    found: Counter[str] = Counter()
    number = 0
    while found["false certificates"] < most:
        problem = generate(20 + 4 * (number % 12), seed=1000 + number)
        matching = match(problem, time_limit=60)
        number += 1
        if matching.status == "INFEASIBLE" or not matching.groups:
            continue
        proof = certify(problem, matching)
        for name, *documents in mutants(problem, matching, proof, seed=number):
            if found["false certificates"] == most:
                break
            found["false certificates"] += 1
            found[name] += 1
            try:
                check(*json.loads(json.dumps(documents)))
            except (RefusedError, ValueError):
                found["refused"] += 1
            else:
                found[f"ACCEPTED: {name} (seed {number})"] += 1
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one of the three counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", choices=("small", "mutants", "standard"))
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--processes", type=int, default=1)
    asked = parser.parse_args(arguments)
    if asked.count == "mutants":
        _print(false_ones(asked.most))
    elif asked.count == "small":
        total: Counter[str] = Counter()
        seeds = range(asked.first, asked.first + asked.rounds)
        with ProcessPoolExecutor(asked.processes) as pool:
            for one in pool.map(small, seeds, chunksize=8):
                total.update(one)
        _print(total)
    else:
        _standard(asked.rounds)


def _standard(rounds: int) -> None:
    standings: Counter[str] = Counter()
    times: list[tuple[float, float, float, int]] = []
    for number in range(rounds):
        students, found, *rest, size = standard(number, rounds)
        standings.update(found)
        standings["rounds all certified"] += set(found) == {"certified"}
        times.append((rest[0], rest[1], rest[2], size))
        print(
            f"{students:>4} students: {' '.join(found)}; match {rest[0]:.1f} s, certify "
            f"{rest[1]:.1f} s, check {rest[2]:.1f} s, {size // 1000} kB",
            flush=True,
        )
    _print(standings)
    for place, name in enumerate(("match", "certify", "check", "bytes")):
        column = sorted(row[place] for row in times)
        print(f"{name}: median {column[len(column) // 2]:.2f}, most {column[-1]:.2f}")


def _print(found: Counter[str]) -> None:
    for name, count in found.items():
        print(f"{count:>6}  {name}")


if __name__ == "__main__":
    main()
