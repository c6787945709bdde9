"""The random problems that the solver is judged on cover what they are to cover."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from itertools import combinations

from mentormatch.data.problem import Problem
from mentormatch.rules import RULES
from tests.rules.test_conformance import kind_of
from tests.support.random_problems import random_problem

SEEDS = range(500)


@cache
def drawn() -> tuple[Problem, ...]:
    """Return the problems of many seeds."""
    return tuple(random_problem(seed) for seed in SEEDS)


def test_they_are_small_enough_to_try_everything() -> None:
    """Every size within its bounds occurs, and none beyond."""
    assert {len(one.students) for one in drawn()} == set(range(1, 9))
    assert {len(one.mentors) for one in drawn()} == set(range(5))
    assert {len(one.slots) for one in drawn()} == set(range(1, 5))
    assert {one.shape.mentors for one in drawn()} == {0, 1, 2}


def test_every_rule_occurs_hard_and_soft_and_foundations_off() -> None:
    """What is never drawn is never judged."""
    seen: dict[str, set[str]] = defaultdict(set)
    for one in drawn():
        for rule in one.rules:
            seen[rule.kind].add("soft" if isinstance(rule.tier, int) else rule.tier)
    for kind in map(kind_of, RULES):
        assert seen[kind] >= {"hard", "soft"}, kind
    assert any("off" in seen[kind_of(base)] for base in RULES if base.foundation)


def test_they_have_what_makes_rounds_odd() -> None:
    """Overlapping slots, few rooms, two languages, several plans, hours, priorities, ties."""
    counts: Counter[str] = Counter()
    for one in drawn():
        round_ = one.round
        people = round_.people
        mentors = {mentor.id for mentor in one.mentors}
        counts["overlap"] += any(
            one.overlaps(other)
            for plans, others in combinations(round_.all_plans.values(), 2)
            for one in plans
            for other in others
        )
        counts["few rooms"] += any(slot.max_groups is not None for slot in one.slots)
        counts["languages"] += len(one.languages) > 1
        counts["topics"] += len(one.topics) > 1
        counts["one mode"] += any(len(slot.modes) == 1 for slot in one.slots)
        counts["plans"] += any(len(plans) > 1 for plans in round_.all_plans.values())
        counts["hours"] += any(person.hours for person in people)
        counts["missing"] += any(not person.gave_availability for person in people)
        counts["absences"] += any(person.absences for person in people)
        counts["attendance"] += one.term.required < one.term.meetings
        counts["priority"] += any(student.priority > 1 for student in one.students)
        counts["capacity"] += any(mentor.capacity > 1 for mentor in one.mentors)
        counts["mentors counted"] += one.shape.count_mentors
        counts["supervising mentor"] += any(
            mentors.intersection(person.affiliations.get("supervisor", ())) for person in people
        )
    assert len(counts) == 14
    assert min(counts.values()) >= 20, counts


def test_the_same_seed_gives_the_same_problem() -> None:
    """A failing seed must fail again."""
    again = [random_problem(seed).fingerprint for seed in range(20)]
    assert again == [one.fingerprint for one in drawn()[:20]]
