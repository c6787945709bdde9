"""Who sits with whom once it is known who meets when: by numbers, on rounds made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

import pytest

from mentormatch.data.people import Mode
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.evaluate.cost import score
from mentormatch.rules import CommonSlot, GroupSize, KeepApart, Mix, PreferredLanguage, exactly
from mentormatch.rules.base import Rule
from mentormatch.rules.forms import CountCost, PersonCost
from mentormatch.solve.assign.assign_to_groups import assign_to_groups
from mentormatch.solve.assign.groups import GroupCosts, openings_of
from mentormatch.solve.assign.round_robin import deal_round
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.model import Plan, PlannedBlock
from tests.support.build import Sketch, mentor, mentors, problem, slot, solution, student, students
from tests.support.forms_value import form_value
from tests.support.random_problems import random_problem


@dataclass(frozen=True)
class Dealt:
    """Students 0, 1, 2, ... and then mentors, dealt by number.

    `kinds` says of each student by which set they are counted, and `apart` who must not meet.
    """

    name: str
    groups: int
    students: int
    expected: list[tuple[int, ...]]
    mentors: int = 0
    kinds: Sequence[int] = ()
    apart: Sequence[tuple[int, int]] = ()
    rules: tuple[Rule, ...] = field(default_factory=exactly)

    def __str__(self) -> str:
        return self.name.replace(" ", "-")

    def judge(self) -> GroupCosts:
        """Return a judge that knows nothing but what is stated here."""
        people = [f"s{number}" for number in range(self.students)]
        guides = [f"m{number}" for number in range(self.mentors)]
        made = problem(students(" ".join(people)), mentors(" ".join(guides)), "tue-15", *self.rules)
        judge = GroupCosts(compile_problem(made, 0))
        everybody = range(self.students + self.mentors)
        judge.counts_of = [(kind,) for kind in self.kinds] + [()] * (
            len(everybody) - len(self.kinds)
        )
        judge.apart = [
            frozenset(two for pair in self.apart if one in pair for two in pair if two != one)
            for one in everybody
        ]
        return judge


DEALT = [
    Dealt("those of a kind are spread", 3, 6, [(0, 1), (2, 3), (4, 5)], kinds=(0, 1, 0, 1, 0, 1)),
    Dealt("mentors too", 2, 4, [(0, 2, 4, 6), (1, 3, 5, 7)], mentors=4),
    Dealt("who must not meet changes places", 2, 4, [(1, 2), (0, 3)], apart=[(0, 2)]),
    Dealt(
        "with somebody of the same kind if there is one",
        2,
        6,
        [(0, 3, 4), (1, 2, 5)],
        kinds=(0, 0, 1, 1, 2, 2),
        apart=[(2, 4)],
    ),
    Dealt(
        "else with the first who can",
        2,
        6,
        [(0, 1, 4), (2, 3, 5)],
        kinds=(0, 0, 1, 2, 3, 3),
        apart=[(2, 4)],
    ),
    Dealt(
        "not with somebody who would meet whom they must not",
        2,
        6,
        [(0, 3, 4), (1, 2, 5)],
        apart=[(2, 4), (1, 0)],
    ),
    Dealt(
        "there they may meet nobody but whom they take the place of",
        2,
        6,
        [(0, 3, 4), (1, 2, 5)],
        apart=[(2, 4), (2, 3)],
    ),
    Dealt(
        "where they would meet two, another group has to do",
        3,
        9,
        [(0, 2, 6), (1, 4, 7), (3, 5, 8)],
        apart=[(3, 6), (3, 1), (3, 4)],
    ),
    Dealt(
        "the last group finds somebody in the first",
        2,
        4,
        [(1, 2), (0, 3)],
        apart=[(1, 3)],
    ),
    Dealt(
        "a mentor changes places with a mentor",
        2,
        2,
        [(0, 3, 4), (1, 2, 5)],
        mentors=4,
        apart=[(2, 4)],
    ),
    Dealt(
        "and with the first of them too",
        2,
        2,
        [(0, 3, 4), (1, 2, 5)],
        mentors=4,
        apart=[(3, 5)],
    ),
    Dealt(
        "a student changes places with a student",
        2,
        4,
        [(1, 2, 4), (0, 3, 5)],
        mentors=2,
        apart=[(0, 4)],
    ),
    Dealt("who finds no place is left out", 1, 3, [(1, 2, 3)], mentors=1, apart=[(0, 1)]),
    Dealt("who stays meets nobody of those who went", 1, 3, [(1, 2)], apart=[(0, 1), (0, 2)]),
    Dealt("who meets their mentor goes", 1, 2, [(0, 2)], mentors=1, apart=[(1, 2)]),
    Dealt("two mentors who must not meet have no group", 1, 1, [], mentors=2, apart=[(1, 2)]),
    Dealt(
        "a group that became too small is none",
        2,
        3,
        [(0, 2)],
        rules=exactly(GroupSize()),
    ),
]


@pytest.mark.parametrize("case", DEALT, ids=str)
def test_people_are_dealt_as_the_table_says(case: Dealt) -> None:
    """On the road of large rounds nothing mends a group that is dealt badly."""
    judge = case.judge()
    if any(rule.kind == "group_size" and rule.tier != "off" for rule in case.rules):
        judge = _at_least_two(case)
    first = case.students
    found = deal_round(judge, 0, range(first), range(first, first + case.mentors), case.groups)
    assert [one.people for one in found] == case.expected
    assert all(one.template == 0 for one in found)


def _at_least_two(case: Dealt) -> GroupCosts:
    made = problem(students("s0 s1 s2"), (), "tue-15", *case.rules, size=(2, 3))
    judge = GroupCosts(compile_problem(made, 0))
    judge.counts_of = [(0,)] * case.students
    return judge


@pytest.mark.parametrize("part", range(6))
def test_a_group_fits_exactly_when_it_breaks_no_hard_rule_by_itself(part: int) -> None:
    """Both roads ask this before a group is opened; the rules' own meaning has the last word."""
    seen: dict[bool, int] = {True: 0, False: 0}
    for seed in range(60 * part, 60 * (part + 1)):
        made = random_problem(f"fits {seed}")
        compiled = compile_problem(made, seed)
        judge = GroupCosts(compiled)
        rng = Random(seed)
        for _ in range(12):
            opening = _drawn(rng, judge)
            if opening is None:
                continue
            group = _group(judge, opening)
            judged = score(compiled.problem, Solution((group,), ()))
            broken = any(hard.violation.group is not None for hard in judged.hard)
            fits = judge.fits(opening.template, opening.people)
            assert fits == (not broken), f"seed {seed}"
            seen[fits] += 1
    assert min(seen.values()) > 20


