"""Made-up rounds say what their recipe says, and the same on every machine."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from mentormatch.data.calendar import DayRange, Term
from mentormatch.data.languages import reaches
from mentormatch.data.people import Person
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape
from mentormatch.errors import InputError
from mentormatch.rules import KeepApart
from mentormatch.synthetic import AUTUMN_2026, PRESETS, Recipe, generate
from mentormatch.synthetic.draws import Draws

LARGE = 6_000


@pytest.fixture(scope="module")
def large() -> Problem:
    """Return a round large enough for its shares to be those of the recipe."""
    return generate(LARGE, 2_000, seed=11)


def shares(values: Iterable[Any]) -> dict[Any, float]:
    """Return how large a part of the values each one is."""
    counts = Counter(values)
    return {value: count / counts.total() for value, count in counts.items()}


def parts(weights: dict[Any, float]) -> dict[Any, float]:
    """Return weights such that they add up to 1."""
    return {key: weight / sum(weights.values()) for key, weight in weights.items()}


def offered(person: Person) -> list[str]:
    """Return the slots that somebody offers."""
    return list(person.availability or ())


@pytest.mark.parametrize(
    ("seed", "digest"),
    [
        (0, "505ddac0d881e4c97c8cf7044b7ea24d3edc959fc12cc36aade30272d133b807"),
        (1, "03c60ee5e6d463766a2e0f9386049055153a6825768539aa1684dc5ae9509f0a"),
    ],
)
def test_a_seed_gives_the_same_bytes_for_ever(seed: int, digest: str) -> None:
    """Published figures name a seed: they mean the same round on every machine."""
    assert sha256(generate(seed=seed).to_json().encode()).hexdigest() == digest


def test_the_order_of_hashes_does_not_matter() -> None:
    """Python hashes text differently in every process unless told not to."""
    code = "from mentormatch.synthetic import generate; print(generate(60, seed=5).to_json())"
    documents = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": hashing},
            capture_output=True,
            check=True,
        ).stdout
        for hashing in ("1", "2")
    }
    assert len(documents) == 1


def test_other_seeds_give_other_rounds() -> None:
    """A benchmark over seeds would otherwise measure one round many times."""
    assert len({generate(seed=seed).fingerprint for seed in range(20)}) == 20


def test_the_default_round_is_that_of_the_programme() -> None:
    """Forty students, twelve mentors in pairs, English, availability from everybody."""
    problem = generate()
    assert (len(problem.students), len(problem.mentors), len(problem.slots)) == (40, 12, 25)
    assert problem.shape == GroupShape(min_students=5, max_students=8, target_students=7, mentors=2)
    assert problem.languages == ("en",)
    assert problem.missing_availability == "error"
    assert problem.students[0].id == "s001"
    assert problem.students[0].name == "Student 001"
    assert problem.mentors[-1].name == "Mentor 12"
    assert Problem.from_json(problem.to_json()).fingerprint == problem.fingerprint


def test_six_meetings_fit_into_the_autumn_at_every_slot() -> None:
    """A slot without a plan would be offered in vain; all plans cross the clock change."""
    problem = generate()
    for plans in problem.round.all_plans.values():
        assert plans
        for plan in plans:
            assert len(plan.days) == 6
            assert not any(AUTUMN_2026.skips(day) for day in plan.days)
            gaps = [later - one for one, later in pairwise(plan.days)]
            assert min(gaps) >= timedelta(days=14)
            assert plan.starts[0].utcoffset() == timedelta(hours=3)
            assert plan.starts[-1].utcoffset() == timedelta(hours=2)
        # The examination week makes three weeks of a fortnight.
        assert {later - one for one, later in pairwise(plans[0].days)} == {
            timedelta(days=14),
            timedelta(days=21),
        }


def test_people_offer_as_many_slots_as_the_recipe_says(large: Problem) -> None:
    """How many slots people offer is what decides how hard a round is."""
    wanted = Recipe().offered
    found = shares(len(offered(student)) for student in large.students)
    assert found == pytest.approx(dict(wanted), abs=0.015)
    guides = shares(len(offered(mentor)) for mentor in large.mentors)
    more = {min(number + 1, 25): share for number, share in wanted.items()}
    assert guides == pytest.approx(more, abs=0.025)


def test_single_offers_follow_the_weights_of_the_grid() -> None:
    """With one slot each and no favourite days, nothing stands between weights and answers."""
    recipe = Recipe(offered={1: 1}, favourite_share=None)
    people = generate(LARGE, 0, seed=2, recipe=recipe).students
    slots = [offered(student)[0].split("-") for student in people]
    days = dict(zip(("mon", "tue", "wed", "thu", "fri"), recipe.weekdays.values(), strict=True))
    assert shares(day for day, _ in slots) == pytest.approx(parts(days), abs=0.015)
    hours = parts({f"{hour:02d}": weight for hour, weight in recipe.hours.items()})
    assert shares(hour for _, hour in slots) == pytest.approx(hours, abs=0.015)


def test_offers_clump_on_favourite_days() -> None:
    """Independent draws make rounds that are easier than real ones."""

    def on_fullest_day(recipe: Recipe) -> float:
        people = generate(2_000, 0, seed=3, recipe=recipe).students
        return float(
            np.mean([max(Counter(slot[:3] for slot in offered(one)).values()) for one in people])
        )

    one_day = Recipe(offered={5: 1}, two_favourites=0.0)
    # Three of five slots are on the favourite day, now and then more are on another.
    assert 3.0 <= on_fullest_day(one_day) <= 3.4
    assert on_fullest_day(Recipe(offered={5: 1}, favourite_share=None)) < 2.5


def test_answers_and_traits_have_the_shares_of_the_recipe(large: Problem) -> None:
    """Each share is one line of the recipe."""
    recipe, people = Recipe(), large.students
    answers = shares(one for person in people for one in (person.availability or {}).values())
    assert answers == pytest.approx({"yes": 0.7, "if_need_be": 0.3}, abs=0.01)
    assert shares(one.mode for one in people) == pytest.approx(dict(recipe.modes), abs=0.02)
    stages = shares(one.attributes["stage"] for one in people)
    assert stages == pytest.approx(dict(recipe.stages), abs=0.02)
    assert shares("needs" in one.attributes for one in people)[True] == pytest.approx(
        recipe.access, abs=0.01
    )
    assert shares(bool(one.absences) for one in people)[True] == pytest.approx(
        recipe.absent, abs=0.01
    )


def test_schools_and_departments_have_their_sizes(large: Problem) -> None:
    """Schools by size and eagerness, departments by Zipf's law inside a school."""
    recipe = Recipe()
    skewed = {
        school: size * recipe.signup_skew.get(school, 1.0)
        for school, size in recipe.schools.items()
    }
    found = shares(student.attributes["school"] for student in large.students)
    assert found == pytest.approx(parts(skewed), abs=0.02)
    inside = shares(
        student.department for student in large.students if student.attributes["school"] == "SCI"
    )
    zipf = parts({name: (n + 1) ** -0.7 for n, name in enumerate(recipe.departments["SCI"])})
    assert inside == pytest.approx(zipf, abs=0.03)


