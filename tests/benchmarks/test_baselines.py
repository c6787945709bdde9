"""The baselines solve the same rounds and are judged alike."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.baselines import annealing, cpsat, greedy, highs
from benchmarks.baselines.comparison import OURS, check_brackets, lost, run_once, tables
from benchmarks.baselines.outset import Answer, Baseline, Gathering, Outset
from benchmarks.measuring import Run
from mentormatch import match
from mentormatch.data.problem import Problem
from mentormatch.rules import NobodyAlone
from mentormatch.synthetic import generate


@pytest.fixture(scope="module")
def asked() -> Problem:
    """Return a small round in which somebody has to be left out."""
    return generate(18, 6, seed=2)


@pytest.mark.parametrize("exact", [cpsat.at_defaults, cpsat.at_best, highs.solve])
def test_exact_baselines_prove_the_values_that_match_proves(
    asked: Problem, exact: Baseline
) -> None:
    """Two models that agree are the best check of each."""
    outset = Outset(asked)
    answer = exact(outset, 60.0, 0)
    found = match(asked, time_limit=60.0)
    values = {tier.tier: tier.value for tier in found.tiers}
    assert found.status == "OPTIMAL"
    assert answer.bounds == values
    assert {tier.tier: tier.value for tier in outset.matching(answer).tiers} == values


@pytest.mark.parametrize("search", [greedy.solve, annealing.solve])
def test_searches_without_proof_give_valid_groups(asked: Problem, search: Baseline) -> None:
    """Their matching is verified, and they claim nothing."""
    outset = Outset(asked)
    answer = search(outset, 0.5, 0)
    assert answer.groups
    assert not answer.bounds
    assert outset.matching(answer).placed > 0


def test_annealing_never_ends_worse_than_the_greedy_it_starts_from() -> None:
    """It keeps the best it has seen."""
    outset = Outset(generate(40, seed=3))
    first = outset.matching(greedy.solve(outset, 1.0, 0))
    later = outset.matching(annealing.solve(outset, 1.0, 0))
    assert [tier.value for tier in later.tiers] <= [tier.value for tier in first.tiers]


def test_annealing_keeps_count_of_its_costs() -> None:
    """Costs are added up step by step; a slip would let it climb for nothing."""
    walk = annealing.Walk(Outset(generate(40, seed=3)), seed=1)
    for _ in range(3_000):
        walk.step(heat=30.0)
    assert walk.total == walk.sum_of(walk.costs())


def test_broken_rules_and_false_bounds_are_caught(asked: Problem) -> None:
    """A baseline that cheats would make a false comparison."""
    outset = Outset(asked)
    with pytest.raises(SystemExit, match="broke a rule"):
        outset.matching(Answer((Gathering(0, (0, 1, 2)),), {}))
    with pytest.raises(SystemExit, match="claims too much"):
        outset.matching(Answer((), {1: 19}))


def test_rules_that_baselines_do_not_know_are_refused(asked: Problem) -> None:
    """Leaving one out in silence would make the round easier for them."""
    fields = {name: getattr(asked, name) for name in Problem.model_fields}
    more = Problem(**{**fields, "rules": (*asked.rules, NobodyAlone(attribute="school"))})
    with pytest.raises(ValueError, match="nobody_alone"):
        Outset(more)


def told(label: str, values: tuple[int, int, int], bound: int, seconds: float) -> Run:
    """Return a run as if it had been measured; the bound is of the first tier."""
    tiers: dict[str, tuple[int, int | None]] = {
        "1": (values[0], bound),
        "3": (values[1], 0),
        "4": (values[2], 0),
    }
    return Run(label, 40, 12, 0, "FEASIBLE", 5, tiers, seconds, None)


def test_a_value_below_somebodys_bound_stops_the_run() -> None:
    """Then one of the two is wrong."""
    check_brackets([told(OURS, (6, 3, 8), 6, 1.0), told("other", (7, 0, 0), 5, 1.0)])
    with pytest.raises(SystemExit, match="other reaches 5"):
        check_brackets([told(OURS, (6, 3, 8), 6, 1.0), told("other", (5, 9, 9), 5, 1.0)])


def test_losses_are_told() -> None:
    """Better values, a proof where ours has none, an earlier proof; and nothing else."""
    mine = told(OURS, (6, 3, 8), 5, 2.0)
    worse, better = told("worse", (7, 0, 0), 5, 0.1), told("better", (6, 2, 9), 5, 9.0)
    prover = replace(told("prover", (6, 3, 8), 6, 9.0), status="OPTIMAL")
    assert [row[2] for row in lost([mine, worse, better, prover])] == ["better", "prover"]
    ours = replace(mine, status="OPTIMAL")
    quick = replace(prover, label="quick", seconds=1.0)
    assert [row[2] for row in lost([ours, worse, prover, quick])] == ["quick"]


def test_runs_stand_in_a_table() -> None:
    """Medians by size and means; no bound is a dash."""
    run = run_once("greedy", 18, 2, 1.0)
    shown = tables([run])[0]
    assert [(row[0], row[1], row[3]) for row in shown.rows] == [("18", "greedy", "-")]
