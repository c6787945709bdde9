"""Assignment of the people of a template to its groups by dealing them round-robin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.instance.opening import Opening

Team = list[int]


def deal_round(
    judge: GroupCosts, template: int, students: Sequence[int], mentors: Sequence[int], groups: int
) -> Iterator[Opening]:
    """Yield groups of a template that obey every hard form; people who do not fit are left out.

    People are dealt in turn, those in the same counted sets one after the other, which spreads
    every such set evenly over the groups. Then people who conflict with somebody of their group
    change places with people of other groups.

    Parameters
    ----------
    judge
        Evaluates groups.
    template
        The template of the groups.
    students, mentors
        Its people; mentors are as many as the groups need, each group the same number.
    groups
        Number of groups.
    """
    alike = sorted(students, key=lambda one: (judge.counts_of[one], one))
    teams: list[Team] = [
        [*alike[number::groups], *mentors[number::groups]] for number in range(groups)
    ]
    for number in range(groups):
        _separate(judge, teams, number)
    for team in teams:
        people = _without_conflicts(judge, team)
        if judge.fits(template, people):
            yield Opening(template, tuple(sorted(people)))


def _separate(judge: GroupCosts, teams: list[Team], number: int) -> None:
    """Let people of a team who conflict change places with people of other teams."""
    team = teams[number]
    for person in list(team):
        if not judge.apart[person].intersection(team):
            continue
        partner = _partner(judge, teams, number, person)
        if partner is not None:
            other, swapped = partner
            team[team.index(person)] = swapped
            teams[other][teams[other].index(swapped)] = person


def _partner(
    judge: GroupCosts, teams: list[Team], number: int, person: int
) -> tuple[int, int] | None:
    """Return a team and one of its people to swap with, by preference one of the same sets."""
    first_mentor = judge.compiled.students
    rest = set(teams[number]) - {person}
    spare: tuple[int, int] | None = None
    for other, team in enumerate(teams):
        if other == number:
            continue
        meets = judge.apart[person].intersection(team)
        if len(meets) > 1:
            continue
        for candidate in team:
            if (candidate < first_mentor) != (person < first_mentor) or meets - {candidate}:
                continue
            if judge.apart[candidate] & rest:
                continue
            if judge.counts_of[candidate] == judge.counts_of[person]:
                return other, candidate
            spare = spare or (other, candidate)
    return spare


def _without_conflicts(judge: GroupCosts, team: Team) -> Team:
    """Return the team without the students who conflict with somebody of it."""
    first_mentor = judge.compiled.students
    kept = list(team)
    for person in team:
        if person < first_mentor and judge.apart[person].intersection(kept):
            kept.remove(person)
    return kept
