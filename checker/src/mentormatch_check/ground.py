"""What the rows of a proof stand on: templates and blocks, who may be where, cliques."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import combinations
from typing import Any

from mentormatch_check.document import RefusedError, fields, rows, whole
from mentormatch_check.forms import Form
from mentormatch_check.round import Round, RuleUse, Template

Name = tuple[Any, ...]


class Ground:
    """The templates of a proof, held against the problem, and the blocks of their groups.

    Raises
    ------
    RefusedError
        If its templates leave out one that no other stands for, or its cliques are none.
    """

    def __init__(
        self,
        round_: Round,
        uses: Sequence[tuple[RuleUse, Sequence[Form]]],
        templates: Any,
        split: Any,
        cliques: Any,
    ) -> None:
        self._round = round_
        self._people = range(len(round_.people))
        self._of = {
            f"{use.name}.{number}": (use, form)
            for use, forms in uses
            for number, form in enumerate(forms)
        }
        self.tiers = sorted({use.tier for use, _ in uses if use.tier is not None})
        self._rules = uses
        self._masks = [f.where for _, f in self._of.values() if f.where is not None]
        self._columns: dict[Template, tuple[list[bool], dict[int, list[int]]]] = {}
        self.templates = self._kept(templates)
        chosen = {whole(one, "a split template", 0) for one in rows(split, "split")}
        self.blocks = [
            block
            for number, template in enumerate(self.templates)
            for block in self._blocks(template, number in chosen)
        ]
        self._seated = [
            [p for p in self._people if self._allowed(template)[p]] for template, _ in self.blocks
        ]
        self._here = [set(people) for people in self._seated]
        self._mine: list[list[int]] = [[] for _ in self._people]
        for block, people in enumerate(self._seated):
            for person in people:
                self._mine[person].append(block)
        self._caps: dict[tuple[str, int], int] = {}
        self._cliques = [self._clique(one) for one in rows(cliques, "cliques")]

    # Templates and blocks

    def _column(self, template: Template) -> tuple[list[bool], dict[int, list[int]]]:
        """Return who may be in a template, and what each costs there in each tier."""
        if template not in self._columns:
            allowed = [self._round.people[p].capacity > 0 for p in self._people]
            cost: dict[int, list[int]] = {tier: [0] * len(allowed) for tier in self.tiers}
            for use, form in self._of.values():
                if form.kind != "person":
                    continue
                assert form.at is not None
                amounts = [form.at(p, template) for p in self._people]
                if use.tier is None:
                    allowed = [a and not n for a, n in zip(allowed, amounts, strict=True)]
                else:
                    known = cost[use.tier]
                    cost[use.tier] = [
                        c + use.weight * n for c, n in zip(known, amounts, strict=True)
                    ]
            self._columns[template] = allowed, cost
        return self._columns[template]

    def _allowed(self, template: Template) -> list[bool]:
        return self._column(template)[0]

    def _kept(self, data: Any) -> list[Template]:
        known = {template.key: template for template in self._round.templates}
        wanted = {"slot": ..., "first": ..., "language": ..., "mode": ..., "topic": None}
        kept = []
        for row in rows(data, "templates"):
            stated = fields(row, "a template", wanted)
            key = tuple(stated[name] for name in wanted)
            if key not in known:
                raise RefusedError("the proof names a template that the problem does not have")
            kept.append(known.pop(key))
        by_slot: dict[str, list[Template]] = {}
        for template in kept:
            by_slot.setdefault(template.plan.slot.id, []).append(template)
        for template in known.values():
            others = by_slot.get(template.plan.slot.id, [])
            if any(self._allowed(template)[: self._round.students]) and not any(
                self._dominates(other, template) for other in others
            ):
                raise RefusedError(
                    f"the proof leaves out a template of slot {template.plan.slot.id}"
                )
        return kept

    def _dominates(self, other: Template, template: Template) -> bool:
        """Return whether every group of a template could as well meet in the other one."""
        if any(mask(other) != mask(template) for mask in self._masks):
            return False
        (theirs, dear), (mine, cost) = self._column(other), self._column(template)
        for p in self._people:
            if mine[p] and not (
                theirs[p] and all(dear[tier][p] <= cost[tier][p] for tier in self.tiers)
            ):
                return False
        rivals = self._rivals
        return not rivals or rivals[other.key[:2]] <= rivals[template.key[:2]]

    @cached_property
    def _rivals(self) -> dict[Name, set[Name]]:
        """The plans that overlap each plan; empty if nobody leads two groups."""
        if all(person.capacity < 2 for person in self._round.people):
            return {}
        plans = {
            (plan.slot.id, int(plan.instants[0].timestamp())): plan
            for plans in self._round.plans.values()
            for plan in plans
        }
        found: dict[Name, set[Name]] = {key: {key} for key in plans}
        for (one, plan), (other, another) in combinations(plans.items(), 2):
            if plan.overlaps(another):
                found[one].add(other)
                found[other].add(one)
        return found

    def _blocks(self, template: Template, split: bool) -> list[tuple[Template, int]]:
        most = self._most_groups(template)
        if split:
            return [(template, 1)] * most
        return [(template, most)] if most else []

    def _most_groups(self, template: Template) -> int:
        """Return how many groups a template can hold."""
        allowed = self._allowed(template)
        most = sum(allowed[: self._round.students])
        for form in self._hard_counts(template):
            eligible = sum(allowed[p] for p in form.members)
            counts = [n for n in range(eligible + 1) if form.amount(n) == 0]
            if not counts:
                return 0
            if counts[0]:
                most = min(most, eligible // counts[0])
        rooms = template.plan.slot.max_groups
        return most if rooms is None else min(most, rooms)

    def _hard_counts(self, template: Template) -> Iterator[Form]:
        for use, form in self._of.values():
            if use.tier is None and form.kind == "count" and form.counts_in(template):
                yield form

    def _cap(self, name: str, block: int) -> int:
        """Return the most members of a count's set in one group of a block."""
        if (name, block) not in self._caps:
            members = set(self._of[name][1].members)
            most = len(members & self._here[block])
            for form in self._hard_counts(self.blocks[block][0]):
                if members <= set(form.members):
                    there = len(self._here[block].intersection(form.members))
                    counts = [n for n in range(there + 1) if form.amount(n) == 0]
                    most = min(most, max(counts, default=0))
            self._caps[name, block] = most
        return self._caps[name, block]

    def _clique(self, data: Any) -> list[int]:
        people = [whole(one, "somebody of a clique", 0) for one in rows(data, "a clique")]
        if any(p not in self._people for p in people) or len(set(people)) < len(people):
            raise RefusedError("a clique names people who are not there, or somebody twice")
        for pair in combinations(sorted(people), 2):
            if pair not in self._banned:
                raise RefusedError("a clique holds two people who may meet")
        return people

    @cached_property
    def _banned(self) -> set[tuple[int, int]]:
        """Pairs of whom a hard rule says that they may not meet."""
        hard = (f.pairs for use, f in self._of.values() if use.tier is None and f.kind == "pair")
        return {pair for pairs in hard if pairs is not None for pair in pairs}