@pytest.mark.parametrize("part", range(3))
def test_a_group_costs_what_its_people_and_counts_amount_to(part: int) -> None:
    """Groups are improved by this cost; pairs and sums are left aside as it says."""
    priced = 0
    for seed in range(60 * part, 60 * (part + 1)):
        compiled = compile_problem(random_problem(f"costs {seed}"), seed)
        judge = GroupCosts(compiled)
        round_ = compiled.round_
        rng = Random(seed)
        for _ in range(6):
            opening = _drawn(rng, judge)
            if opening is None:
                continue
            alone = Solution((_group(judge, opening),), ())
            expected = [0] * compiled.tiers
            for rule in compiled.problem.active_rules:
                if isinstance(rule.tier, int):
                    tier = compiled.problem.tiers.index(rule.tier)
                    expected[tier] += rule.weight * sum(
                        form_value(form, round_, alone)
                        for form in rule.lower(round_)
                        if isinstance(form, PersonCost | CountCost)
                    )
            assert judge.costs(opening) == tuple(expected), f"seed {seed}"
            priced += any(expected)
    assert priced > 50


@pytest.mark.parametrize("loner", ["ana", "bo", "cai", "dee"])
def test_who_may_meet_nobody_changes_places_with_nobody(loner: str) -> None:
    """A pair is written down once, and both must know of it, whoever is dealt first."""
    pairs = tuple((loner, other) for other in ("ana", "bo", "cai", "dee") if other != loner)
    made = problem(students("ana bo cai dee"), (), "tue-15", *exactly(KeepApart(sets=pairs)))
    compiled = compile_problem(made, 0)
    place = compiled.round_.position[loner]
    found = list(deal_round(GroupCosts(compiled), 0, range(4), (), 2))
    # Dealt in turn, 0 sits with 2 and 1 with 3; of the loner's group the first goes.
    assert [one.people for one in found] == [[(2,), (1, 3)], [(0, 2), (3,)]][place % 2]


def _drawn(rng: Random, judge: GroupCosts) -> Opening | None:
    """Return a group in which most people can be, so that about half of all groups fit."""
    compiled = judge.compiled
    if not compiled.templates:
        return None
    template = rng.randrange(len(compiled.templates))
    everybody = range(len(compiled.round_.people))
    able = [
        one
        for one in everybody
        # Who leads no group at all is no matter of rules, but of structure.
        if compiled.capacity[one] and (compiled.allowed[one, template] or rng.random() < 0.1)
    ]
    here = [one for one in able if one < compiled.students]
    guides = [one for one in able if one >= compiled.students]
    wanted = compiled.round_.shape.mentors
    people = rng.sample(here, rng.randint(0, len(here)))
    people += rng.sample(guides, min(len(guides), wanted))
    return Opening(template, tuple(sorted(people)))


