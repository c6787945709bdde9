"""Places that somebody could take now, held against trying every group."""

from __future__ import annotations

import pytest

from mentormatch import match
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import costs, structure
from mentormatch.evaluate.verify import solution_of
from mentormatch.replan import promote, recommend, small_groups, waiting_list
from mentormatch.rules import CommonSlot, PlaceOrder, lottery_order
from mentormatch.synthetic import generate
from tests.replan.events import joined_by, with_fields, without
from tests.support.build import mentors, student, students
from tests.support.build import problem as problem_of_people
from tests.support.random_problems import random_problem
from tests.support.slow import slow_among


def judged(problem: Problem, matching: Matching) -> tuple[int, tuple[int, ...]] | None:
    """Return what a whole matching costs; None if it is not valid in form."""
    solution = solution_of(problem, matching)
    if any(structure(problem, solution)):
        return None
    return costs(problem, solution)


def moved(matching: Matching, person: str, target: str) -> Matching:
    """Return a matching in which somebody is in another group."""

    def after(group: Group) -> Group:
        students = tuple(one for one in group.students if one != person)
        return group.model_copy(
            update={"students": (*students, person) if group.id == target else students}
        )

    return Matching(
        status="FEASIBLE",
        groups=tuple(map(after, matching.groups)),
        left_out=tuple(one for one in matching.left_out if one != person),
    )


@pytest.mark.parametrize("seed", slow_among(range(60), {41}))
def test_options_are_those_that_trying_every_group_finds(seed: int) -> None:
    """Complete and exact: judged as a whole, each costs what it says, and no other is valid."""
    problem = random_problem(f"recommend {seed}", most_students=8)
    matching = match(problem, time_limit=None)
    if not matching.groups:
        return
    before = judged(problem, matching)
    assert before is not None
    for one_student in problem.students:
        own = next((g.id for g in matching.groups if one_student.id in g.students), None)
        expected = {}
        for group in matching.groups:
            if group.id == own:
                continue
            after = judged(problem, moved(matching, one_student.id, group.id))
            if after is not None and after[0] == 0:
                more = zip(after[1], before[1], strict=True)
                expected[group.id] = tuple(one - other for one, other in more)
        found = recommend(problem, matching, one_student.id)
        assert {one.group: one.change for one in found.options} == expected
        assert [one.change for one in found.options] == sorted(expected.values())


def test_who_makes_room_is_named() -> None:
    """A full group takes somebody only if another goes, and says who and where to."""
    people = [student("ana", "tue-15"), student("bo", "tue-15 wed-15"), student("cai", "wed-15")]
    made = problem_of_people(
        [*people, student("dee", "tue-15")], mentors("mia noa", "tue-15 wed-15"), size=(1, 2)
    )
    matching = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=("ana", "bo"), mentors=("mia",), slot="tue-15"),
            Group(id="g2", students=("cai",), mentors=("noa",), slot="wed-15"),
        ),
        left_out=("dee",),
    )
    assert recommend(made, matching, "dee").options == ()
    found = recommend(made, matching, "dee", displace=True)
    (option,) = found.options
    assert option.group == "g1"
    assert option.others_moved == ("bo",)
    assert (option.steps[1].from_group, option.steps[1].to_group) == ("g1", "g2")


def test_a_time_that_is_no_hard_rule_rules_out_no_group() -> None:
    """Bug: where people can be asked to come all the same, such groups were not named."""
    people = [student("ana", "tue-15"), student("bo", "wed-15")]
    made = problem_of_people(
        people, mentors("mia", "tue-15 wed-15"), "tue-15 wed-15", CommonSlot(tier=2), size=(1, 2)
    )
    matching = Matching(
        status="FEASIBLE",
        groups=(Group(id="g1", students=("ana",), mentors=("mia",), slot="tue-15"),),
        left_out=("bo",),
    )
    (option,) = recommend(made, matching, "bo").options
    assert (option.group, option.change) == ("g1", (-1, 1))


def test_two_students_change_places() -> None:
    """Bug: the group of whoever asks to change was no place for the one who makes room."""
    people = [student("ana", "tue-15 wed-15"), student("bo", "tue-15 wed-15")]
    made = problem_of_people(people, mentors("mia noa", "tue-15 wed-15"), size=(1, 1))
    matching = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=("ana",), mentors=("mia",), slot="tue-15"),
            Group(id="g2", students=("bo",), mentors=("noa",), slot="wed-15"),
        ),
    )
    assert recommend(made, matching, "ana").options == ()
    (option,) = recommend(made, matching, "ana", displace=True).options
    assert option.group == "g2"
    assert [(one.person, one.to_group) for one in option.steps] == [("ana", "g2"), ("bo", "g1")]
    assert option.change == (0,)


