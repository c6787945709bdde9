"""Evaluation of a whole matching by the compiled forms, without names or rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from mentormatch.rules.forms import table_value
from mentormatch.solve.assign.groups import GroupCosts
from mentormatch.solve.instance.compiled import HARD, Compiled, Pairs
from mentormatch.solve.instance.opening import Opening

Amount = tuple[int, int]
"""A tier, or HARD, and what it costs there."""


class FormCosts:
    """Evaluates matchings as `evaluate.cost` does, by forms instead of by the rules' own meaning.

    Components of a round are evaluated by it: most rules make sense for everybody only, but
    their forms can be restricted to a component.
    """

    def __init__(self, compiled: Compiled) -> None:
        self.compiled = compiled
        self._groups = GroupCosts(compiled)
        self._overlapping = compiled.overlapping()

    def values(self, openings: Sequence[Opening]) -> tuple[int, ...] | None:
        """Return what groups cost in each tier; None if they are not valid."""
        led: dict[int, list[int]] = {}
        for opening in openings:
            for person in opening.people:
                led.setdefault(person, []).append(opening.template)
        if not (self._stand(openings) and self._can_lead(led) and self._have_room(openings)):
            return None
        totals = [0] * self.compiled.tiers
        for opening in openings:
            for tier, cost in enumerate(self._groups.costs(opening)):
                totals[tier] += cost
        for tier, cost in self._further(openings, {one: len(led[one]) for one in led}):
            if tier != HARD:
                totals[tier] += cost
            elif cost:
                return None
        return tuple(totals)

    def _stand(self, openings: Sequence[Opening]) -> bool:
        """Return whether each group has a student and breaks no hard form by itself."""
        return all(
            any(person < self.compiled.students for person in opening.people)
            and self._groups.fits(opening.template, opening.people)
            for opening in openings
        )

    def _can_lead(self, led: Mapping[int, Sequence[int]]) -> bool:
        """Return whether nobody has too many groups, or two at overlapping times."""
        return all(
            len(templates) <= self.compiled.capacity[person]
            and not any(
                other in self._overlapping[template]
                for place, template in enumerate(templates)
                for other in templates[:place]
            )
            for person, templates in led.items()
        )

    def _have_room(self, openings: Sequence[Opening]) -> bool:
        """Return whether no slot has more groups than it has room for."""
        held: dict[str, int] = {}
        for opening in openings:
            slot = self.compiled.templates[opening.template].plan.slot
            held[slot] = held.get(slot, 0) + 1
        return all(held.get(slot, 0) <= most for slot, most in self.compiled.rooms.items())

    def _further(self, openings: Sequence[Opening], loads: Mapping[int, int]) -> Iterator[Amount]:
        """Yield the amounts that `GroupCosts` leaves out: loads, places, sums and pairs."""
        compiled = self.compiled
        for load in compiled.loads:
            last = load.table.shape[1] - 1
            for person, table in zip(load.people.tolist(), load.table, strict=True):
                yield load.tier, load.weight * int(table[min(loads.get(person, 0), last)])
        for placed in compiled.placed:
            count = sum(person in loads for person in placed.members.tolist())
            yield placed.tier, placed.weight * table_value(placed.table, count)
        for form in compiled.sums:
            for opening in openings:
                total = int(form.weights[list(opening.people)].sum())
                amount = max(slope * total + intercept for slope, intercept in form.lines)
                yield form.tier, form.weight * amount
        groups_of: dict[int, list[set[int]]] = {}
        for opening in openings:
            here = set(opening.people)
            for person in opening.people:
                groups_of.setdefault(person, []).append(here)
        for pairs in compiled.pairs:
            yield pairs.tier, pairs.weight * _of_pairs(pairs, groups_of)


def _of_pairs(pairs: Pairs, groups_of: Mapping[int, Sequence[set[int]]]) -> int:
    return sum(
        amount
        for (one, other), amount in zip(pairs.pairs.tolist(), pairs.amount.tolist(), strict=True)
        for here in groups_of.get(one, ())
        if (other in here) == pairs.together
    )