def test_languages_have_the_shares_of_the_recipe(large: Problem) -> None:
    """Who shares a language with whom follows from these."""
    recipe = Recipe()
    groups = [
        tuple(tag for tag in ("en", "fi", "sv") if reaches(one.languages, tag, "B2"))
        for one in large.students
    ]
    for tag, share in (("en", 0.97), ("fi", 0.45), ("sv", 0.06)):
        assert np.mean([tag in group for group in groups]) == pytest.approx(share, abs=0.02)
    assert groups.count(("en",)) / LARGE == pytest.approx(0.52, abs=0.02)
    assert groups.count(("fi",)) / LARGE == pytest.approx(0.02, abs=0.01)
    further = [bool(set(one.languages) & set(recipe.others)) for one in large.students]
    assert np.mean(further) == pytest.approx(0.30, abs=0.02)
    assert any(one.languages.get("fi") == "A1" for one in large.students)


def test_supervisors_have_one_to_six_students(large: Problem) -> None:
    """Conflicts come from supervisors: many have one student, few have many."""
    loads = Counter(student.affiliations["supervisor"][0] for student in large.students)
    sizes = Counter(loads.values())
    assert set(sizes) == set(range(1, 7))
    assert sizes[1] > sizes[2] > sizes[3] > sizes[5]
    second = [len(student.affiliations["supervisor"]) == 2 for student in large.students]
    assert np.mean(second) == pytest.approx(0.4, abs=0.03)


