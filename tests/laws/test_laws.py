"""Laws that hold between the best matchings of a round and of the same round changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from tests.support.build import problem_of
from tests.support.random_problems import random_problem
from tests.support.random_rules import MAKERS

LAW = settings(
    # How many rounds each law looks at is decided in `tests/conftest.py`.
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
LONG = 4.0
"""Seconds after which a round is passed over."""
LOOKED_AT = Counter[str]()
"""How many rounds a law has solved, and how many it has passed over."""
SEEDS = st.integers(0, 10**6)


@pytest.fixture(autouse=True)
def _told_how_many(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Say how many rounds a law has really looked at: a slow machine passes over some."""
    LOOKED_AT.clear()
    yield
    record_property("rounds", dict(LOOKED_AT))
    assert LOOKED_AT["passed over"] <= LOOKED_AT["solved"]


def small(seed: int) -> Problem:
    """Return a random round of at most seven students."""
    return random_problem(f"law {seed}", most_students=7, most_mentors=4)


def document(problem: Problem) -> dict[str, Any]:
    """Return what the problem says, to be changed."""
    data: dict[str, Any] = problem.model_dump(mode="json")
    return data


def read(data: dict[str, Any]) -> Problem:
    """Return the problem of a changed document, if it still is one."""
    try:
        return Problem.model_validate(data)
    except InputError:
        assume(False)
        raise


def solved(problem: Problem, **settings: Any) -> Matching:
    """Return the best matching, verified; rounds that take long to prove are passed over."""
    matching = match(problem, time_limit=LONG, workers=1, **settings)
    assert matching.provenance is not None
    late = "time" in matching.provenance.limits_reached
    LOOKED_AT["passed over" if late else "solved"] += 1
    assume(not late)
    assert matching.status in ("OPTIMAL", "INFEASIBLE")
    if matching.status == "OPTIMAL":
        assert verify(problem, matching).ok
    return matching


def values(matching: Matching) -> tuple[int, ...] | None:
    """Return the costs of the tiers, or None where nothing keeps the hard rules."""
    if matching.status == "INFEASIBLE":
        return None
    return tuple(tier.value for tier in matching.tiers)


def no_worse(one: Matching, other: Matching) -> bool:
    """Whether the first is at least as good in all tiers, in their order."""
    best, rest = values(one), values(other)
    return rest is None or (best is not None and best <= rest)


@LAW
@given(seed=SEEDS)
def test_ids_of_people_are_names_and_nothing_else(seed: int) -> None:
    """Whoever has the id that comes first gains nothing for all; ties are drawn, values stay."""
    problem = small(seed)
    new = {
        person.id: f"x{7 * number % 31}-{number}"
        for number, person in enumerate(problem.round.people)
    }

    def renamed(part: Any) -> Any:
        if isinstance(part, dict):
            return {key: renamed(inner) for key, inner in part.items()}
        if isinstance(part, list):
            return [renamed(inner) for inner in part]
        return new.get(part, part) if isinstance(part, str) else part

    data = document(problem)
    for part in ("students", "mentors", "rules"):
        data[part] = renamed(data[part])
    # A lottery is drawn from ids, so that other ids are another draw.
    assume(not any(rule.get("by") == "lottery" for rule in data["rules"]))
    assert values(solved(read(data))) == values(solved(problem))


@settings(LAW, max_examples=10)
@given(seed=SEEDS, data=st.data())
def test_the_order_of_rows_changes_nothing(seed: int, data: st.DataObject) -> None:
    """Of people, slots, rules, languages or topics: the very same groups, not only as good ones."""
    problem = small(seed)
    changed = document(problem)
    for part in ("students", "mentors", "slots", "rules", "languages", "topics"):
        changed[part] = data.draw(st.permutations(changed[part]))
    one, other = solved(problem), solved(read(changed))
    assert other.groups == one.groups
    assert values(other) == values(one)


