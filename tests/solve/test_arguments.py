"""What `match` is called with: unusable arguments are faults, all of them at once."""

from __future__ import annotations

from math import inf, nan
from typing import Any

import pytest

from mentormatch import InputError, MentorMatchError, SolveParams, match, verify
from mentormatch.data.matching import Group, Matching
from mentormatch.data.problem import Problem
from tests.support.build import mentors, problem, students

ASKED = problem(students("ana bo cai dee"), mentors("mia"), "tue-15", size=(2, 3))
"""Of four, three have a place."""


def places(error: InputError) -> list[str]:
    """Return where the faults of an error are."""
    return [fault.where for fault in error.faults]


@pytest.mark.parametrize(
    ("named", "where"),
    [
        ({"time_limit": -1}, "time_limit"),
        ({"time_limit": nan}, "time_limit"),
        ({"time_limit": "60"}, "time_limit"),
        ({"time_limit": True}, "time_limit"),
        ({"seed": 2**200}, "seed"),
        ({"seed": -(2**200)}, "seed"),
        ({"seed": 1.0}, "seed"),
        ({"workers": 0}, "workers"),
        ({"workers": "2"}, "workers"),
        ({"ceilings": {9: 1}}, "ceilings[9]"),
        ({"ceilings": {"1": 1}}, "ceilings['1']"),
        ({"ceilings": {1: -1}}, "ceilings[1]"),
        ({"ceilings": {1: 0.5}}, "ceilings[1]"),
        ({"ceilings": {1: 10**30}}, "ceilings[1]"),
        ({"ceilings": 3}, "ceilings"),
        ({"start": {}}, "start"),
        ({"params": {}}, "params"),
    ],
)
def test_an_argument_that_cannot_be_used_is_a_fault(named: dict[str, Any], where: str) -> None:
    """Bug: these were TypeErrors, OverflowErrors and IndexErrors from deep inside, or no error."""
    with pytest.raises(InputError) as found:
        match(ASKED, **named)
    assert places(found.value) == [where]


def test_all_faults_come_at_once() -> None:
    """Nobody mends a call fault by fault."""
    with pytest.raises(MentorMatchError) as found:
        match(ASKED, time_limit=-1, seed=2**200, workers=0, ceilings={9: -1})
    assert isinstance(found.value, InputError)
    assert places(found.value) == ["time_limit", "seed", "workers", "ceilings[9]", "ceilings[9]"]


def test_what_is_no_problem_is_told_with_its_type() -> None:
    """Bug: a document that was read as plain JSON ended in an AttributeError."""
    with pytest.raises(InputError, match=r"of type dict; Problem\.from_json"):
        match({})  # type: ignore[arg-type]  # That is what is tested.


def test_a_start_that_names_others_is_told_with_their_names() -> None:
    """Bug: it was a KeyError. A matching of last year's people is easily passed."""
    start = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="g1", students=("ana", "boo"), mentors=("mia",), slot="tue-15"),
            Group(id="g2", students=("cai",), slot="tue-16"),
        ),
    )
    with pytest.raises(InputError) as found:
        match(ASKED, start=start)
    assert places(found.value) == ["start.groups[0]", "start.groups[1]"]
    assert [fault.nearest for fault in found.value.faults] == ["bo", "tue-15"]


@pytest.mark.parametrize("limit", [inf, 1e300, 10**30])
def test_a_time_limit_of_ages_is_none(limit: float) -> None:
    """Solvers count milliseconds in integers, and do not count that far."""
    assert match(ASKED, time_limit=limit).status == "OPTIMAL"


@pytest.mark.parametrize("seed", [10**17 - 1, -(10**17 - 1)])
def test_the_greatest_seeds_work(seed: int) -> None:
    """And nothing of them is lost in the document."""
    found = match(ASKED, time_limit=None, seed=seed)
    assert found.provenance is not None
    assert Matching.from_json(found.to_json()).provenance == found.provenance
    assert found.provenance.seed == seed


def test_parameters_that_are_not_the_default_are_in_the_document() -> None:
    """Whoever is to find the same matching again has to set them, too."""
    usual = match(ASKED, time_limit=None)
    assert '"params"' not in usual.to_json()
    params = SolveParams(lns_groups=3, plan_share=1.0, split_components=False)
    found = match(ASKED, time_limit=None, params=params)
    again = Matching.from_json(found.to_json()).provenance
    assert again is not None
    assert again.params == {"split_components": False, "plan_share": 1.0, "lns_groups": 3}
    assert SolveParams(**again.params) == params  # type: ignore[arg-type]  # Of several types.


@pytest.mark.parametrize("large", [0, 400])
@pytest.mark.parametrize("ceiling", [1, 10**17 - 1])
def test_a_ceiling_that_binds_nothing_changes_nothing(ceiling: int, large: int) -> None:
    """One beyond all costs is no row of the solver's."""
    params = SolveParams(large_round_students=large)
    usual = match(ASKED, time_limit=None, params=params)
    found = match(ASKED, time_limit=None, ceilings={1: ceiling}, params=params)
    assert found.groups == usual.groups
    assert found.provenance is not None
    assert found.provenance.ceilings == {1: ceiling}
    assert verify(ASKED, found).ok


def test_ceilings_out_of_reach_are_called_so() -> None:
    """Bug: they were called a contradiction of hard rules, and the answer failed verification."""
    found = match(ASKED, time_limit=None, ceilings={1: 0})
    assert found.status == "INFEASIBLE"
    assert found.messages == (
        "No matching that keeps every hard rule costs as little as the ceilings allow.",
    )
    assert verify(ASKED, found).ok
    assert verify(ASKED, Matching.from_json(found.to_json())).ok


def test_an_infeasible_answer_without_ceilings_is_still_doubted() -> None:
    """Otherwise the test above would hold whatever is claimed."""
    found = match(ASKED, time_limit=None, ceilings={1: 0})
    assert found.provenance is not None
    plain = found.model_copy(
        update={"provenance": found.provenance.model_copy(update={"ceilings": {}})}
    )
    assert not verify(ASKED, plain).ok


def test_ceilings_are_in_the_document_only_where_there_are_some() -> None:
    """Nearly no matching has any."""
    without: Problem = ASKED
    assert "ceilings" not in match(without, time_limit=None).to_json()
    assert '"ceilings": {' in match(without, time_limit=None, ceilings={1: 4}).to_json()


@pytest.mark.parametrize(
    "named",
    [
        {"plan_share": 1.5},
        {"plan_share": -0.1},
        {"lns_effort": nan},
        {"plan_effort": inf},
        {"lns_groups": 0},
        {"tree_nodes": 2.5},
        {"large_round_students": True},
        {"split_components": 1},
    ],
)
def test_parameters_that_make_no_sense_are_faults(named: dict[str, Any]) -> None:
    """A share above one, or a search of no groups at a time, would fail somewhere else."""
    with pytest.raises(InputError) as found:
        SolveParams(**named)
    assert places(found.value) == [f"params.{name}" for name in named]
