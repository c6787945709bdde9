"""Rounds with groups in them, made without a solver, for what shows and writes matchings."""

from __future__ import annotations

import random
from datetime import date, time

from mentormatch.data.calendar import DayRange, Slot, Term
from mentormatch.data.matching import Group, Matching, Provenance, Status, TierResult
from mentormatch.data.people import Answer, Mentor, Person, Student
from mentormatch.data.problem import Problem
from mentormatch.evaluate.cost import score
from mentormatch.evaluate.verify import solution_of

DEPARTMENTS = (
    "Applied Physics",
    "Architecture",
    "Built Environment",
    "Chemistry and Materials Science",
    "Computer Science",
    "Design",
    "Electrical Engineering and Automation",
    "Energy and Mechanical Engineering",
    "Finance",
    "Mathematics and Systems Analysis",
    "Neuroscience and Biomedical Engineering",
)
HOURS = (9, 11, 13, 15, 17)


def made_up_problem(students: int = 40, mentors: int = 12, *, seed: int = 0) -> Problem:
    """Return a round on 25 weekly slots in one autumn term."""
    chance = random.Random(seed)
    slots = tuple(
        Slot(id=f"{day[:3]}-{hour:02}", weekday=day, start=time(hour))
        for day in ("monday", "tuesday", "wednesday", "thursday", "friday")
        for hour in HOURS
    )

    def answers(least: int) -> dict[str, Answer]:
        said: dict[str, Answer] = {
            slot.id: "yes" if chance.random() < 0.7 else "if_need_be"
            for slot in chance.sample(slots, chance.randint(least, 14))
        }
        return said

    return Problem(
        students=tuple(
            Student(
                id=f"s{number:03}",
                name=f"Student {number}",
                department=chance.choice(DEPARTMENTS),
                languages={"en": "C1"},
                # Somebody has to care, or nobody is told where groups meet.
                mode="campus" if number == 1 else "either",
                availability=answers(4),
            )
            for number in range(1, students + 1)
        ),
        mentors=tuple(
            Mentor(
                id=f"m{number:03}",
                name=f"Mentor {number}",
                department=chance.choice(DEPARTMENTS),
                languages={"en": "C1"},
                availability=answers(8),
            )
            for number in range(1, mentors + 1)
        ),
        slots=slots,
        term=Term(
            first_day=date(2026, 10, 5),
            last_day=date(2026, 12, 18),
            every_weeks=1,
            skipped=(DayRange(first=date(2026, 10, 19), last=date(2026, 10, 23)),),
        ),
    )


def grouped(problem: Problem, *, status: Status = "OPTIMAL", gap: int = 0) -> Matching:
    """Return a valid matching, made by filling one slot after the other.

    Its bounds are stated, not proven: `gap` below the value, but never below 0.
    """
    free = {person.id: person for person in (*problem.students, *problem.mentors)}
    groups: list[Group] = []

    def able(people: tuple[Person, ...], slot: str) -> list[str]:
        return [
            person.id
            for person in people
            if person.id in free and (person.availability or {}).get(slot, "no") != "no"
        ]

    shape = problem.shape
    # The slots most people can make are taken first and again, as long as groups fill.
    while True:
        ready = []
        for slot in problem.slots:
            mentors = able(problem.mentors, slot.id)[: shape.mentors]
            students = able(problem.students, slot.id)[: shape.max_students]
            if len(mentors) == shape.mentors and len(students) >= shape.min_students:
                ready.append((-len(students), slot.id, mentors, students))
        if not ready:
            break
        _, chosen, mentors, students = min(ready)
        for name in (*mentors, *students):
            del free[name]
        plan = problem.round.all_plans[chosen][0]
        groups.append(
            Group(
                id=f"g{len(groups) + 1}",
                students=tuple(students),
                mentors=tuple(mentors),
                slot=chosen,
                meetings=plan.starts,
                minutes=plan.minutes,
                zone=problem.term.zone,
                language=problem.languages[0],
                mode="campus",
            )
        )
    return judged(problem, tuple(groups), status=status, gap=gap)


def judged(
    problem: Problem, groups: tuple[Group, ...], *, status: Status = "OPTIMAL", gap: int = 0
) -> Matching:
    """Return a matching of these groups with the tiers' true values and stated bounds."""
    solution = solution_of(problem, Matching(status=status, groups=groups))
    tiers = tuple(
        TierResult(
            tier=tier,
            name="; ".join(rule.describe() for rule in problem.active_rules if rule.tier == tier),
            value=value,
            bound=max(value - gap, 0),
        )
        for tier, value in score(problem, solution).tiers.items()
    )
    return Matching(
        status=status,
        groups=groups,
        left_out=tuple(student.id for student in solution.left_out),
        tiers=tiers,
        provenance=Provenance(
            problem=problem.fingerprint,
            seed=0,
            versions={"mentormatch": "0.1.0", "ortools": "9.15", "python": "3.11"},
            seconds=1.5,
        ),
    )
