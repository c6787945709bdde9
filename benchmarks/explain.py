"""How long explanations take, and whether every repair that is offered holds.

Run it with ``python benchmarks/explain.py``. The first part explains everybody whom rounds of 200
students leave out; the second part explains 200 small rounds and applies every repair offered.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from time import perf_counter

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.explain import (
    LeftOutReport,
    explain_left_out,
    precheck,
)
from mentormatch.solve.match import match
from mentormatch.synthetic import generate
from mentormatch.whatif import changed


def broken_repairs(problem: Problem, matching: Matching, report: LeftOutReport) -> int:
    """Return how many repairs, applied, do not do what they say.

    The groups are judged in the changed problem by the verifier: they must be valid, place the
    person, take nobody's place, and cost in every tier what was told.
    """
    before = {name for group in matching.groups for name in group.students}
    broken = 0
    for told in report.people:
        for number, repair in enumerate(told.repairs):
            after = report.proof(told.person, number).matching(matching)
            placed = {name for group in after.groups for name in group.students}
            checked = verify(changed(problem, repair.changes), after)
            costs = {tier.tier: tier.after for tier in repair.effect.tiers}
            broken += not (
                checked.ok
                and placed >= before | {told.person}
                and repair.effect.placed == len(placed) - len(before)
                and all(costs[tier] == value for tier, value in checked.tiers.items())
            )
    return broken


def large(seeds: int, search: float) -> None:
    """Explain rounds of 200 students whose mentors are too few."""
    print("students  mentors  seed  left out  precheck s  explain s  without repair  broken")
    for mentors in (44, 52):
        for seed in range(seeds):
            problem = generate(students=200, mentors=mentors, seed=seed)
            began = perf_counter()
            precheck(problem)
            checked = perf_counter() - began
            matching = match(problem, time_limit=search)
            began = perf_counter()
            report = explain_left_out(problem, matching)
            seconds = perf_counter() - began
            without = sum(not told.repairs for told in report.people)
            broken = broken_repairs(problem, matching, report)
            print(
                f"{200:>8}  {mentors:>7}  {seed:>4}  {len(report.people):>8}  {checked:>10.2f}  "
                f"{seconds:>9.2f}  {without:>14}  {broken:>6}"
            )


def small(rounds: int) -> None:
    """Explain small rounds and apply every repair."""
    reasons: Counter[str] = Counter()
    needed: Counter[int | None] = Counter()
    offered = broken = 0
    for seed in range(rounds):
        problem = generate(students=20 + seed % 25, mentors=4 + seed % 9, seed=seed)
        matching = match(problem, time_limit=5)
        report = explain_left_out(problem, matching, time_limit=2)
        reasons.update(told.reason.code for told in report.people)
        needed.update(told.needed for told in report.people)
        offered += sum(len(told.repairs) for told in report.people)
        broken += broken_repairs(problem, matching, report)
    print(f"\n{rounds} small rounds: {sum(reasons.values())} left out")
    for code, count in reasons.most_common():
        print(f"  {code:<32} {count:>5}")
    sizes = ", ".join(f"{count} need {size}" for size, count in sorted(needed.items(), key=str))
    print(f"  {offered} repairs offered, {broken} broken; changes: {sizes}")


def main() -> None:
    """Read the command line and run both parts."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="large rounds of each kind")
    parser.add_argument("--search", type=float, default=20.0, help="seconds to match a large round")
    parser.add_argument("--rounds", type=int, default=200, help="small rounds")
    options = parser.parse_args()
    large(options.seeds, options.search)
    small(options.rounds)


if __name__ == "__main__":
    main()