def _group(judge: GroupCosts, opening: Opening) -> SolutionGroup:
    round_ = judge.compiled.round_
    first = len(round_.students)
    return SolutionGroup(
        "g1",
        tuple(round_.students[one] for one in opening.people if one < first),
        tuple(round_.mentors[one - first] for one in opening.people if one >= first),
        judge.compiled.templates[opening.template],
    )


def _numbered(made: Problem, *sketches: Sketch) -> tuple[list[tuple[str, str, str]], int]:
    """Return slot, language and people of groups read as numbers, and the number of templates."""
    compiled = compile_problem(made, 0)
    people = compiled.round_.people
    found = openings_of(compiled, solution(compiled.round_, *sketches))
    return [
        (
            compiled.templates[one.template].plan.slot,
            compiled.templates[one.template].language,
            " ".join(sorted(people[place].id for place in one.people)),
        )
        for one in found
    ], len(compiled.templates)


BOTH = {"en": "C1", "fi": "C1"}


def test_a_group_of_a_kept_template_stays_there() -> None:
    """A matching to start from is taken as it is where that can be said."""
    made = problem(
        [student("ana", "tue-15", languages=BOTH), student("bo", languages={"fi": "C1"})],
        mentors("mia", languages=BOTH),
        "tue-15",
        languages=("en", "fi"),
    )
    sketch = Sketch("ana bo", "mia", language="fi")
    assert _numbered(made, sketch)[0] == [("tue-15", "fi", "ana bo mia")]


def test_a_group_that_nobody_can_be_in_stays_there_too() -> None:
    """Then there is nothing better, and the search leaves it aside."""
    made = problem(
        [student("ana", languages=BOTH), student("bo", languages={"fi": "C1"})],
        mentors("mia", languages={"en": "C1"}),
        [slot("tue-15", modes=("campus",))],
        languages=("en", "fi"),
    )
    for language in ("en", "fi"):
        sketch = Sketch("ana bo", "mia", language=language)
        assert _numbered(made, sketch) == ([("tue-15", language, "ana bo mia")], 2)


def test_a_group_goes_where_all_its_people_can_be() -> None:
    """Its own language does not do for one of them, another of the slot does for all."""
    made = problem(
        [student("ana", languages={"en": "C1"}), student("bo", languages={"fi": "C1"})],
        mentors("mia", languages=BOTH),
        "tue-15",
        languages=("en", "fi"),
    )
    for stated, right in (("en", "fi"), ("fi", "fi")):
        assert _numbered(made, Sketch("bo", "mia", language=stated))[0] == [
            ("tue-15", right, "bo mia")
        ]
    assert _numbered(made, Sketch("ana", "mia", language="fi"))[0] == [("tue-15", "en", "ana mia")]


def test_a_template_that_was_not_kept_becomes_one_that_was() -> None:
    """Two languages that all use alike are one to the search."""
    made = problem(
        [student("ana", "tue-15", languages=BOTH)],
        mentors("mia", languages=BOTH),
        "tue-15",
        languages=("en", "fi"),
    )
    found = {_numbered(made, Sketch("ana", "mia", language=language))[0][0] for language in BOTH}
    assert len(found) == 1


def test_a_group_of_another_slot_does_not_move() -> None:
    """What is at another time is another group; what is nowhere is left out."""
    made = problem(
        students("ana bo", "tue-15 wed-15"), mentors("mia noa", "tue-15 wed-15"), "tue-15 wed-15"
    )
    found, _ = _numbered(made, Sketch("ana", "mia", "wed-15"), Sketch("bo", "noa", "tue-15"))
    assert [slot for slot, _, _ in found] == ["wed-15", "tue-15"]


def test_a_matching_to_start_from_keeps_its_value_in_a_template_that_was_kept() -> None:
    """Bug: any template of the slot was taken in which all can be, whatever it costs them.

    On campus and online suit everybody alike, so only one of them is kept in each language, and
    a group in the language that all would like went on in the other.
    """
    made = problem(
        [
            *students("ana bo", languages=BOTH, attributes={"preferred_language": "fi"}),
            student("cai", languages=BOTH, attributes={"preferred_language": "en"}),
        ],
        mentors("mia", languages=BOTH),
        "tue-15",
        PreferredLanguage(tier=1),
        languages=("en", "fi"),
    )
    modes: tuple[Mode, ...] = ("campus", "online")
    for mode in modes:
        for language, people in (("fi", "ana bo"), ("en", "cai")):
            sketch = Sketch(people, "mia", language=language, mode=mode)
            assert _numbered(made, sketch) == ([("tue-15", language, f"{people} mia")], 2)


