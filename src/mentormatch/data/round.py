"""A round as rules see it: the people, the times, and everything that a group shares.

A `Round` is a problem without its rules. It answers what rules and solver both ask (who
can come when, which templates there are) so that the answer is given in one place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from mentormatch.data.calendar import MeetingPlan, Slot, Term, meeting_plans, overlapping, shortage
from mentormatch.data.hours import answer_by_hours, days_of, days_of_meeting
from mentormatch.data.languages import Language
from mentormatch.data.people import MODES, Answer, Mentor, Mode, Noun, Person, Student

MissingAvailability = Literal["error", "leave_out", "any_slot"]

ANSWERS: tuple[Answer, ...] = ("no", "if_need_be", "yes")
"""From worst to best: the codes 0, 1, 2 of :attr:`Round.answers`."""
CODE: Mapping[Answer, int] = {answer: code for code, answer in enumerate(ANSWERS)}


class GroupShape(Noun):
    """How large a group is and how many mentors guide it."""

    min_students: int = Field(default=5, strict=True, ge=1, le=1_000)
    max_students: int = Field(default=8, strict=True, ge=1, le=1_000)
    target_students: int | None = Field(
        default=None, strict=True, ge=1, description="Wished size, for rules that aim at one."
    )
    mentors: int = Field(
        default=2, strict=True, ge=0, le=3, description="Mentors of each group; 0 for none."
    )
    count_mentors: bool = Field(
        default=False, strict=True, description="Whether sizes count mentors besides students."
    )

    @model_validator(mode="after")
    def _ordered(self) -> GroupShape:
        if self.max_students < self.min_students:
            raise ValueError(
                f"max_students {self.max_students} is below min_students {self.min_students}"
            )
        target = self.target_students
        if target is not None and not self.min_students <= target <= self.max_students:
            raise ValueError(f"target_students {target} is outside min_students..max_students")
        return self


@dataclass(frozen=True)
class Template:
    """Everything that a group shares besides its people."""

    plan: MeetingPlan
    language: str
    mode: Mode
    topic: str | None = None


@dataclass(frozen=True)
class SolutionGroup:
    """A finished group with its people in full."""

    id: str
    students: tuple[Student, ...]
    mentors: tuple[Mentor, ...]
    template: Template

    @property
    def members(self) -> tuple[Person, ...]:
        """Students, then mentors."""
        return (*self.students, *self.mentors)


@dataclass(frozen=True)
class Solution:
    """A finished round with its people in full: what rules judge."""

    groups: tuple[SolutionGroup, ...]
    left_out: tuple[Student, ...]


@dataclass(frozen=True)
class Round:
    """People, slots, term, shape and languages of a problem, indexed."""

    students: tuple[Student, ...]
    mentors: tuple[Mentor, ...]
    slots: tuple[Slot, ...]
    term: Term
    shape: GroupShape
    languages: tuple[Language, ...]
    missing_availability: MissingAvailability = "error"
    topics: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Students first, then mentors: the order of every array of people."""
        return (*self.students, *self.mentors)

    @cached_property
    def position(self) -> Mapping[str, int]:
        """Place of each id in :attr:`people`."""
        return {person.id: place for place, person in enumerate(self.people)}

    @cached_property
    def slot(self) -> Mapping[str, Slot]:
        """Slot by id."""
        return {slot.id: slot for slot in self.slots}

    @cached_property
    def asks_language(self) -> bool:
        """Whether anybody said in which languages they can meet."""
        return any(person.languages for person in self.people)

    @cached_property
    def asks_mode(self) -> bool:
        """Whether anybody, or any slot, is bound to meeting on campus or online."""
        return any(set(slot.modes) != set(MODES) for slot in self.slots) or any(
            person.mode != "either" for person in self.people
        )

    @cached_property
    def all_plans(self) -> Mapping[str, tuple[MeetingPlan, ...]]:
        """Every meeting plan by slot id; empty where the term cannot hold enough meetings."""
        return {slot.id: meeting_plans(slot, self.term) for slot in self.slots}

    @cached_property
    def dropped_slots(self) -> Mapping[str, str]:
        """Why a slot is not used, by slot id: those in which the term lacks dates."""
        reasons = {slot.id: shortage(slot, self.term) for slot in self.slots}
        return {slot: reason for slot, reason in reasons.items() if reason is not None}

    @cached_property
    def rivals(self) -> Mapping[MeetingPlan, frozenset[MeetingPlan]]:
        """The plans that nobody can have besides each plan, itself among them.

        Empty where nobody can have more than one group.
        """
        if all(mentor.capacity < 2 for mentor in self.mentors):
            return {}
        plans = [plan for plans in self.all_plans.values() for plan in plans]
        found: dict[MeetingPlan, set[MeetingPlan]] = {plan: {plan} for plan in plans}
        for one, other in overlapping(plans):
            found[plans[one]].add(plans[other])
            found[plans[other]].add(plans[one])
        return {plan: frozenset(others) for plan, others in found.items()}

    @cached_property
    def templates(self) -> tuple[Template, ...]:
        """The templates worth choosing from.

        A plan of a slot is kept if no other one of the slot suits everybody as well and gets in
        the way of no other plan; of equals the earliest. What rules ask of times, they ask of
        people's answers, and a better answer never costs more.
        """
        return tuple(
            Template(plan, language, mode, topic)
            for slot in self.slots
            for plan in self._distinct_plans(slot)
            for language in self.languages
            for mode in slot.modes
            for topic in self.topics or (None,)
        )

    @cached_property
    def answers(self) -> NDArray[np.uint8]:
        """Answers of people to templates, codes of :data:`ANSWERS`, shape (people, templates)."""
        base = self._slot_answers
        place = {slot.id: column for column, slot in enumerate(self.slots)}
        columns = [place[template.plan.slot] for template in self.templates]
        table = base[:, columns]
        if self._special and self.templates:
            by_plan = self._special_answers
            special = np.stack([by_plan[template.plan] for template in self.templates], axis=1)
            table[list(self._special)] = special
        table.setflags(write=False)
        return table

    def spoken(self, language: str) -> NDArray[np.bool_]:
        """Return which templates have the language, shape (templates,)."""
        return np.array(
            [template.language == language for template in self.templates], dtype=np.bool_
        )

    def answer(self, person: Person, plan: MeetingPlan) -> Answer:
        """Return whether somebody can attend enough meetings of a plan.

        ``yes`` if they attend the required number on days to which they said yes,
        ``if_need_be`` if only together with days they would rather not, else ``no``.
        """
        said = self._stated(person, plan.slot)
        required = self.required(plan)
        if said == "no" or len(plan.starts) < required:
            return "no"
        if said is not None and not person.absences:
            return said
        if said is not None:
            days = days_of(plan, self._zone(person))
            missed = sum(not each.isdisjoint(person.absences) for each in days)
            return said if len(plan.starts) - missed >= required else "no"
        gladly = at_all = 0
        for start in plan.starts:
            answer = self._on_day(person, plan, start)
            gladly += answer == "yes"
            at_all += answer != "no"
        if at_all < required:
            return "no"
        return "yes" if gladly >= required else "if_need_be"

    def required(self, plan: MeetingPlan) -> int:
        """Return how many meetings of a plan a member must be able to attend.

        Where only the rest of a term is planned, as many may be missed as of a whole term.
        """
        if self.slot[plan.slot].dates is None:
            return self.term.required
        return max(1, len(plan.starts) - (self.term.meetings - self.term.required))

    def can_attend(self, person: Person, plan: MeetingPlan) -> tuple[date, ...]:
        """Return the dates of a plan on which somebody can come."""
        return tuple(
            start.date() for start in plan.starts if self._on_day(person, plan, start) != "no"
        )

    def _on_day(self, person: Person, plan: MeetingPlan, start: datetime) -> Answer:
        zone = self._zone(person)
        if person.absences:
            days = days_of_meeting(start.astimezone(UTC), plan.minutes, zone)
            if not days.isdisjoint(person.absences):
                return "no"
        said = self._stated(person, plan.slot)
        return answer_by_hours(person.hours, start, plan.minutes, zone) if said is None else said

    def _zone(self, person: Person) -> ZoneInfo:
        """Return the zone of somebody's hours and absences, whatever zone a slot has."""
        return ZoneInfo(person.zone or self.term.zone)

    def _stated(self, person: Person, slot: str) -> Answer | None:
        """Return the answer for a slot whatever the day, or None if hours decide."""
        if person.availability is not None and slot in person.availability:
            return person.availability[slot]
        return None if person.hours else self._without_answer(person)

    def _without_answer(self, person: Person) -> Answer:
        unknown = not person.gave_availability
        return "yes" if unknown and self.missing_availability == "any_slot" else "no"

    @cached_property
    def _special(self) -> tuple[int, ...]:
        """Rows of the people whose answer can differ between the plans of one slot."""
        return tuple(
            row for row, person in enumerate(self.people) if person.absences or person.hours
        )

    @cached_property
    def _slot_answers(self) -> NDArray[np.uint8]:
        """Answers by slot of everybody whose answer is the same in all plans of it."""
        place = {slot.id: column for column, slot in enumerate(self.slots)}
        table = np.zeros((len(self.people), len(self.slots)), dtype=np.uint8)
        if self.missing_availability == "any_slot":
            unnamed = [CODE[self._without_answer(person)] for person in self.people]
            table[:] = np.array(unnamed, dtype=np.uint8)[:, None]
        said = [person.availability or {} for person in self.people]
        rows = np.repeat(np.arange(len(said)), [len(answers) for answers in said])
        columns = [place[slot] for answers in said for slot in answers]
        codes = [CODE[answer] for answers in said for answer in answers.values()]
        table[rows, columns] = codes
        return table

    @cached_property
    def _special_answers(self) -> Mapping[MeetingPlan, NDArray[np.uint8]]:
        """Answers to every plan of the people who tell the plans of a slot apart."""
        special = [self.people[row] for row in self._special]
        answers: dict[MeetingPlan, NDArray[np.uint8]] = {}
        for slot, plans in self.all_plans.items():
            open_ = [place for place, one in enumerate(special) if self._stated(one, slot) != "no"]
            for plan in plans:
                answers[plan] = np.zeros(len(special), dtype=np.uint8)
                answers[plan][open_] = [CODE[self.answer(special[one], plan)] for one in open_]
        return answers

    def _distinct_plans(self, slot: Slot) -> list[MeetingPlan]:
        plans = self.all_plans[slot.id]
        if len(plans) < 2 or not (self._special or self.rivals):
            # Plans of a slot differ in length only where a part of the term is past.
            return [max(plans, key=lambda plan: len(plan.starts))] if plans else []
        return [
            plan
            for number, plan in enumerate(plans)
            if not any(
                self._serves_as_well(other, plan)
                and (place < number or not self._serves_as_well(plan, other))
                for place, other in enumerate(plans)
                if place != number
            )
        ]

    def _serves_as_well(self, plan: MeetingPlan, other: MeetingPlan) -> bool:
        """Whether a plan can take another's place in every matching, and costs no more there."""
        if len(plan.starts) < len(other.starts):
            return False
        if self._special:
            answers = self._special_answers
            if bool((answers[plan] < answers[other]).any()):
                return False
        return not self.rivals or self.rivals[plan] <= self.rivals[other]
