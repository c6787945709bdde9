"""Planted answers are valid and best, and corner cases leave out whom they say."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import Any

import pytest

from mentormatch.data.people import Student
from mentormatch.data.round import GroupShape
from mentormatch.errors import InputError
from mentormatch.evaluate.verify import solution_of, verify
from mentormatch.solve.match import match
from mentormatch.synthetic import PRESETS, Planted, Recipe, adversarial, planted

VARIANTS: dict[str, dict[str, Any]] = {
    "usual": {},
    "small": {"students": 10, "mentors": 4},
    "large": {"students": 300},
    "stranded": {"stranded": 3},
    "crowded": {"departments": 3},
    "crowded and stranded": {"students": 45, "departments": 4, "stranded": 4},
    "one department": {"students": 16, "mentors": 4, "departments": 1},
    "easy": {"recipe": PRESETS["easy"]},
    "hard": {"students": 48, "mentors": 16, "recipe": PRESETS["hard"]},
    "two languages": {"recipe": Recipe(languages=("en", "fi"))},
    "one mentor each": {"mentors": 6, "recipe": Recipe(shape=GroupShape(mentors=1))},
    "no mentors": {"mentors": 0, "recipe": Recipe(shape=GroupShape(mentors=0))},
    "many avoids": {"recipe": Recipe(avoids=0.5)},
    "many away": {"recipe": Recipe(absent=1.0)},
    "nobody": {"students": 0, "mentors": 0},
    "all stranded": {"students": 4, "mentors": 2, "stranded": 4},
}


@pytest.fixture(params=VARIANTS)
def variant(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the arguments of each variant."""
    arguments: dict[str, Any] = VARIANTS[request.param]
    return arguments


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_matching_is_valid_and_costs_what_it_says(
    variant: dict[str, Any], seed: int
) -> None:
    """Judged by the verifier, which knows nothing of how it was built."""
    found = planted(seed=seed, **variant)
    report = verify(found.problem, found.matching)
    assert report.ok, str(report)
    assert report.tiers == found.values
    assert found.values[1] == variant.get("stranded", 0)
    assert found.values[4] == 0


@pytest.mark.parametrize("seed", range(5))
def test_no_hard_rule_has_a_breach_in_a_planted_matching(
    variant: dict[str, Any], seed: int
) -> None:
    """Each rule's own meaning, asked one by one."""
    found = planted(seed=seed, **variant)
    solution = solution_of(found.problem, found.matching)
    for rule in found.problem.active_rules:
        if rule.tier == "hard":
            assert list(rule.violations(found.problem.round, solution)) == []


def by_group(found: Planted) -> dict[str, list[Student]]:
    """Return the students of each planted group."""
    people = {student.id: student for student in found.problem.students}
    return {group.id: [people[name] for name in group.students] for group in found.matching.groups}


def test_departments_differ_within_planted_groups() -> None:
    """Then no pair of one department is the best that can be."""
    found = planted(seed=1)
    assert found.values[3] == 0
    for students in by_group(found).values():
        assert len({student.department for student in students}) == len(students)


def test_the_pairs_of_a_crowded_planting_cannot_be_fewer() -> None:
    """Twelve mentors make six groups at most; every way to spread a department is tried."""
    found = planted(40, 12, seed=2, departments=3)
    assert len(found.matching.groups) == 6
    sizes = Counter(student.department for student in found.problem.students)

    def fewest(people: int, groups: int) -> int:
        if groups == 1:
            return people * (people - 1) // 2
        return min(
            here * (here - 1) // 2 + fewest(people - here, groups - 1) for here in range(people + 1)
        )

    assert found.values[3] == sum(fewest(count, 6) for count in sizes.values()) > 0


def test_the_stranded_have_no_mentor_at_their_only_slot() -> None:
    """That is why nobody can place them."""
    found = planted(seed=3, stranded=4)
    left = [one for one in found.problem.students if one.id in found.matching.left_out]
    assert len(left) == 4
    only = {slot for one in left for slot in one.availability or ()}
    assert len(only) == 1
    assert not any(only & set(one.availability or ()) for one in found.problem.mentors)