def test_who_leads_as_many_groups_as_they_can_is_no_substitute() -> None:
    """Bug: a mentor of one group was to lead a second one, which no matching may do."""
    made = problem_of_people(
        students("ana bo", yes="tue-15 wed-15"), mentors("mia noa", "tue-15 wed-15"), size=(1, 1)
    )
    matching = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=("ana",), mentors=("mia",), slot="tue-15"),
            Group(id="g2", students=("bo",), mentors=("noa",), slot="wed-15"),
        ),
    )
    assert recommend(made, matching, "mia", instead_of="noa").options == ()


def test_a_student_is_no_substitute_of_a_mentor() -> None:
    """A student who joins is one more student, and no mentor less."""
    problem = generate(12, 4, seed=0)
    matching = match(problem, time_limit=None)
    one, other = problem.students[0].id, problem.mentors[0].id
    for person, instead_of in ((one, other), (other, one)):
        with pytest.raises(InputError, match="is a student"):
            recommend(problem, matching, person, instead_of=instead_of)


def test_a_substitute_takes_the_place_of_a_mentor() -> None:
    """Only groups of that mentor are named."""
    problem = generate(40, 20, seed=1)
    matching = match(problem, time_limit=None)
    free = {one.id for one in problem.mentors} - {m for g in matching.groups for m in g.mentors}
    gone = matching.groups[0].mentors[0]
    options = [
        option
        for name in sorted(free)
        for option in recommend(problem, matching, name, instead_of=gone).options
    ]
    assert options
    assert {option.group for option in options} == {matching.groups[0].id}
    assert {option.others_moved for option in options} == {(gone,)}


def test_nobody_of_that_name_is_told_with_the_nearest() -> None:
    """A typing mistake is no person."""
    problem = generate(12, 4, seed=0)
    with pytest.raises(InputError, match="did you mean"):
        recommend(problem, match(problem, time_limit=None), "s0011")


def test_the_waiting_list_keeps_the_stated_order_and_the_record_says_why() -> None:
    """Places go by the rule that was announced, lottery included."""
    problem = generate(30, 8, seed=4)
    rules = (*problem.rules, PlaceOrder(by="lottery", seed=7, tier=9))
    problem = with_fields(problem, rules=rules)
    matching = match(problem, time_limit=None)
    shown = waiting_list(problem, matching)
    assert "lottery (seed 7)" in str(shown)
    names = [one.person for one in shown.people]
    order = lottery_order([one.id for one in problem.students], 7)
    assert names == [one for one in order if one in matching.left_out]


def test_the_first_in_line_who_fits_is_promoted() -> None:
    """With a place free again, whoever is first and can come gets it."""
    problem = generate(40, 12, seed=1)
    matching = match(problem, time_limit=None)
    large = max(matching.groups, key=lambda group: len(group.students))
    named = str(problem.rules)
    gone = next(one for one in large.students if one not in named)
    like = next(one for one in problem.students if one.id == gone)
    now = joined_by(without(problem, gone), like, "late")
    left = Matching(
        status="FEASIBLE",
        groups=tuple(
            group.model_copy(update={"students": tuple(s for s in group.students if s != gone)})
            for group in matching.groups
        ),
        left_out=(*matching.left_out, "late"),
    )
    found = promote(now, left)
    assert found is not None
    first = waiting_list(now, left).next
    assert first is not None
    assert (found.person, found.group) == (first.person, first.options[0].group)
    assert f"number {first.number} in the order" in found.why
    assert found.person in next(g for g in found.matching.groups if g.id == found.group).students


def test_a_group_that_has_become_small_is_told_with_its_choices() -> None:
    """Going on, merging, or filling up, each with the people who are moved."""
    problem = generate(40, 14, seed=3)
    matching = match(problem, time_limit=None)
    assert small_groups(problem, matching).groups == ()
    group = matching.groups[0]
    few = group.model_copy(update={"students": group.students[:3]})
    short = Matching(
        status="FEASIBLE",
        groups=(few, *matching.groups[1:]),
        left_out=(*matching.left_out, *group.students[3:]),
    )
    (found,) = small_groups(problem, short).groups
    assert (found.group, found.students) == (group.id, 3)
    kinds = [choice.kind for choice in found.choices]
    assert kinds[0] == "go_on"
    assert "take_from_list" in kinds
    fill = next(choice for choice in found.choices if choice.kind == "take_from_list")
    assert len(fill.taken) == found.missing
    assert f"{group.id} has 3 students" in str(small_groups(problem, short))