def planned(made: Problem, groups: int, *costs: int) -> tuple[list[tuple[int, ...]], set[int], int]:
    """Deal everybody into groups at a planned cost; return them and what could not be dealt."""
    compiled = compile_problem(made, 0)
    everybody = tuple(range(len(compiled.round_.people)))
    plan = Plan((PlannedBlock(GroupBlock(0, groups), everybody, groups, costs),), costs)
    openings, short = assign_to_groups(compiled, plan, Clock(None), 0)
    assert all(one.template == 0 for one in openings)
    assert all(one.people == tuple(sorted(one.people)) for one in openings)
    return [one.people for one in openings], short, len(everybody)


def _mixed() -> Problem:
    return problem(
        [*students("a1 a2 a3 a4", department="A"), *students("b1 b2", department="B")],
        mentors("mia noa"),
        "tue-15",
        Mix(tier=1),
        KeepApart(sets=(("b1", "b2"),)),
        size=(2, 4),
    )


def test_people_are_dealt_at_the_planned_cost() -> None:
    """Four of a department in two groups make two pairs at least."""
    made = _mixed()
    groups, short, everybody = planned(made, 2, 2)
    assert short == set()
    assert sorted(one for group in groups for one in group) == list(range(everybody))
    assert len(groups) == 2
    compiled = compile_problem(made, 0)
    judge = GroupCosts(compiled)
    assert sum(judge.costs(Opening(0, group))[0] for group in groups) == 2
    assert all(judge.fits(0, group) for group in groups)


def test_what_cannot_be_dealt_as_planned_is_said_and_dealt_at_best() -> None:
    """The plan then sees these groups one by one."""
    made = _mixed()
    groups, short, everybody = planned(made, 2, 1)
    assert short == {0}
    judge = GroupCosts(compile_problem(made, 0))
    assert all(judge.fits(0, group) for group in groups)
    # Tier 1 counts who is left out as well, and that weighs as much as a pair.
    left_out = everybody - sum(map(len, groups))
    assert left_out + sum(judge.costs(Opening(0, group))[0] for group in groups) == 2


def test_a_single_group_is_taken_as_it_is() -> None:
    """There is nothing to deal, and the next column's turn comes."""
    made = problem(
        students("ana bo cai dee", "tue-15 wed-15", department="A"),
        mentors("mia noa pia", "tue-15 wed-15"),
        "tue-15 wed-15",
        *exactly(CommonSlot(), Mix(tier=1)),
    )
    compiled = compile_problem(made, 0)
    # What it is said to cost is less than it does, and is no matter here.
    alone = PlannedBlock(GroupBlock(0, 2), (0, 1, 4), 1, (0,))
    two = PlannedBlock(GroupBlock(1, 2), (2, 3, 5, 6), 2, (0,))
    openings, short = assign_to_groups(compiled, Plan((alone, two), (0,)), Clock(None), 0)
    assert openings[0] == Opening(0, (0, 1, 4))
    assert [one.template for one in openings] == [0, 1, 1]
    assert sorted(one for each in openings for one in each.people) == list(range(7))
    assert short == set()


def test_who_does_not_fit_is_left_out_rather_than_everybody() -> None:
    """Three of whom no two may meet have room for two in two groups."""
    made = problem(
        students("ana bo cai dee"),
        mentors("mia noa"),
        "tue-15",
        KeepApart(sets=(("ana", "bo", "cai"),)),
    )
    groups, short, _ = planned(made, 2, 0)
    assert short == {0}
    judge = GroupCosts(compile_problem(made, 0))
    assert all(judge.fits(0, group) for group in groups)
    # dee, two of the three, and both mentors.
    assert sum(map(len, groups)) == 5


def test_later_tiers_are_dealt_as_well_as_the_earlier_ones_allow() -> None:
    """Where a plan cannot be kept, the first tier still goes before the second."""
    made = problem(
        [
            student("s1", department="A", attributes={"year": "1"}),
            student("s2", department="A", attributes={"year": "2"}),
            student("s3", department="B", attributes={"year": "1"}),
            student("s4", department="B", attributes={"year": "2"}),
        ],
        [mentor("mia"), mentor("noa")],
        "tue-15",
        Mix(tier=2),
        Mix(attribute="year", tier=3),
        KeepApart(sets=(("s1", "s4"),)),
        size=(2, 2),
    )
    groups, short, everybody = planned(made, 2, 0, 0, 0)
    assert short == {0}
    assert everybody == 6
    judge = GroupCosts(compile_problem(made, 0))
    costs = [judge.costs(Opening(0, group)) for group in groups]
    assert len(groups) == 2
    assert [sum(each) for each in zip(*costs, strict=True)] == [0, 0, 2]
