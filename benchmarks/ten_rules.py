"""Ten rules in five tiers on made-up rounds: what is reached, what is proven, and how fast.

    python benchmarks/ten_rules.py
    python benchmarks/ten_rules.py --students 40 --seeds 1 2 3 --time-limit 300

Each round is one of `mentormatch.synthetic`, to which a year of studies, wishes to be together,
groups of an earlier round and a few mentors who can lead two groups are drawn from the same
seed. Besides the ten rules, the hard ones of the default programme hold: sizes, two mentors to
a group, a common time, language and mode, and nobody with their supervisor or somebody of the
same one. For every tier the value, the proven bound, the gap between them and the seconds spent
on it are printed, as Markdown, with mean and spread over the seeds at the end.
"""

from __future__ import annotations

import argparse
import platform
import statistics
from collections.abc import Sequence
from importlib.metadata import version
from random import Random

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.rules import (
    Balance,
    KeepApart,
    KeepApartAffiliation,
    MentorLoad,
    MetBefore,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    PlaceEveryone,
    PreferYes,
    Rule,
    TargetSize,
    WishTogether,
    exactly,
)
from mentormatch.synthetic import generate

YEARS = {"starting": (1,), "midway": (2, 3), "finishing": (4, 5)}
"""Year of studies by stage."""

WISHING = 0.15
"""Share of the students who wish to be with one other."""

RETURNING = 0.5
"""Share of the students who were in a group of an earlier round."""

EARLIER_SIZE = 6
"""Students of an earlier group who are there again."""

TWO_GROUPS = 3
"""One mentor of so many can lead two groups."""


def round_of_ten_rules(students: int, seed: int) -> Problem:
    """Return a made-up round that asks for ten rules in five tiers."""
    made = generate(students, seed=seed)
    rng = Random(f"ten rules {seed}")
    learners = tuple(_in_year(rng, student) for student in made.students)
    guides = tuple(
        _able_to_lead(mentor, 2 if number % TWO_GROUPS == 0 else 1)
        for number, mentor in enumerate(made.mentors)
    )
    apart = KeepApart | KeepApartAffiliation
    hard = (rule for rule in made.active_rules if isinstance(rule, apart))
    fields = {name: getattr(made, name) for name in Problem.model_fields}
    asked = ten_rules(rng, [student.id for student in learners])
    rules = exactly(*hard, *asked, foundations=True)
    return Problem(**{**fields, "students": learners, "mentors": guides, "rules": rules})


def ten_rules(rng: Random, ids: Sequence[str]) -> tuple[Rule, ...]:
    """Return the ten rules, with wishes and earlier groups drawn among students."""
    wishing = rng.sample(ids, round(WISHING * len(ids)))
    wishes = tuple((one, rng.choice([other for other in ids if other != one])) for one in wishing)
    again = rng.sample(ids, round(RETURNING * len(ids)))
    earlier = tuple(
        tuple(again[first : first + EARLIER_SIZE]) for first in range(0, len(again), EARLIER_SIZE)
    )
    return (
        PlaceEveryone(tier=1),
        NobodyAlone(tier=2, attribute="school"),
        MetBefore(tier=2, rounds=earlier),
        Mix(tier=3),
        PreferYes(tier=4),
        NativeSpeakers(tier=4, most=2),
        TargetSize(tier=5),
        WishTogether(tier=5, wishes=wishes),
        Balance(tier=5, attribute="year"),
        MentorLoad(tier=5),
    )


def _in_year(rng: Random, student: Student) -> Student:
    year = rng.choice(YEARS[str(student.attributes["stage"])])
    fields = {name: getattr(student, name) for name in Student.model_fields}
    return Student(**{**fields, "attributes": {**student.attributes, "year": year}})


def _able_to_lead(mentor: Mentor, capacity: int) -> Mentor:
    fields = {name: getattr(mentor, name) for name in Mentor.model_fields}
    return Mentor(**{**fields, "capacity": capacity})


def run(students: int, seed: int, time_limit: float) -> Matching:
    """Match one round, check it and print a table of its tiers.

    Raises
    ------
    SystemExit
        If the matching does not pass verification.
    """
    problem = round_of_ten_rules(students, seed)
    matching = match(problem, time_limit=time_limit, seed=seed)
    report = verify(problem, matching)
    if not report.ok:
        raise SystemExit(f"seed {seed}: {report}")
    seconds = matching.provenance.seconds if matching.provenance else 0.0
    print(f"\n### {students} students, {len(problem.mentors)} mentors, seed {seed}\n")
    print(
        f"{matching.status} in {seconds:.1f} s: {matching.placed} students placed in "
        f"{len(matching.groups)} groups\n"
    )
    print("| tier | rules | value | bound | gap | seconds |")
    print("|---|---|---|---|---|---|")
    for tier in matching.tiers:
        gap = "proven" if tier.proven else str(tier.gap)
        print(
            f"| {tier.tier} | {tier.name} | {tier.value} | {tier.bound} | {gap} "
            f"| {tier.seconds:.1f} |"
        )
    return matching


def summary(students: int, matchings: Sequence[Matching]) -> None:
    """Print over the seeds how many rounds are proven, and the mean gap of each tier."""
    proven = sum(matching.status == "OPTIMAL" for matching in matchings)
    times = [matching.provenance.seconds for matching in matchings if matching.provenance]
    print(f"\n### {students} students, {len(matchings)} seeds\n")
    print(
        f"{proven} of {len(matchings)} proven in every tier; seconds: median "
        f"{statistics.median(times):.1f}, from {min(times):.1f} to {max(times):.1f}\n"
    )
    print("| tier | mean value | mean gap | largest gap | proven |")
    print("|---|---|---|---|---|")
    for tiers in zip(*(matching.tiers for matching in matchings), strict=True):
        gaps = [tier.gap for tier in tiers]
        print(
            f"| {tiers[0].tier} | {statistics.mean(tier.value for tier in tiers):.1f} "
            f"| {statistics.mean(gaps):.1f} | {max(gaps)} "
            f"| {sum(tier.proven for tier in tiers)} of {len(tiers)} |"
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run all sizes and seeds and print what came of it."""
    parser = argparse.ArgumentParser(description="Ten rules in five tiers on made-up rounds.")
    parser.add_argument("--students", type=int, nargs="+", default=[40, 200], metavar="N")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], metavar="SEED")
    parser.add_argument("--time-limit", type=float, default=120.0, help="seconds for each round")
    options = parser.parse_args(arguments)
    print("# Ten rules in five tiers\n")
    print(
        f"mentormatch {version('mentormatch')}, ortools {version('ortools')}, "
        f"Python {platform.python_version()}; {options.time_limit:g} s at most for each round"
    )
    for students in options.students:
        found = [run(students, seed, options.time_limit) for seed in options.seeds]
        if len(found) > 1:
            summary(students, found)


if __name__ == "__main__":
    main()
