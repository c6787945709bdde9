"""Made-up terms, lived through with three policies: match anew, pin all, change the least.

    python -m benchmarks.life [--terms 100] [--students 40] [--mentors 14] [--time-limit 10]

Each term is drawn from a seed: late sign-ups, withdrawals, no-shows, mentors who stop. At each of
its steps every policy answers from its own last matching. Printed are means over terms of people
moved to another group, people whose meetings changed, people without a group at the end, and the
median and longest seconds of one step.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass, field
from statistics import mean, median
from time import perf_counter

from mentormatch import match
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.evaluate.carried_over import carried_over
from mentormatch.evaluate.cost import score
from mentormatch.evaluate.verify import solution_of
from mentormatch.replan import Policy, changes_between, inherit_ids, replan
from mentormatch.synthetic import generate
from mentormatch.synthetic.terms import generate_term

Step = Callable[[Problem, Matching, float], Matching]


@dataclass
class Tally:
    """What a policy came to."""

    moved: list[int] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    left_out: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    proven: int = 0
    steps: int = 0


def anew(problem: Problem, before: Matching, limit: float) -> Matching:
    """Match as if nobody knew anything; groups keep their ids as far as they go on."""
    return inherit_ids(match(problem, time_limit=limit), before)


def pin_all(problem: Problem, before: Matching, limit: float) -> Matching:
    """Keep every group that can stand exactly as it is, and match the rest around them."""
    start = carried_over(problem, before)
    standing = [
        group.id
        for group in solution_of(problem, start).groups
        if not any(one.violation.group for one in score(problem, Solution((group,), ())).hard)
    ]
    people = [
        person
        for group in start.groups
        if group.id in standing
        for person in (*group.students, *group.mentors)
    ]
    found = replan(problem, before, policy=Policy(order=(), frozen=tuple(people)), time_limit=limit)
    return found.matching


def least(problem: Problem, before: Matching, limit: float) -> Matching:
    """Change the least."""
    return replan(problem, before, time_limit=limit).matching


POLICIES: dict[str, Step] = {"match anew": anew, "pin all": pin_all, "change the least": least}


def live(seed: int, students: int, mentors: int, limit: float, tallies: dict[str, Tally]) -> None:
    """Live through one term with every policy."""
    first = generate(students, mentors, seed=seed)
    published = match(first, time_limit=limit)
    for name, policy in POLICIES.items():
        tally, before = tallies[name], published
        moved = times = left_out = 0
        for problem in generate_term(first, seed):
            begun = perf_counter()
            after = policy(problem, before, limit)
            tally.seconds.append(perf_counter() - begun)
            tally.steps += 1
            if not after.groups:
                after = carried_over(problem, before)
            changes = changes_between(problem, before, after)
            moved += len(changes.moved)
            times += sum(one.new_time for one in changes.people)
            left_out = len(after.left_out)
            before = after
        tally.moved.append(moved)
        tally.times.append(times)
        tally.left_out.append(left_out)


def main() -> None:
    """Live through the terms and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--terms", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="seed of the first term")
    parser.add_argument("--students", type=int, default=40)
    parser.add_argument("--mentors", type=int, default=14)
    parser.add_argument("--time-limit", type=float, default=10.0)
    options = parser.parse_args()
    tallies = {name: Tally() for name in POLICIES}
    for seed in range(options.first, options.first + options.terms):
        live(seed, options.students, options.mentors, options.time_limit, tallies)
    print(
        "| policy | people moved | meetings changed | without a group at the end | "
        "seconds a step, median (most) | terms |"
    )
    print("|---|--:|--:|--:|--:|--:|")
    for name, tally in tallies.items():
        print(
            f"| {name} | {mean(tally.moved):.1f} | {mean(tally.times):.1f} | "
            f"{mean(tally.left_out):.1f} | {median(tally.seconds):.2f} "
            f"({max(tally.seconds):.1f}) | {len(tally.moved)} |"
        )
    ours, pinned, again = (tallies[name] for name in ("change the least", "pin all", "match anew"))
    worse_placed = sum(a > b for a, b in zip(ours.left_out, pinned.left_out, strict=True))
    worse_moved = sum(a > b for a, b in zip(ours.moved, again.moved, strict=True))
    print(
        f"\nOf {len(ours.moved)} terms, changing the least left more people out than pinning all "
        f"in {worse_placed}, and moved more than matching anew in {worse_moved}."
    )


if __name__ == "__main__":
    main()
