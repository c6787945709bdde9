"""Constants that steer the search, in one object that can be passed to `match`.

Constants within one method, such as temperatures of local search, stand in that method's modules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import inf

from mentormatch.errors import Fault, InputError


@dataclass(frozen=True, kw_only=True)
class SolveParams:
    """Constants that steer the search; none of them changes what counts as valid or proven.

    Names that end in ``_share`` are shares of the time that is left, from 0 to 1, and matter only
    where there is a time limit. Names that end in ``_effort`` are limits in CP-SAT's
    deterministic time, in which one unit takes about two seconds: they end a search at the same
    point on every machine. The defaults are what was measured to serve rounds of every size.

    Attributes
    ----------
    split_components
        Whether a round whose people share nothing is searched component by component.
    large_round_students
        Students from which on the Lagrangian method finds groups; below, the plan is solved.
    plan_share
        Share of the time for solving plans; the rest improves groups that are not proven.
    plan_weak_share
        The same where all groups are of one template, of which a plan says little.
    tree_min_variables
        Fewest variables of a plan for which branch and bound is tried before CP-SAT.
    tree_nodes
        Nodes of the tree in a tier's first turn of branch and bound.
    tree_up_fraction
        Fractional part of a variable from which on the branch upwards is explored first.
    tree_assign_effort
        Effort of assigning people in one node, where the numbers of groups are fixed.
    plan_effort
        Effort of a tier's first search of the whole plan by CP-SAT.
    turn_growth
        How many times longer each turn of branching and searching is than the one before.
    tier_share
        Most of the time left that one tier takes up, so that later tiers have some.
    assign_effort
        Effort, for each tier, of assigning people to groups that cannot be had as planned.
    assign_late_share
        Share of the time left for assigning a plan when the time for plans has run out.
    assign_late_seconds
        Seconds for assigning a plan when all time has run out.
    lns_groups
        Groups in a neighbourhood of the large-neighbourhood search, at first.
    lns_max_groups
        Most groups in a neighbourhood.
    lns_widen_after
        Attempts in vain after which a neighbourhood has one group more.
    lns_shared_groups
        Groups that share a mentor with a neighbourhood and are taken into it, at most; beyond,
        they stay as they are, and the mentor's time and capacity there is taken up.
    lns_spare_templates
        Further templates in which a neighbourhood may open a group.
    lns_left_out
        Most students without a place, and most free mentors, in a neighbourhood.
    lns_effort
        Effort of an attempt with `lns_groups` groups; it grows with the square of their number.
    lns_min_patience, lns_max_patience
        Attempts in vain after which it is local search's turn, from the fewest to the most.
    local_min_students
        Students from which on a greedy matching is improved before the plan is solved.
    local_begin_share
        Share of the time for that, at most.
    local_begin_effort
        Moves that local search weighs for that, where there are several templates.
    local_effort
        Most moves that local search weighs in its first turn.
    local_patience
        Turns in vain after which improving ends without a time limit.
    lns_share
        Share of the time for improving the groups of a large round; the rest is for its bounds.
    lns_before_plan_share
        The same where the whole plan is solved afterwards.
    rounding_patience
        Numbers of groups tried in vain after which a large round is left to improvement.
    large_plan_students
        Students up to which the plan of a large round is solved if its groups are not proven.
    greedy_late_seconds
        Seconds for a greedy start of a large round when time ran out before anything else.
    component_retry_seconds
        Seconds left for which components that ran out of their share are searched again.
    remote_share
        Share of a component's time for its search in an executor; the rest is for transport.
    """

    split_components: bool = True
    large_round_students: int = 400
    plan_share: float = 0.6
    plan_weak_share: float = 0.3
    tree_min_variables: int = 250
    tree_nodes: int = 100
    tree_up_fraction: float = 0.3
    tree_assign_effort: float = 1.0
    plan_effort: float = 2.0
    turn_growth: int = 3
    tier_share: float = 0.5
    assign_effort: float = 2.5
    assign_late_share: float = 0.4
    assign_late_seconds: float = 0.4
    lns_groups: int = 5
    lns_max_groups: int = 12
    lns_widen_after: int = 12
    lns_shared_groups: int = 4
    lns_spare_templates: int = 2
    lns_left_out: int = 16
    lns_effort: float = 0.6
    lns_min_patience: int = 8
    lns_max_patience: int = 64
    local_min_students: int = 20
    local_begin_share: float = 0.2
    local_begin_effort: int = 200_000
    local_effort: int = 1_500_000
    local_patience: int = 3
    lns_share: float = 0.85
    lns_before_plan_share: float = 0.3
    rounding_patience: int = 3
    large_plan_students: int = 1_000
    greedy_late_seconds: float = 1.0
    component_retry_seconds: float = 1.0
    remote_share: float = 0.9

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InputError(faults)

    def _faults(self) -> Iterator[Fault]:
        for field in fields(self):
            value: float = getattr(self, field.name)
            usual = type(field.default)
            where = f"params.{field.name}"
            if type(value) is not usual and not (usual is float and type(value) is int):
                kinds = f"of type {usual.__name__}, and is of type {type(value).__name__}"
                yield Fault("params", where, f"This must be {kinds}.")
                continue
            least = 1 if field.name in _AT_LEAST_ONE else 0
            share = field.name.endswith(("_share", "_fraction"))
            # A comparison with NaN is false.
            if not (least <= value <= (1 if share else inf) and value < inf):
                limit = f"from {least} to 1" if share else f"of {least} or more"
                yield Fault(
                    "params", where, f"This must be a finite number {limit}, and is {value}."
                )


_AT_LEAST_ONE = {"lns_groups", "lns_max_groups", "lns_widen_after", "tree_nodes", "turn_growth"}
"""Numbers that 0 would turn into a search that never ends or a division by nothing."""

DEFAULTS = SolveParams()
"""The parameters of `match` by default."""
