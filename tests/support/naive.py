"""Every matching of a micro problem, written out one after the other and judged as a whole.

It is slower than the exhaustive search by far and takes nothing for granted: neither that
costs add up nor that one group can be judged without the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from mentormatch.data.people import Mentor, Student
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup, Template
from mentormatch.evaluate.cost import score, structure


def least_of_all(problem: Problem) -> tuple[int, ...] | None:
    """Return the least costs of the tiers of any matching, or None if none is valid."""
    found: tuple[int, ...] | None = None
    for solution in every_seating(problem):
        judged = score(problem, solution)
        if not judged.hard and not any(structure(problem, solution)):
            found = judged.values if found is None else min(found, judged.values)
    return found


def every_seating(problem: Problem) -> Iterator[Solution]:
    """Yield every way to seat students, with any mentors, time, language, mode and topic."""
    times = _times(problem)
    guides = list(_subsets(problem.mentors))
    for left_out, blocks in _partitions(problem.students):
        for chosen in product(product(guides, times), repeat=len(blocks)):
            groups = tuple(
                SolutionGroup(f"g{number}", block, mentors, template)
                for number, (block, (mentors, template)) in enumerate(
                    zip(blocks, chosen, strict=True), 1
                )
            )
            yield Solution(groups, left_out)


def seatings(problem: Problem) -> int:
    """Return how many seatings there are to look at."""
    each = len(_times(problem)) * 2 ** len(problem.mentors)
    return sum(each ** len(blocks) for _, blocks in _partitions(problem.students))


def _times(problem: Problem) -> list[Template]:
    return [
        Template(plan, language, mode, topic)
        for slot in problem.slots
        for plan in problem.round.all_plans[slot.id]
        for language in problem.languages
        for mode in slot.modes
        for topic in problem.topics or (None,)
    ]


def _subsets(mentors: Sequence[Mentor]) -> Iterator[tuple[Mentor, ...]]:
    for taken in product((False, True), repeat=len(mentors)):
        yield tuple(one for one, here in zip(mentors, taken, strict=True) if here)


def _partitions(
    students: Sequence[Student],
) -> Iterator[tuple[tuple[Student, ...], tuple[tuple[Student, ...], ...]]]:
    """Yield the left out and the groups of every way to divide students."""
    if not students:
        yield (), ()
        return
    *others, last = students
    for left_out, blocks in _partitions(others):
        yield (*left_out, last), blocks
        yield left_out, (*blocks, (last,))
        for place, block in enumerate(blocks):
            yield left_out, (*blocks[:place], (*block, last), *blocks[place + 1 :])