@LAW
@given(seed=SEEDS)
def test_names_of_departments_change_nothing(seed: int) -> None:
    """Only who shares one counts."""
    data = document(small(seed))
    problem = read(data)
    new = {"Physics": "Zoology", "Design": "Art"}
    for person in (*data["students"], *data["mentors"]):
        person["department"] = new.get(person["department"], person["department"])
    for rule in data["rules"]:
        assume(not {"Physics", "Design"} & set(rule.get("values") or ()))
    assert values(solved(read(data))) == values(solved(problem))


@LAW
@given(seed=SEEDS, weeks=st.sampled_from([-2, -1, 1]))
def test_a_term_some_weeks_later_is_the_same_term(seed: int, weeks: int) -> None:
    """As long as no change of clocks lies between; here nobody has another zone."""
    data = document(small(seed))
    for person in (*data["students"], *data["mentors"]):
        person["zone"] = None
    problem = read(data)

    def later(part: Any) -> Any:
        return (date.fromisoformat(part) + timedelta(weeks=weeks)).isoformat()

    term = data["term"]
    term["first_day"], term["last_day"] = later(term["first_day"]), later(term["last_day"])
    term["skipped"] = [
        {**day, "first": later(day["first"]), "last": later(day["last"])} for day in term["skipped"]
    ]
    for person in (*data["students"], *data["mentors"]):
        person["absences"] = [
            later(day)
            if isinstance(day, str)
            else {**day, "first": later(day["first"]), "last": later(day["last"])}
            for day in person["absences"]
        ]
    assert values(solved(read(data))) == values(solved(problem))


@LAW
@given(seed=SEEDS, data=st.data())
def test_a_hard_rule_less_never_makes_it_worse(seed: int, data: st.DataObject) -> None:
    """And so a hard rule more never makes it better: it is the same law read backwards."""
    problem = small(seed)
    hard = [number for number, rule in enumerate(problem.rules) if rule.tier == "hard"]
    assume(hard)
    number = data.draw(st.sampled_from(hard))
    changed = document(problem)
    if problem.rules[number].foundation:
        # A foundation that is not stated is in force all the same.
        changed["rules"][number]["tier"] = "off"
    else:
        del changed["rules"][number]
    assert no_worse(solved(read(changed)), solved(problem))


@LAW
@given(seed=SEEDS, kind=st.sampled_from(sorted(MAKERS)))
def test_a_hard_rule_more_never_makes_it_better(seed: int, kind: str) -> None:
    """Whatever it is about; tiers stay the same, since a hard rule is in none."""
    problem = small(seed)
    try:
        rule = MAKERS[kind](Random(seed), problem.round).changed(tier="hard")
        # Foundations can be stated once, and what they say in force is changed, not added to.
        assume(not rule.foundation)
        more = problem_of(problem.round, [*problem.rules, rule])
    except (InputError, IndexError, ValueError):
        assume(False)
        raise
    assert no_worse(solved(problem), solved(more))


RELATIVE = {"mentors_first_come", "balance", "fair_share", "place_order", "mentor_groups"}
"""Rules that ask something else where there are other people or answers."""


@LAW
@given(seed=SEEDS, data=st.data())
def test_an_answer_more_never_makes_it_worse(seed: int, data: st.DataObject) -> None:
    """Who can come to one slot more could still be left where they were."""
    problem = small(seed)
    changed = document(problem)
    people = [*changed["students"], *changed["mentors"]]
    refused = [
        (place, slot)
        for place, person in enumerate(people)
        if person["availability"] is not None and not person["hours"]
        for slot, answer in person["availability"].items()
        if answer == "no"
    ]
    assume(refused)
    place, slot = data.draw(st.sampled_from(refused))
    people[place]["availability"][slot] = "yes"
    assert no_worse(solved(read(changed)), solved(problem))


@LAW
@given(seed=SEEDS, data=st.data())
def test_a_slot_more_never_makes_it_worse(seed: int, data: st.DataObject) -> None:
    """Nobody has to meet in it, even where it lies over another one."""
    problem = small(seed)
    assume(not problem.round.topics or len(problem.students) < 6)
    changed = document(problem)
    hour = data.draw(st.sampled_from(["09:00", "15:30", "16:00"]))
    changed["slots"].append({"id": "one-more", "weekday": 2, "start": hour})
    for person in (*changed["students"], *changed["mentors"]):
        answer = data.draw(st.sampled_from(["yes", "yes", "if_need_be", "no"]))
        if person["availability"] is not None:
            person["availability"]["one-more"] = answer
    assert no_worse(solved(read(changed)), solved(problem))


