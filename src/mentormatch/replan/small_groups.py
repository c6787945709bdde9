"""Groups that have become too small in mid-term, and what can be done about each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution, SolutionGroup
from mentormatch.evaluate.group_score import group_score
from mentormatch.evaluate.past import as_of_now
from mentormatch.evaluate.verify import solution_of
from mentormatch.replan.waiting_list import in_line

SMALL_GROUPS_FORMAT: Literal["mentormatch/small-groups/1"] = "mentormatch/small-groups/1"


class Choice(Noun):
    """One thing to do about a small group."""

    kind: Literal["go_on", "merge", "take_from_list"]
    moved: tuple[Identifier, ...] = Field(default=(), description="People who change groups.")
    into: Identifier | None = Field(default=None, description="The group to merge with.")
    taken: tuple[Identifier, ...] = Field(default=(), description="People from the waiting list.")


class SmallGroup(Noun):
    """A group with too few students, and its choices; the one that moves fewest comes first."""

    group: Identifier
    students: int
    missing: int
    choices: tuple[Choice, ...]


class SmallGroups(JsonDocument):
    """All groups below the least number of students."""

    format: Literal["mentormatch/small-groups/1"] = SMALL_GROUPS_FORMAT
    groups: tuple[SmallGroup, ...] = ()

    def __str__(self) -> str:
        lines = []
        for one in self.groups:
            lines.append(f"{one.group} has {one.students} students, {one.missing} too few:")
            lines += [f"  {_said(choice)}" for choice in one.choices]
        return "\n".join(lines) or "No group is too small."


def small_groups(problem: Problem, matching: Matching) -> SmallGroups:
    """Return the groups that are below their least size, each with the choices there are.

    A group can go on with fewer; it can merge with another in whose slot all of its people can
    meet, if no hard rule is broken then; or it can take people from the waiting list. Each
    choice names the people who are moved.

    Parameters
    ----------
    problem
        The round as it is now.
    matching
        Its groups; people who have left are passed over.
    """
    problem, start = as_of_now(problem, matching)
    shape = problem.shape
    counted = shape.mentors if shape.count_mentors else 0
    least = max(1, shape.min_students - counted)
    solution = solution_of(problem, start)
    found = []
    for group in solution.groups:
        if len(group.students) < least:
            choices = sorted(
                _choices(problem, start, solution, group, least),
                key=lambda choice: (len(choice.moved), len(choice.taken), choice.kind),
            )
            found.append(
                SmallGroup(
                    group=group.id,
                    students=len(group.students),
                    missing=least - len(group.students),
                    choices=tuple(choices),
                )
            )
    return SmallGroups(groups=tuple(found))


def _choices(
    problem: Problem, start: Matching, solution: Solution, group: SolutionGroup, least: int
) -> Iterator[Choice]:
    yield Choice(kind="go_on")
    for other in solution.groups:
        if other.id == group.id:
            continue
        merged = SolutionGroup(
            other.id, (*other.students, *group.students), other.mentors, other.template
        )
        if group_score(problem, merged).valid:
            people = (*group.students, *group.mentors)
            yield Choice(kind="merge", into=other.id, moved=tuple(one.id for one in people))
    taken = _from_list(problem, start, group, least)
    if taken:
        yield Choice(kind="take_from_list", taken=taken)


def _from_list(
    problem: Problem, start: Matching, group: SolutionGroup, least: int
) -> tuple[str, ...]:
    """Return the first in line who together fill a group up; nobody if they cannot."""
    taken: list[str] = []
    grown = group
    for name in in_line(problem, start):
        person = problem.round.students[problem.round.position[name]]
        larger = SolutionGroup(grown.id, (*grown.students, person), grown.mentors, grown.template)
        short = least - len(larger.students)
        if not _only_too_small(problem, larger, short):
            continue
        grown = larger
        taken.append(name)
        if short <= 0:
            return tuple(taken) if group_score(problem, grown).valid else ()
    return ()


def _only_too_small(problem: Problem, group: SolutionGroup, short: int) -> bool:
    """Whether nothing stands against a group but that it still lacks students."""
    judged = group_score(problem, group)
    if short <= 0:
        return judged.valid
    return not judged.structure and all(one.rule.kind == "group_size" for one in judged.hard)


def _said(choice: Choice) -> str:
    if choice.kind == "go_on":
        return "go on with fewer"
    if choice.kind == "merge":
        return f"merge with {choice.into}: {', '.join(choice.moved)} move"
    return f"take from the waiting list: {', '.join(choice.taken)}"
