"""Whom no group can take, as far as that shows without a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mentormatch.data.problem import Problem
from mentormatch.importers.findings import Finding
from mentormatch.importers.sign_ups import Section, SignUp
from mentormatch.rules.base import Rule
from mentormatch.rules.forms import PersonCost

Mask = NDArray[np.bool_]

_WHY: Mapping[str, tuple[str, str]] = {
    "common_slot": ("no_slot_possible", "can come in none of the slots"),
    "common_language": ("no_language_possible", "uses no language of the groups well enough"),
    "common_mode": ("no_mode_possible", "can meet in no mode of the slots"),
}
"""Code and words by the foundation that keeps one person out of every group."""


def people_kept_out(problem: Problem, sections: Sequence[Section]) -> Iterator[Finding]:
    """Yield who can be in no group, and loudly if that is everybody.

    Parameters
    ----------
    problem
        Made of everybody in the sections, in their order.
    sections
        Students, and mentors if they have an export.
    """
    round_ = problem.round
    table = sections[0].table
    if not round_.templates:
        message = "nobody can be placed: no slot has enough dates in the term"
        yield table.finding("nobody_placeable", "stop", message)
        return
    said = False
    people = [(section, person) for section in sections for person in section.people]
    out: Mask = np.zeros(len(people), dtype=np.bool_)
    for rule, allowed in _single_foundations(problem):
        able: Mask = np.any(allowed[: len(people)], axis=1)
        for group, name in zip(_groups(sections), ("student", "mentor"), strict=False):
            if len(group) > 1 and not able[group].any() and (name == "student" or _guided(problem)):
                message = (
                    f"nobody can be placed: the rule {rule.kind} keeps every {name} out of every "
                    f"group ({rule.sentence(round_)})"
                )
                yield table.finding("nobody_placeable", "stop", message)
                said = True
        code, words = _WHY.get(rule.kind, ("kept_out", f"is kept out by the rule {rule.kind}"))
        for number in np.flatnonzero(~able & ~out).tolist():
            section, person = people[number]
            if not _gave_no_times(section, person):
                message = f"{words}; no group can take them"
                yield section.table.finding(code, "look", message, row=person.row)
        out |= ~able
    if not said:
        yield from _too_few(problem, sections, out)


def _single_foundations(problem: Problem) -> Iterator[tuple[Rule, Mask]]:
    """Yield the hard foundations about single people, with whom each allows where."""
    for rule in problem.active_rules:
        if rule.foundation and rule.tier == "hard":
            forms = [form for form in rule.lower(problem.round) if isinstance(form, PersonCost)]
            if forms:
                amounts = np.array([form.amount for form in forms])
                yield rule, (amounts == 0).all(axis=0)


def _groups(sections: Sequence[Section]) -> list[range]:
    """Return the places of students and of mentors among all people."""
    students = len(sections[0].people)
    return [range(students), range(students, sum(len(one.people) for one in sections))]


def _guided(problem: Problem) -> bool:
    hard = {rule.kind for rule in problem.active_rules if rule.tier == "hard"}
    return problem.round.shape.mentors > 0 and "mentors_per_group" in hard


def _too_few(problem: Problem, sections: Sequence[Section], out: Mask) -> Iterator[Finding]:
    """Yield that not even one group has enough people."""
    shape = problem.round.shape
    table = sections[0].table
    students, mentors = (int((~out[group]).sum()) for group in _groups(sections))
    if _guided(problem) and mentors < shape.mentors:
        message = f"nobody can be placed: a group has {shape.mentors} mentors, and {mentors} can be"
        message += " in one" if len(sections) > 1 else " in one; name their file with --mentors"
        yield table.finding("nobody_placeable", "stop", message)
    hard = {rule.kind for rule in problem.active_rules if rule.tier == "hard"}
    least = max(shape.min_students - (shape.mentors if shape.count_mentors else 0), 1)
    if "group_size" in hard and students < least:
        message = (
            f"nobody can be placed: a group has at least {least} students, and {students} can be "
            "in one"
        )
        yield table.finding("nobody_placeable", "stop", message)


def _gave_no_times(section: Section, person: SignUp) -> bool:
    return section.reading is not None and not section.reading.times[person.row].given