@LAW
@given(seed=SEEDS)
def test_a_mentor_more_never_makes_the_first_tier_worse(seed: int) -> None:
    """They need not lead a group; rules about all mentors alike are left aside."""
    problem = small(seed)
    assume(not RELATIVE & {rule.kind for rule in problem.rules})
    assume(not any(rule.kind == "pin" for rule in problem.rules))
    changed = document(problem)
    changed["mentors"].append(
        {
            "id": "one-more",
            "availability": {slot["id"]: "yes" for slot in changed["slots"]},
            "languages": {"en": "native", "fi": "C1", "sv": "C1"},
            "capacity": 2,
        }
    )
    more, before = values(solved(read(changed))), values(solved(problem))
    assert before is None or (more is not None and more <= before)


@LAW
@given(seed=SEEDS, drop=st.integers(0, 7))
def test_a_matching_to_start_from_never_ends_worse(seed: int, drop: int) -> None:
    """Even when time is over at once; here the start is a part of the best."""
    problem = small(seed)
    best = solved(problem)
    assume(best.status == "OPTIMAL" and best.groups)
    kept = [group for number, group in enumerate(best.groups) if number != drop]
    start = Matching(status="FEASIBLE", groups=tuple(kept))
    report = verify(problem, start)
    assume(report.ok)
    for seconds in (0, LONG):
        ended = values(match(problem, time_limit=seconds, start=start, workers=1))
        assert ended is not None
        assert ended <= tuple(report.tiers.values())


OF_GROUPS = ("place_everyone", "prefer_yes", "mix", "nobody_alone", "mentor_load")
"""Rules that ask nothing of two groups or two mentors together."""


@LAW
@given(seed=SEEDS, other=SEEDS)
def test_two_rounds_that_share_nothing_add_up(seed: int, other: int) -> None:
    """Tiers in their order, too: what is best for both is best for each."""
    first, second = document(small(seed)), document(small(other))
    rules = [
        {**rule, "attribute": "department"} if "attribute" in rule else rule
        for rule in first["rules"]
        if rule["kind"] in OF_GROUPS
    ]
    alike = {**first, "rules": rules, "missing_availability": "leave_out"}
    here = {**alike, **{part: _apart(first, part, "a", 0) for part in APART}}
    there = {**alike, **{part: _apart(second, part, "b", 3) for part in APART}}
    both = {**alike, **{part: [*here[part], *there[part]] for part in APART}}
    one, two = values(solved(read(here))), values(solved(read(there)))
    assume(one is not None and two is not None)
    assert one is not None
    assert two is not None
    added = tuple(a + b for a, b in zip(one, two, strict=True))
    assert values(solved(read(both))) == added


APART = ("students", "mentors", "slots")


def _apart(data: dict[str, Any], part: str, name: str, days: int) -> list[dict[str, Any]]:
    """Return rows under names of their own, with slots some days later in the week."""
    rows = [{**row, "id": f"{name}-{row['id']}"} for row in data[part]]
    for row in rows:
        if part == "slots":
            row["weekday"] += days
            continue
        row["hours"] = []
        if row["availability"] is not None:
            row["availability"] = {
                f"{name}-{slot}": answer for slot, answer in row["availability"].items()
            }
    return rows


@LAW
@given(seed=SEEDS, seconds=st.sampled_from([0, 0.01, 0.03, 0.1]))
def test_no_bound_lies_above_the_best_value(seed: int, seconds: float) -> None:
    """Whenever a run ends: of a tier, as long as the tiers before it are at their best."""
    problem = small(seed)
    best, early = solved(problem), match(problem, time_limit=seconds, workers=1)
    if early.status in ("INFEASIBLE", "UNKNOWN"):
        assert early.status == "UNKNOWN" or best.status == "INFEASIBLE"
        return
    for one, tier in zip(best.tiers, early.tiers, strict=True):
        assert tier.bound <= one.value <= tier.value
        if one.value < tier.value:
            break
