"""Everything that the report's page says."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from mentormatch.data.matching import Matching, Provenance
from mentormatch.data.problem import Problem
from mentormatch.data.round import Solution
from mentormatch.evaluate.fairness import SMALLEST_SHOWN
from mentormatch.evaluate.verify import solution_of
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.report.cards import Card, cards
from mentormatch.exporters.report.drawing import dots
from mentormatch.exporters.report.proof import BADGES, Goal, goals, verdict
from mentormatch.exporters.report.shares import ShareTable, shares
from mentormatch.exporters.report.week import Week, week
from mentormatch.exporters.report.wording import limits_reached, long_date
from mentormatch.text import EN_DASH, counted

MANY_GROUPS = 9
"""From so many groups on, a table of all of them stands before the cards."""


@dataclass(frozen=True)
class Figure:
    """A number of the round's head, with what it counts and out of how many."""

    number: int
    of: int | None
    what: str


@dataclass(frozen=True)
class LeftOut:
    """A student without a group."""

    name: str
    department: str


@dataclass(frozen=True)
class Contents:
    """What the page shows, section by section."""

    title: str
    headline: str
    introduction: str
    badge: str
    status: str
    verdict: str
    figures: tuple[Figure, ...]
    cards: tuple[Card, ...]
    overview: bool
    week: Week
    zone: str
    dot: Markup
    left_out: tuple[LeftOut, ...]
    shares: tuple[ShareTable, ...]
    fewest: int
    goals: tuple[Goal, ...]
    provenance: Provenance | None
    limits: str


def contents(problem: Problem, matching: Matching, details: Details = NO_DETAILS) -> Contents:
    """Gather what the page shows of a matching."""
    solution = solution_of(problem, matching)
    term = problem.term
    months = (
        f"{term.first_day:%B}{EN_DASH}{term.last_day:%B %Y}"
        if term.first_day.year == term.last_day.year
        else f"{term.first_day:%B %Y}{EN_DASH}{term.last_day:%B %Y}"
    )
    shown = cards(problem, solution, details)
    found = matching.provenance
    return Contents(
        title=f"Mentoring groups, {months}",
        headline=_headline(solution),
        introduction=_introduction(problem, solution),
        badge=BADGES[matching.status],
        status=matching.status.lower(),
        verdict=verdict(matching),
        figures=_figures(problem, matching, solution),
        cards=shown,
        overview=len(shown) >= MANY_GROUPS,
        week=week(problem, solution),
        zone=term.zone,
        dot=dots(1),
        left_out=tuple(
            LeftOut(student.label, student.department or "") for student in solution.left_out
        ),
        shares=shares(problem, matching) if solution.groups else (),
        fewest=SMALLEST_SHOWN,
        goals=goals(matching),
        provenance=found,
        limits=limits_reached(matching),
    )


def _headline(solution: Solution) -> str:
    if not solution.groups:
        return "There are no groups yet."
    count = len(solution.left_out)
    if not count:
        return "Every student has a group."
    placed = sum(len(group.students) for group in solution.groups)
    return f"{counted(placed, 'student has', 'students have')} a group, {count:,} left out."


def _introduction(problem: Problem, solution: Solution) -> str:
    term = problem.term
    span = f"between {long_date(term.first_day)} and {long_date(term.last_day)}"
    if not solution.groups:
        return (
            f"{counted(len(problem.students), 'student')} and "
            f"{counted(len(problem.mentors), 'mentor')} signed up for groups that meet "
            f"{counted(term.meetings, 'time')} {span}."
        )
    each = "It meets" if len(solution.groups) == 1 else "Each of them meets"
    return (
        f"{counted(len(solution.groups), 'group')} of {problem.shape.min_students} to "
        f"{problem.shape.max_students} students. {each} {counted(term.meetings, 'time')} {span}."
    )


def _figures(problem: Problem, matching: Matching, solution: Solution) -> tuple[Figure, ...]:
    placed = sum(len(group.students) for group in solution.groups)
    leading = {mentor.id for group in solution.groups for mentor in group.mentors}
    slots = {group.template.plan.slot for group in solution.groups}
    figures = [
        Figure(placed, len(problem.students), "students placed"),
        Figure(len(solution.groups), None, "group" if len(solution.groups) == 1 else "groups"),
    ]
    if problem.mentors:
        figures.append(Figure(len(leading), len(problem.mentors), "mentors with a group"))
    figures.append(Figure(len(slots), len(problem.slots), "times used"))
    if matching.tiers:
        proven = sum(tier.proven for tier in matching.tiers)
        figures.append(Figure(proven, len(matching.tiers), "goals proven"))
    return tuple(figures)
