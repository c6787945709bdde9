"""Repairs for somebody without a group: candidates, each proven before it is offered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.cost import Score
from mentormatch.evaluate.evaluated_solution import (
    EvaluatedSolution,
    evaluate_solution,
    refreshed,
)
from mentormatch.evaluate.verify import as_group
from mentormatch.explain.move_evaluator import MoveEvaluator, costing_more, dearer, replaced
from mentormatch.explain.repair_moves import Candidate, joins, openings, relaxed, shifts
from mentormatch.explain.results import (
    Proof,
    Repair,
)
from mentormatch.explain.solving import (
    Solver,
)
from mentormatch.rules.base import Rule
from mentormatch.whatif.changes import AddMentors, Change, OfferSlot, RelaxRule, changed
from mentormatch.whatif.effect import (
    effect,
)

MOST_OF_A_KIND = 3
"""Repairs of the same kind offered to one person, such as several slots."""

MOST_MENDED = 4
"""Times that further rules are relaxed for one candidate."""

MOST_SOLVED = 4
"""Single changes that are tried with the solver where no step from the matching was found."""


@dataclass(frozen=True)
class Proven:
    """Changes and the finished round that they lead to."""

    changes: tuple[Change, ...]
    after: EvaluatedSolution
    solved: bool = False


def _is_single(found: Sequence[Proven]) -> bool:
    """Whether repairs of the smallest possible size, one change, are known."""
    return bool(found) and len(found[0].changes) <= 1


class Repairer:
    """Finds repairs for the people whom a matching leaves out."""

    def __init__(self, evaluator: MoveEvaluator, solver: Solver | None, most: int) -> None:
        self.evaluator = evaluator
        self.solver = solver
        self.most = most
        self._problems: dict[tuple[Change, ...], Problem | None] = {}

    def repairs(self, person: Student) -> list[Proven]:
        """Return repairs for one person: those with the fewest changes that were found.

        What is quick and changes little is tried first; the next is tried only while no single
        change is known to do.
        """
        found = self._smallest(person, self._nearest(person))
        if not _is_single(found):
            found = self._smallest(person, self._farther(person), known=found)
        if not _is_single(found) and self.solver is not None:
            solved = self._solved(person)
            found = [solved] if solved else found
        if not found:
            every = chain(self._nearest(person), self._openings(person, anywhere=True))
            found = self._smallest(person, [self._mended(candidate) for candidate in every])
        return found

    def _nearest(self, person: Student) -> Iterator[Candidate]:
        """Yield the ways into a group as it is, or into a new one where the person may be."""
        return chain(joins(self.evaluator, person), self._openings(person))

    def _farther(self, person: Student) -> Iterator[Candidate]:
        """Yield the ways in which somebody else moves, or in which rules give way for a group."""
        return chain(shifts(self.evaluator, person), self._openings(person, anywhere=True))

    def _openings(self, person: Student, *, anywhere: bool = False) -> Iterator[Candidate]:
        waiting = self.evaluator.before.solution.left_out
        return openings(self.evaluator, person, waiting, anywhere=anywhere)

    def _smallest(
        self, person: Student, candidates: Iterable[Candidate], known: Sequence[Proven] = ()
    ) -> list[Proven]:
        """Return the candidates of the smallest size that are proven, or those known before.

        They are tried in order of their size and cost, until one size is done or enough are
        proven.
        """
        proven = list(known)
        offered: Counter[tuple[str, ...]] = Counter()
        seen: set[tuple[Change, ...]] = set()
        for candidate in sorted(candidates, key=lambda one: (len(one.changes), one.cost)):
            size = len(candidate.changes)
            done = bool(proven) and size > len(proven[0].changes)
            if done or (offered and offered.total() >= self.most):
                break
            if candidate.changes in seen or offered[candidate.kinds] >= MOST_OF_A_KIND:
                continue
            after = self._after(candidate)
            if after is None or not self._helps(person, after):
                continue
            if proven and size < len(proven[0].changes):
                proven = []
            proven.append(Proven(candidate.changes, after))
            seen.add(candidate.changes)
            offered[candidate.kinds] += 1
        return proven

    def _mended(self, candidate: Candidate) -> Candidate:
        """Return the candidate with every rule relaxed that its groups still break."""
        for _ in range(MOST_MENDED):
            after = self._after(candidate)
            if after is None:
                break
            before = self.evaluator.before.under(after.problem)
            broken = {id(judged.rule) for judged in after.score.hard}
            rules = [rule for rule in after.problem.active_rules if id(rule) in broken]
            if not rules and after.score.values >= before.score.values:
                rules = self._given_way(candidate, after.problem, before.score, after.score)
            if not rules:
                break
            changes = (*candidate.changes, *relaxed(after.problem, rules))
            candidate = replace(candidate, changes=changes)
        return candidate

    @staticmethod
    def _given_way(
        candidate: Candidate, problem: Problem, before: Score, after: Score
    ) -> list[Rule]:
        """Return the soft rules to relax next: those of the first tier that are not relaxed yet."""

        def is_new(rule: Rule) -> bool:
            (change,) = relaxed(problem, [rule])
            known = [one for one in candidate.changes if isinstance(one, RelaxRule)]
            return change not in known and all(
                one.rule != rule.kind or one.place is not None for one in known
            )

        def first(rules: list[Rule]) -> int:
            return min(rule.tier for rule in rules if isinstance(rule.tier, int))

        # Where a place gained makes up for it, a rule costs more though its tier does not.
        for rules in (dearer(problem, before, after), costing_more(problem, before, after)):
            if new := [rule for rule in rules if is_new(rule)]:
                return [rule for rule in new if rule.tier == first(new)]
        return []

    def _after(self, candidate: Candidate) -> EvaluatedSolution | None:
        problem = self.problem_after(candidate.changes)
        if problem is None:
            return None
        groups = replaced(self.evaluator.groups, *candidate.groups)
        return evaluate_solution(
            problem, tuple(refreshed(problem.round, group) for group in groups)
        )

    def problem_after(self, changes: tuple[Change, ...]) -> Problem | None:
        """Return the changed problem, or None where the changes spoil it."""
        if changes not in self._problems:
            try:
                self._problems[changes] = changed(self.evaluator.problem, changes)
            except InputError:
                self._problems[changes] = None
        return self._problems[changes]

    def _helps(self, person: Student, after: EvaluatedSolution) -> bool:
        """Whether the person has a place, nobody lost theirs, and all rules are for it."""
        before = self.evaluator.before
        if not before.placed < after.placed or person.id not in after.placed or not after.valid:
            return False
        if after.problem is before.problem or self.evaluator.eligibility.asks_places:
            return after.score.values < before.under(after.problem).score.values
        return True

    def _solved(self, person: Student) -> Proven | None:
        """Return a repair of a single change that only the solver finds."""
        assert self.solver is not None
        for change in self._worth_solving(person):
            problem = self.problem_after((change,))
            if problem is None:
                continue
            after = self.solver.with_place(problem, self.evaluator.before, person)
            if after is not None and self._helps(person, after):
                return Proven((change,), after, solved=True)
        return None

    def _worth_solving(self, person: Student) -> list[Change]:
        round_ = self.evaluator.problem.round
        _, most = self.evaluator.sizes
        row = round_.position[person.id]
        elsewhere = np.logical_and.reduce(
            [
                mask[row]
                for rule, mask in self.evaluator.eligibility.by_rule
                if rule.kind != "common_slot"
            ]
        )
        seats: Counter[str] = Counter()
        for group in self.evaluator.groups:
            seats[group.template.plan.slot] += most + 1 - len(group.students)
        slots = [template.plan.slot for template in round_.templates]
        own = {slots[t] for t in np.flatnonzero(self.evaluator.eligibility.allowed[row])}
        other = {slots[t] for t in np.flatnonzero(elsewhere)} - own
        offers: list[Change] = [
            OfferSlot(person=person.id, slot=slot)
            for slot, _ in seats.most_common()
            if slot in other
        ]
        mentors: list[Change] = [
            AddMentors(slot=slot, count=max(self.evaluator.mentors_needed, 1))
            for slot in sorted(own)
        ]
        half = MOST_SOLVED // 2
        return [*offers[:half], *mentors[:half]]


def described(before: EvaluatedSolution, found: Sequence[Proven]) -> list[Repair]:
    """Return proven repairs as documents."""
    return [
        Repair.model_validate(
            {
                "changes": [change.model_dump() for change in proven.changes],
                "effect": effect(before, proven.after),
                "solved": proven.solved,
            }
        )
        for proven in found
    ]


def proofs(before: EvaluatedSolution, person: Student, found: Sequence[Proven]) -> list[Proof]:
    """Return the groups of proven repairs that differ from those before."""
    was = {group.id: as_group(before.problem, group) for group in before.solution.groups}
    made = []
    for number, proven in enumerate(found):
        groups = [as_group(proven.after.problem, group) for group in proven.after.solution.groups]
        made.append(
            Proof(
                person=person.id,
                repair=number,
                groups=tuple(group for group in groups if was.get(group.id) != group),
                closed=tuple(sorted(set(was) - {group.id for group in groups})),
            )
        )
    return made
