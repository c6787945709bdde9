"""Rounds that fall into parts are searched part by part, and nobody notices."""

from __future__ import annotations

from functools import cache
from threading import Event

import pytest

from mentormatch import SolveParams, match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.progress import Progress
from mentormatch.solve import component_search, search
from tests.support.merged import by_language


def values(matching: Matching) -> list[int]:
    """Return the costs of the tiers."""
    return [tier.value for tier in matching.tiers]


def test_a_round_of_parts_costs_what_its_parts_cost() -> None:
    """As separate rounds and as one, each with its proof."""
    asked = by_language(20, 12, 16)
    data = asked.model_dump(mode="json")
    alone = []
    for language in asked.languages:
        own = {
            rows: [person for person in data[rows] if language in person["languages"]]
            for rows in ("students", "mentors")
        }
        alone.append(match(Problem.model_validate(data | own), time_limit=None))
    whole = match(asked, time_limit=None)
    assert {one.status for one in (whole, *alone)} == {"OPTIMAL"}
    assert values(whole) == [sum(costs) for costs in zip(*map(values, alone), strict=True)]
    assert all(values(one)[0] for one in alone)


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_the_number_of_workers_changes_nothing(workers: int) -> None:
    """Parts may end in any order."""
    asked = by_language(20, 12, 16)
    found = match(asked, time_limit=None, seed=5, workers=workers)
    assert found.status == "OPTIMAL"
    assert found.to_json(times=False) == usual()


@cache
def usual() -> str:
    """Return the answer with the workers there are."""
    return match(by_language(20, 12, 16), time_limit=None, seed=5).to_json(times=False)


def test_large_components_are_searched_by_the_lagrangian_method() -> None:
    """Each by itself, with bounds that add up."""
    asked = by_language(24, 30)
    small = match(asked, time_limit=None)
    mixed = match(asked, time_limit=None, params=SolveParams(large_round_students=28))
    assert verify(asked, mixed).ok
    assert mixed.groups
    for tier, least in zip(mixed.tiers, small.tiers, strict=True):
        assert tier.bound <= least.value <= tier.value
        if tier.value > least.value:
            break


def test_a_part_that_runs_out_of_its_share_is_searched_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What the others do not use is not lost; at first each has too little here."""
    asked = by_language(30, 31)
    right = component_search.ComponentSearch._share
    asks: list[int] = []

    def little(self: component_search.ComponentSearch, number: int, *given: object) -> float | None:
        asks.append(number)
        return 0.01 if len(asks) <= 2 else right(self, number, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(component_search.ComponentSearch, "_share", little)
    found = match(asked, time_limit=120, params=SolveParams(component_retry_seconds=0.0))
    assert sorted(asks) == [0, 0, 1, 1]
    assert found.status == "OPTIMAL"
    assert found.provenance is not None
    # A share that ran out is no limit of what was proven afterwards.
    assert found.provenance.limits_reached == ()


def test_progress_is_told_of_the_whole() -> None:
    """A listener knows nothing of parts: the first goal ends at the answer's value and bound."""
    heard: list[Progress] = []

    def listen(event: Progress) -> None:
        heard.append(event)

    found = match(by_language(20, 30), time_limit=None, progress=listen)
    assert found.status == "OPTIMAL"
    told = [event for event in heard if event.tier == 1]
    assert told[-1].value == told[-1].bound == found.tiers[0].value
    for one in told:
        assert one.bound is None or one.bound <= found.tiers[0].value
        assert one.value is None or one.value >= found.tiers[0].value


@pytest.mark.parametrize("phase", ["starting", "improved", "planning", "assigning"])
def test_an_interrupt_in_any_phase_of_a_part_ends_the_whole(phase: str) -> None:
    """The groups of the parts that are done come back with those the others had."""
    asked, cancel = by_language(30, 20, 25), Event()

    def listen(event: Progress) -> None:
        if event.phase == phase:
            cancel.set()

    found = match(asked, time_limit=None, progress=listen, cancel=cancel)
    assert found.provenance is not None
    assert found.provenance.limits_reached == ("interrupt",)
    assert verify(asked, found).ok
    if phase in ("planning", "assigning"):
        assert found.groups


def test_what_a_listener_raises_ends_all_parts() -> None:
    """It is the caller's own, and comes out."""

    def listen(event: Progress) -> None:
        if event.phase == "planning":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        match(by_language(30, 20), time_limit=None, progress=listen)


@pytest.mark.survives
def test_a_part_that_fails_leaves_the_groups_of_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is called proven."""
    asked = by_language(30, 20)

    def broken(*given: object) -> None:
        raise IndexError

    monkeypatch.setattr(search, "assign_to_groups", broken)
    found = match(asked, time_limit=None)
    assert found.provenance is not None
    assert found.provenance.limits_reached == ("failure",)
    assert found.groups
    assert {tier.bound for tier in found.tiers} == {0}
    assert verify(asked, found).ok


def test_a_matching_to_start_from_is_improved_part_by_part() -> None:
    """Each part takes the groups that are its own."""
    asked = by_language(30, 20)
    best = match(asked, time_limit=None)
    again = match(asked, time_limit=0, start=best)
    assert values(again) == values(best)
    short = best.model_copy(
        update={
            "groups": best.groups[1:],
            "left_out": (*best.left_out, *best.groups[0].students),
        }
    )
    early = match(asked, time_limit=0, start=short)
    assert len(early.groups) >= len(short.groups)
    assert values(match(asked, time_limit=None, start=short)) == values(best)