def test_few_mentors_share_a_supervisor_with_a_student(large: Problem) -> None:
    """Such a mentor may not guide that student."""
    known = {name for one in large.students for name in one.affiliations["supervisor"]}
    shared = [bool(known & set(one.affiliations["supervisor"])) for one in large.mentors]
    assert np.mean(shared) == pytest.approx(0.03, abs=0.015)


def test_sign_ups_end_at_the_deadline_but_for_the_late(large: Problem) -> None:
    """First come, first served needs times, and late ones need to be seen."""
    recipe = Recipe()
    times = [one.signed_up for one in large.students if one.signed_up is not None]
    assert len(times) == LARGE
    late = [time > recipe.deadline for time in times]
    assert np.mean(late) == pytest.approx(0.10, abs=0.015)
    assert min(times) >= recipe.deadline - timedelta(days=14)
    assert max(times) <= recipe.deadline + timedelta(days=14)


def test_missing_answers_come_with_a_policy() -> None:
    """Without a policy a missing answer is a fault of the input."""
    problem = generate(2_000, seed=4, recipe=Recipe(empty=0.02))
    missing = [not student.gave_availability for student in problem.students]
    assert np.mean(missing) == pytest.approx(0.02, abs=0.01)
    assert problem.missing_availability == "leave_out"
    assert all(mentor.gave_availability for mentor in problem.mentors)


def test_avoids_become_a_rule() -> None:
    """Two in a hundred students name somebody whom they do not want to meet."""
    rules = [rule for rule in generate(2_000, seed=6).rules if isinstance(rule, KeepApart)]
    assert len(rules) == 1
    assert len(rules[0].sets) == pytest.approx(40, abs=15)
    assert all(len(set(pair)) == 2 for pair in rules[0].sets)


OTHER: dict[str, Any] = {
    "term": Term(first_day=date(2026, 9, 14), last_day=date(2026, 12, 18), every_weeks=2),
    "shape": GroupShape(min_students=4),
    "languages": ("en", "fi"),
    "mentors_per_hundred": 50,
    "weekdays": {1: 1, 2: 1, 3: 1, 4: 1},
    "hours": {10: 1, 14: 1},
    "minutes": 90,
    "offered": {3: 1, 4: 1},
    "mentor_extra_slots": 0,
    "favourite_share": None,
    "two_favourites": 1.0,
    "if_need_be": 0.0,
    "empty": 0.5,
    "absent": 0.5,
    "longest_absence": 20,
    "schools": {"BIZ": 1, "SCI": 1},
    "signup_skew": {"ARTS": 5},
    "departments": {**Recipe().departments, "SCI": ("Applied Physics", "Computer Science")},
    "department_exponent": 3.0,
    "stages": {"starting": 1},
    "english": 0.98,
    "finnish": 0.44,
    "swedish": 0.04,
    "english_only": 0.50,
    "finnish_only": 0.03,
    "other_language": 1.0,
    "others": {"ja": 1},
    "levels": {"C2": 1},
    "learners": 1.0,
    "learner_levels": {"B1": 1},
    "active": 0.01,
    "supervised": {6: 1},
    "second_supervisor": 1.0,
    "mentor_shares_supervisor": 1.0,
    "avoids": 0.5,
    "modes": {"campus": 1},
    "access": 1.0,
    "needs": {"captioning": 1},
    "deadline": Recipe().deadline + timedelta(days=1),
    "signup_days": 3,
    "late": 1.0,
    "late_days": 2,
}
"""Another value for every knob."""


@pytest.mark.parametrize("knob", Recipe.model_fields)
def test_every_knob_does_something(knob: str) -> None:
    """A knob that nothing reads would promise what it does not do."""
    rest: dict[str, Any] = {"signup_skew": {}} if knob == "schools" else {}
    plain = generate(200, seed=7, recipe=Recipe(**rest))
    turned = generate(200, seed=7, recipe=Recipe(**rest, **{knob: OTHER[knob]}))
    assert plain.fingerprint != turned.fingerprint


