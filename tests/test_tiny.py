"""The random rounds for exhaustive tests cover what they are to cover."""

from __future__ import annotations

from collections import Counter, defaultdict

from mentormatch.problem import Problem
from mentormatch.rules import RULES
from tests.support.tiny import tiny

SEEDS = range(400)


def rounds() -> list[Problem]:
    """Return the random rounds of many seeds."""
    return [tiny(seed) for seed in SEEDS]


def test_tiny_rounds_are_small_enough_to_try_everything() -> None:
    """Every size within its bounds occurs, and none beyond."""
    found = rounds()
    assert {len(one.students) for one in found} == set(range(3, 9))
    assert {len(one.mentors) for one in found} == set(range(5))
    assert {len(one.slots) for one in found} == set(range(1, 5))
    assert {one.shape.mentors for one in found} == {0, 1, 2}
    assert {one.shape.min_students for one in found} == {1, 2, 3}
    assert {one.shape.max_students for one in found} == {2, 3, 4}
    assert max(len(one.round.templates) for one in found) <= 32


def test_every_rule_occurs_hard_soft_and_off() -> None:
    """A new rule is drawn with its defaults, or needs an entry among the builders."""
    seen = defaultdict(set)
    for one in rounds():
        for rule in one.rules:
            seen[type(rule)].add("soft" if isinstance(rule.tier, int) else rule.tier)
    assert dict(seen) == {rule: {"hard", "soft", "off"} for rule in RULES}


def test_tiny_rounds_have_what_makes_rounds_odd() -> None:
    """Overlapping slots, few rooms, two languages, two plans, hours, priorities."""
    counts: Counter[str] = Counter()
    for one in rounds():
        around = one.round
        people = around.people
        counts["overlap"] += bool(around.overlaps)
        counts["few rooms"] += any(slot.max_groups is not None for slot in one.slots)
        counts["languages"] += len(one.languages) > 1
        counts["one mode"] += any(len(slot.modes) == 1 for slot in one.slots)
        counts["plans"] += any(len(plans) > 1 for plans in around.all_plans.values())
        counts["hours"] += any(person.hours for person in people)
        counts["missing"] += any(not person.gave_availability for person in people)
        counts["absences"] += any(person.absences for person in people)
        counts["attendance"] += one.term.required < one.term.meetings
        counts["priority"] += any(student.priority > 1 for student in one.students)
        counts["capacity"] += any(mentor.capacity > 1 for mentor in one.mentors)
        counts["supervising mentor"] += any(
            set(person.affiliations.get("supervisor", ())) & {mentor.id for mentor in one.mentors}
            for person in people
        )
    assert len(counts) == 12
    assert min(counts.values()) >= 20, counts


def test_the_same_seed_gives_the_same_tiny_round() -> None:
    """A failing seed must fail again."""
    assert [tiny(seed).fingerprint for seed in range(20)] == [
        tiny(seed).fingerprint for seed in range(20)
    ]
