from __future__ import annotations

import pytest

from mentormatch.explain import (
    Bottlenecks,
    bottlenecks,
)
from mentormatch.solve.match import match
from mentormatch.synthetic import generate
from mentormatch.whatif import (
    AddLanguage,
    AddMentors,
    OfferSlot,
    changed,
)
from tests.support.build import mentor, problem, student, students
from tests.support.slow import slow_among


def test_the_hour_that_most_wait_for_comes_first() -> None:
    """Five wait for Friday and three for Wednesday; a mentor for Friday gives most."""
    people = [
        *students("a b c", "tue-15"),
        *students("d e f g h", "fri-15"),
        *students("i j k", "wed-15"),
    ]
    variant = problem(people, [mentor("m", "tue-15")], "tue-15 wed-15 fri-15", size=(3, 5))
    found = bottlenecks(variant, match(variant, time_limit=30), time_limit=30)
    first, second = found.changes[:2]
    assert first.change == AddMentors(slot="fri-15")
    assert (first.placed, first.groups) == (5, 1)
    assert [(tier.before, tier.after, tier.bound) for tier in first.tiers] == [(8, 3, 3)]
    assert first.proven
    assert second.change == AddMentors(slot="wed-15")


def test_an_idle_mentors_hour_is_found() -> None:
    """Of a pair one is there; the other one has no group and need only come on that day."""
    people = [*students("a b c", "tue-15"), *students("d e f", "fri-15")]
    guides = [
        mentor("m", "tue-15"),
        mentor("n", "tue-15"),
        mentor("o", "fri-15"),
        mentor("p", "wed-15"),
    ]
    variant = problem(people, guides, "tue-15 wed-15 fri-15", size=(3, 3), mentors_each=2)
    found = bottlenecks(variant, match(variant, time_limit=30), time_limit=30)
    assert OfferSlot(person="p", slot="fri-15") in [each.change for each in found.changes]


def test_a_language_that_people_wait_for_is_found() -> None:
    """They reach no language of the programme, but one that their mentor has too."""
    people = [
        *students("a b c", "tue-15"),
        *students("x y z", "wed-15", languages={"fi": "native"}),
    ]
    guides = [mentor("m", "tue-15"), mentor("n", "wed-15", languages={"fi": "C1"})]
    variant = problem(people, guides, size=(3, 3))
    found = bottlenecks(variant, match(variant, time_limit=30), time_limit=30)
    assert found.changes[0].change == AddLanguage(language="fi")
    assert found.changes[0].placed == 3


@pytest.mark.parametrize("seed", slow_among(range(2), {0}))
def test_every_claim_is_what_solving_the_changed_problem_gives(seed: int) -> None:
    """A promise made to get one more mentor must be kept."""
    variant = generate(students=24, mentors=6, seed=seed)
    best = match(variant, time_limit=30)
    found = bottlenecks(variant, best, count=3, time_limit=60)
    values = [tuple(tier.after for tier in each.tiers) for each in found.changes]
    assert found.changes
    assert values == sorted(values)
    for each in found.changes:
        again = match(changed(variant, [each.change]), time_limit=30)
        reached = [tier.value for tier in again.tiers]
        assert [tier.before for tier in each.tiers] == [tier.value for tier in best.tiers]
        assert [tier.after for tier in each.tiers] >= reached
        if each.proven:
            assert [tier.after for tier in each.tiers] == reached
        assert reached < [tier.value for tier in best.tiers]


def test_bottlenecks_come_back_from_json_as_they_were() -> None:
    """Other tools store and show them."""
    variant = problem(students("a b c d e f", "tue-15"), [mentor("m", "tue-15")], size=(2, 3))
    found = bottlenecks(variant, match(variant, time_limit=30), count=2, time_limit=30)
    assert found.changes
    assert Bottlenecks.from_json(found.to_json()) == found


def test_a_round_that_nothing_holds_back_has_no_bottleneck() -> None:
    """Everybody has a place and every rule is kept; there is nothing to promise."""
    variant = problem([student("a"), student("b")], [mentor("m")], size=(1, 4))
    found = bottlenecks(variant, match(variant, time_limit=30), time_limit=30)
    assert found.changes == ()
    assert found.tried > 0
