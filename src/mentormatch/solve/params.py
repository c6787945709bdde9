"""Constants that steer the search, in one object that can be passed to `match`.

What is measured (how long a step takes) or is arithmetic (tolerances, scales) stands where it is
used: another value would be wrong there, and not another way of searching.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from math import inf

from mentormatch.errors import Fault, InputError


@dataclass(frozen=True, kw_only=True)
class SolveParams:
    """Constants that steer the search; none of them changes what counts as valid or proven.

    Names that end in ``_share`` are shares of the time that is left, and those in ``_fraction``
    shares of something else; both are from 0 to 1. Shares of time matter only where there is a
    time limit. Names that end in ``_effort`` are limits in CP-SAT's
    deterministic time, in which one unit takes about two seconds: they end a search at the same
    point on every machine. The defaults are what was measured to serve rounds of every size.

    Attributes
    ----------
    split_components
        Whether a round whose people share nothing is searched component by component.
    most_templates
        Most combinations of slot, language, mode and topic; a problem that has more is refused
        before any memory is taken.
    large_round_students
        Students from which on the Lagrangian method finds groups; below, the plan is solved.
    plan_share
        Share of the time for solving plans; the rest improves groups that are not proven.
    plan_weak_share
        The same where all groups are of one template, of which a plan says little.
    bound_share
        Most of the time left that is taken for bounds of the tiers behind an unproven one.
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
    lns_tier_ratio
        Weight of one unit of a tier against one of the next in a neighbourhood's sum of all tiers.
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
    local_person_effort
        Most moves that local search weighs in its first turn for each person of the round.
    local_turn_growth
        How many times more moves are weighed in each turn than in the one before.
    local_hot, local_cold
        Temperatures at which a tier begins to settle and is settled, in its least changes.
    local_hot_fraction, local_cold_fraction
        The same in its usual changes; the higher temperature counts.
    local_probes
        Moves at random by which the usual sizes of changes are learnt.
    local_min_cooling
        Moves weighed in the first cooling of a search, at least.
    local_coolings
        Coolings of a long search, at most: each after the first starts from the best groups.
    local_cooling_growth
        How many times longer each cooling is than the one before.
    local_person_fraction
        Share of steps that move one person or one group; the others swap between pairs of groups.
    local_group_fraction
        Share of steps in which a whole group moves, opens or closes.
    local_rehome_fraction
        Share of the steps of whole groups in which one goes to another template with its people.
    local_reopen_fraction
        Share in which one closes and opens again with other people, perhaps elsewhere.
    local_close_fraction
        Share in which one closes; in all other such steps one opens.
    local_popular_fraction
        Share of openings in a template that suits many people without a group; others are anywhere.
    local_pairs
        Pairs of groups that swap people in one step, at most.
    local_whole_groups
        Groups up to which local search moves everybody at once; beyond, it goes by regions.
    region_parts
        A region gets one part in so many of a turn's effort.
    region_groups
        Groups of a region.
    region_left_out, region_free_mentors
        Most students without a place, and most free mentors, in a region.
    lns_share
        Share of the time for improving the groups of a large round; the rest is for its bounds.
    lns_before_plan_share
        The same where the whole plan is solved afterwards.
    sample_students
        Students in the first sample of a large round, where not all are priced at once.
    sample_all_students
        Students up to whom everybody is in the first sample, if there is time for it at all.
    sample_later_students
        Students in the second sample of a round of more than `sample_max_students`.
    sample_max_students
        Students up to whom everybody is in the second sample: beyond, that takes gigabytes.
    sample_share
        Share of the time that pricing all tiers may take.
    sample_near_fraction
        By how much more than a small sample could reach an earlier tier may cost for its
        multipliers to be kept.
    flow_templates
        Templates from which each student chooses where the flow is cut into shares.
    flow_max_students
        Students of each share into which the flow of a very large round is cut.
    flow_spare_seats
        Seats for each student who can have one from which on it is cut.
    flow_threads
        Flows that run at a time, each of which takes some hundred megabytes.
    flow_tier_ratio
        Weight of one unit of a tier against one of the next in the costs of a flow.
    flow_shared_tier_ratio
        The same where the flow is cut into shares: the larger the costs, the longer a flow takes.
    flow_rounds
        Times that groups which did not fill are closed and the flows run again, at most.
    place_tries
        Groups tried for each student whom dealing left out, with an empty seat or without.
    dive_share
        Share of the time for fixing numbers of groups some at a time.
    dive_steps
        Times that some numbers of groups are fixed and the rest is solved again.
    dive_tier_ratio
        Weight of one unit of a tier against one of the next while numbers of groups are fixed.
    dive_near_fraction
        How far from a whole number a number of groups is fixed to it, at first.
    dive_small_fraction
        Number of groups of a template below which it becomes none, at first.
    exchange_share
        Share of the time for exchanging groups between templates.
    exchange_parts
        One of so many groups is exchanged at once, at first.
    exchange_patience
        Exchanges of single groups in vain after which exchanging ends; 0 for no exchanges.
    greedy_groups
        Groups that are made even if the time is over: some are better than none.
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
    most_templates: int = 200_000
    large_round_students: int = 400
    plan_share: float = 0.6
    plan_weak_share: float = 0.3
    bound_share: float = 0.2
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
    lns_tier_ratio: int = 10_000
    lns_effort: float = 0.6
    lns_min_patience: int = 8
    lns_max_patience: int = 64
    local_min_students: int = 20
    local_begin_share: float = 0.2
    local_begin_effort: int = 200_000
    local_effort: int = 1_500_000
    local_patience: int = 3
    local_person_effort: int = 5_000
    local_turn_growth: float = 1.5
    local_hot: float = 2.5
    local_cold: float = 0.2
    local_hot_fraction: float = 0.35
    local_cold_fraction: float = 0.01
    local_probes: int = 60
    local_min_cooling: int = 100_000
    local_coolings: int = 8
    local_cooling_growth: float = 1.5
    local_person_fraction: float = 0.4
    local_group_fraction: float = 0.03
    local_rehome_fraction: float = 0.3
    local_reopen_fraction: float = 0.2
    local_close_fraction: float = 0.1
    local_popular_fraction: float = 0.7
    local_pairs: int = 16
    local_whole_groups: int = 40
    region_parts: int = 15
    region_groups: int = 20
    region_left_out: int = 48
    region_free_mentors: int = 32
    lns_share: float = 0.85
    lns_before_plan_share: float = 0.3
    sample_students: int = 1_000
    sample_all_students: int = 2_000
    sample_later_students: int = 5_000
    sample_max_students: int = 20_000
    sample_share: float = 0.5
    sample_near_fraction: float = 0.1
    flow_templates: int = 6
    flow_max_students: int = 25_000
    flow_spare_seats: float = 1.1
    flow_threads: int = 4
    flow_tier_ratio: int = 1_000
    flow_shared_tier_ratio: int = 100
    flow_rounds: int = 6
    place_tries: int = 60
    dive_share: float = 0.4
    dive_steps: int = 8
    dive_tier_ratio: float = 100.0
    dive_near_fraction: float = 0.1
    dive_small_fraction: float = 0.2
    exchange_share: float = 0.5
    exchange_parts: int = 20
    exchange_patience: int = 12
    greedy_groups: int = 50
    rounding_patience: int = 3
    large_plan_students: int = 1_000
    greedy_late_seconds: float = 1.0
    component_retry_seconds: float = 1.0
    remote_share: float = 0.9

    def __post_init__(self) -> None:
        faults = list(self._faults())
        if faults:
            raise InputError(faults)

    @property
    def changed(self) -> dict[str, bool | int | float]:
        """The parameters that differ from the default, by name."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

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


_AT_LEAST_ONE = {
    "dive_tier_ratio",
    "exchange_parts",
    "flow_max_students",
    "flow_rounds",
    "flow_shared_tier_ratio",
    "flow_templates",
    "flow_threads",
    "flow_tier_ratio",
    "lns_groups",
    "lns_max_groups",
    "lns_tier_ratio",
    "lns_widen_after",
    "local_cooling_growth",
    "local_coolings",
    "local_min_cooling",
    "local_pairs",
    "local_turn_growth",
    "region_groups",
    "region_parts",
    "sample_later_students",
    "sample_students",
    "tree_nodes",
    "turn_growth",
}
"""Numbers that 0 would turn into a search that never ends or a division by nothing."""

DEFAULTS = SolveParams()
"""The parameters of `match` by default."""