def test_planted_conflicts_are_there_to_be_broken() -> None:
    """People of one supervisor are in different groups, and could be in one."""
    found = planted(seed=4)
    people = (*found.problem.students, *found.problem.mentors)
    supervised = defaultdict(list)
    for person in people:
        supervised[person.affiliations["supervisor"][0]].append(person)
    pairs = [pair for those in supervised.values() for pair in combinations(those, 2)]
    could_meet = [
        (one, other)
        for one, other in pairs
        if set(one.availability or ()) & set(other.availability or ())
    ]
    assert len(could_meet) >= 5
    assert max(map(len, supervised.values())) <= 6


def test_the_planted_groups_are_hidden() -> None:
    """Neither the order of the rows nor a lack of other answers gives them away."""
    found = planted(seed=5)
    members = [student.id for student in found.problem.students]
    together = [
        abs(members.index(one) - members.index(other))
        for group in found.matching.groups
        for one, other in combinations(group.students, 2)
    ]
    assert max(together) > 20
    offers = [len(student.availability or ()) for student in found.problem.students]
    assert sum(offers) / len(offers) > 4


def test_the_same_seed_plants_the_same() -> None:
    """A planted optimum is published with its seed."""
    one, other = planted(seed=6), planted(seed=6)
    assert one.problem.fingerprint == other.problem.fingerprint
    assert one.matching == other.matching
    assert one.problem.fingerprint != planted(seed=7).problem.fingerprint


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        ({"students": 4, "mentors": 2}, "students"),
        ({"students": 40, "mentors": 8}, "students"),
        ({"students": 9, "mentors": 2}, "students"),
        ({"students": 3, "stranded": 4}, "students"),
        ({"departments": 0}, "departments"),
        ({"departments": 25}, "departments"),
        ({"stranded": -1}, "stranded"),
        ({"recipe": Recipe(shape=GroupShape(mentors=0)), "stranded": 1}, "stranded"),
        ({"recipe": Recipe(weekdays={1: 1}, hours={9: 1}), "stranded": 1}, "recipe"),
    ],
)
def test_what_cannot_be_planted_is_refused(arguments: dict[str, Any], where: str) -> None:
    """Better no answer than one that is not the best."""
    with pytest.raises(InputError) as refused:
        planted(**arguments)
    assert [fault.where for fault in refused.value.faults] == [where]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("name", ["small", "one department", "all stranded"])
def test_the_engine_finds_what_was_planted(name: str, seed: int) -> None:
    """The optimum by construction and the optimum by proof are one."""
    found = planted(seed=seed, **VARIANTS[name])
    answer = match(found.problem)
    assert verify(found.problem, answer).ok
    assert answer.status == "OPTIMAL"
    assert {tier.tier: tier.value for tier in answer.tiers} == found.values


@pytest.mark.parametrize("name", adversarial())
def test_corner_cases_leave_out_whom_they_must(name: str) -> None:
    """The number beside each case follows from its sentence, and the engine proves it."""
    case = adversarial()[name]
    answer = match(case.problem)
    assert verify(case.problem, answer).ok
    assert answer.status == "OPTIMAL"
    assert len(answer.left_out) == case.left_out


def test_a_corner_case_is_as_its_name_says() -> None:
    """Each case goes wrong for its own reason, not for another one."""
    cases = adversarial()
    round_ = cases["clock_change"].problem.round
    (plan,) = round_.all_plans["tue-15"]
    traveller = round_.students[-1]
    assert [start.day for start in plan.starts] == [6, 13, 20, 27, 3, 10]
    assert [day.day for day in round_.can_attend(traveller, plan)] == [6, 13, 20]
    holiday = cases["holiday_week"].problem.round
    assert holiday.all_plans["mon-15"] == ()
    assert len(holiday.all_plans["tue-15"]) == 1
    schools = Counter(
        one.attributes["school"] for one in cases["alone_from_school"].problem.students
    )
    assert schools == {"SCI": 6, "ARTS": 1}