def test_a_knob_leaves_other_traits_alone() -> None:
    """Two rounds that differ in one knob can be compared person by person."""
    plain = generate(seed=8)
    turned = generate(seed=8, recipe=Recipe(modes={"campus": 1}))
    assert [one.availability for one in plain.students] == [
        one.availability for one in turned.students
    ]
    assert {one.mode for one in turned.students} == {"campus"}


def test_presets_differ_in_all_that_makes_a_round_hard() -> None:
    """Slots, mentors, least size and clumping, each in the direction of its name."""
    easy, standard, hard = (PRESETS[name] for name in ("easy", "standard", "hard"))
    assert standard == Recipe()
    assert len(easy.slots) == len(standard.slots) == 25
    assert len(hard.slots) == 10
    least = [recipe.shape.min_students for recipe in (easy, standard, hard)]
    assert least == sorted(set(least))
    clumping = [recipe.favourite_share or 0.0 for recipe in (easy, standard, hard)]
    assert clumping == sorted(set(clumping))
    mentors = [len(generate(recipe=recipe).mentors) for recipe in (easy, standard, hard)]
    assert mentors == [14, 12, 10]


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"english": 0.5}, "contradict each other"),
        ({"swedish": 0.0}, "contradict each other"),
        ({"schools": {"LAW": 1}}, "no entry for 'LAW'"),
        ({"signup_skew": {"LAW": 1}}, "names 'LAW'"),
        ({"modes": {"campus": 0}}, "no weight above 0"),
        ({"hours": {}}, "no weight above 0"),
    ],
)
def test_contradicting_knobs_are_refused(fields: dict[str, Any], message: str) -> None:
    """A recipe that cannot be followed must not be followed in part."""
    with pytest.raises(InputError, match=message):
        Recipe(**{"signup_skew": {}, **fields})


def test_numbers_below_zero_are_refused_together() -> None:
    """All faults at once, as everywhere."""
    with pytest.raises(InputError) as refused:
        generate(-1, -2, seed=-3)
    assert [fault.where for fault in refused.value.faults] == ["students", "mentors", "seed"]


@pytest.mark.parametrize(("students", "mentors"), [(0, 0), (1, 0), (0, 3), (1, 1), (1_200, 2)])
def test_odd_sizes_work(students: int, mentors: int) -> None:
    """Nobody at all, nobody to avoid, more people than the schools have."""
    problem = generate(students, mentors, seed=9)
    assert (len(problem.students), len(problem.mentors)) == (students, mentors)


def test_drawing_without_putting_back_follows_the_weights() -> None:
    """Second draws are among what the first left, by the same weights."""
    count = 40_000
    drawn = Draws(1, "test").several(np.tile([1.0, 2.0, 0.0, 5.0], (count, 1)), np.full(count, 2))
    pairs = shares(map(tuple, drawn.tolist()))
    # First one and then the other, or the other way round.
    first = {0: 1 / 8, 1: 2 / 8, 3: 5 / 8}
    for one, other in ((0, 1), (0, 3), (1, 3)):
        chance = first[one] * first[other] * (1 / (1 - first[one]) + 1 / (1 - first[other]))
        key = tuple(place in (one, other) for place in range(4))
        assert pairs[key] == pytest.approx(chance, abs=0.01)
    assert not drawn[:, 2].any()
    assert Draws(1, "test").several([[1.0, 0.0, 2.0]], np.array([9])).tolist() == [
        [True, False, True]
    ]


def test_absences_lie_within_the_term() -> None:
    """A day outside the term would say nothing."""
    term = Term(
        first_day=date(2026, 9, 14),
        last_day=date(2026, 9, 25),
        meetings=1,
        skipped=(DayRange(first=date(2026, 9, 15), last=date(2026, 9, 15)),),
    )
    recipe = Recipe(term=term, absent=1.0, longest_absence=9)
    days = {day for one in generate(300, recipe=recipe).students for day in one.absences}
    assert min(days) >= term.first_day
    assert max(days) == term.last_day
