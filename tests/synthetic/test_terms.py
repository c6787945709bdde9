"""Whole terms that are made up."""

from __future__ import annotations

from mentormatch.synthetic import TermRecipe, generate, generate_term


def test_a_term_is_the_same_each_time_and_has_its_shares() -> None:
    """A benchmark that cannot be run again proves nothing."""
    first = generate(60, 20, seed=1)
    steps = list(generate_term(first, 5))
    assert steps == list(generate_term(first, 5))
    assert steps != list(generate_term(first, 6))
    assert len(steps) == TermRecipe().steps
    known = {one.id for one in first.students}
    end = {one.id for one in steps[-1].students}
    assert len(end - known) == 6
    assert len(known - end) == round(0.08 * 60) + round(0.10 * 60)
    assert len(steps[-1].mentors) < len(first.mentors)


def test_whoever_has_left_does_not_come_back() -> None:
    """Nor does a late sign-up vanish, in terms without withdrawals."""
    first = generate(40, 14, seed=2)
    before = None
    for problem in generate_term(first, 1):
        here = {one.id for one in problem.students if not one.id.startswith("late-")}
        assert before is None or here <= before
        before = here
