"""Why each student without a group has none, and the smallest change that would give them one."""

from __future__ import annotations

from threading import Event
from typing import Literal

from pydantic import Field

from mentormatch.data.documents import JsonDocument, as_json
from mentormatch.data.matching import Matching
from mentormatch.data.people import Identifier, Noun, Student
from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
)
from mentormatch.evaluate.verify import solution_of
from mentormatch.explain.move_evaluator import MoveEvaluator
from mentormatch.explain.reasons import reason, to_left_out
from mentormatch.explain.repairs import Proven, Repairer, described, proofs
from mentormatch.explain.results import (
    Proof,
    Repair,
)
from mentormatch.explain.solving import (
    Solver,
)
from mentormatch.messages.catalogue import Locale
from mentormatch.messages.wording import Message, words
from mentormatch.progress import ProgressListener
from mentormatch.reporting import Reporting

LEFT_OUT_FORMAT: Literal["mentormatch/left-out/1"] = "mentormatch/left-out/1"


class LeftOut(Noun):
    """Why one student has no group, and repairs that work; nobody else is named in it."""

    person: Identifier
    reason: Message
    repairs: tuple[Repair, ...] = Field(
        default=(), description="All of the same, smallest number of changes that was found."
    )
    to_participant: Message = Field(
        description="Two sentences with nothing but their own answers and public facts."
    )

    @property
    def needed(self) -> int | None:
        """How many changes the smallest repair found consists of; None if none was found."""
        return len(self.repairs[0].changes) if self.repairs else None


class LeftOutReport(JsonDocument):
    """Everybody without a group, explained.

    The explanations can each be shown by themselves. The proofs name other people and are for
    the coordinator alone.
    """

    format: Literal["mentormatch/left-out/1"] = LEFT_OUT_FORMAT
    people: tuple[LeftOut, ...]
    proofs: tuple[Proof, ...] = ()

    def to_json(self, *, indent: int | None = 2, proofs: bool = True) -> str:
        """Return the report as a JSON document, with or without the proofs."""
        return as_json(self.model_dump(mode="json", exclude=None if proofs else {"proofs"}), indent)

    def proof(self, person: str, repair: int) -> Proof:
        """Return the groups that a person's repair leads to.

        Raises
        ------
        KeyError
            If there is no such repair.
        """
        for proof in self.proofs:
            if (proof.person, proof.repair) == (person, repair):
                return proof
        raise KeyError((person, repair))


def explain_left_out(
    problem: Problem,
    matching: Matching,
    *,
    time_limit: float = 10.0,
    seed: int = 0,
    repairs: int = 5,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> LeftOutReport:
    """Say of each student without a group why, and what smallest change would give them one.

    Every repair is proven before it is offered: the groups it leads to are made and checked
    against every rule of the changed problem, with the person in one of them and nobody who had
    a place without one. Where no single step from the matching does it, changed problems are
    solved anew as long as there is time.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    time_limit
        Seconds until no further solve is begun; 0 for none at all.
    seed
        Seeds the solver.
    repairs
        Most repairs for each person.
    progress
        Called with progress reports, at least once a second; a step is one student.
    cancel
        Set it from another thread to stop; the students explained by then are returned.
    """
    before = EvaluatedSolution(problem, solution_of(problem, matching))
    evaluator = MoveEvaluator(before)
    people: list[LeftOut] = []
    proven: list[Proof] = []
    waiting = before.solution.left_out
    with Reporting(progress, cancel, steps=len(waiting)) as reporting:
        solver = Solver(time_limit, seed, reporting) if time_limit > 0 else None
        repairer = Repairer(evaluator, solver, repairs)
        for student in waiting:
            if reporting.cancelled:
                break
            reporting.next_step()
            found = repairer.repairs(student)[:repairs]
            proven += proofs(before, student, found)
            people.append(_explained(evaluator, student, found))
    return LeftOutReport(people=tuple(people), proofs=tuple(proven))


def _explained(evaluator: MoveEvaluator, student: Student, found: list[Proven]) -> LeftOut:
    why = reason(evaluator, student, [one.changes for one in found])
    return LeftOut(
        person=student.id,
        reason=why,
        repairs=tuple(described(evaluator.before, found)),
        to_participant=to_left_out(evaluator, student),
    )


def participant_text(explained: LeftOut, locale: Locale = "en") -> str:
    """Return the two sentences for a participant in their language."""
    return words(explained.to_participant.code, explained.to_participant.facts, locale)
