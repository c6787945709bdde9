"""A search that fails or is stopped in any phase: its best groups come back, verified."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import verify
from mentormatch.progress import Progress
from mentormatch.solve import match as match_module
from mentormatch.solve import search
from mentormatch.solve.backend.bounds import Bounds
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.match import match
from mentormatch.solve.params import SolveParams
from mentormatch.synthetic import generate
from tests.support.random_problems import random_problem

TINY = random_problem(4)
ROUND = generate(36, seed=2)
SMALLER = generate(24, seed=2)
PHASES = {
    "plan": ("starting", "planning", "assigning", "improved"),
    "lagrangian": ("starting", "pricing", "improved"),
}


def sound(problem: Problem, matching: Matching) -> None:
    """Fail unless there are groups, and everything said of them is so."""
    assert matching.groups
    assert matching.provenance is not None
    report = verify(problem, matching)
    assert report.ok, str(report)


def failing(error: BaseException) -> Callable[..., Any]:
    """Return a function that fails whatever it is given."""

    def fail(*given: Any, **settings: Any) -> Any:
        raise error

    return fail


@pytest.mark.survives
@pytest.mark.parametrize("place", ["plan_model", "assign_to_groups"])
def test_a_search_that_fails_gives_the_groups_it_had_and_proves_nothing(
    monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    """Whoever waited for an hour gets something, is told, and reads no word that was inside."""
    monkeypatch.setattr(search, place, failing(IndexError("of somebody called Canary")))
    matching = match(TINY, time_limit=None)
    sound(TINY, matching)
    assert matching.status == "FEASIBLE"
    assert matching.provenance is not None
    assert matching.provenance.limits_reached == ("failure",)
    assert {tier.bound for tier in matching.tiers} == {0}
    assert "IndexError" in matching.messages[0]
    assert "Canary" not in matching.to_json()


@pytest.mark.survives
def test_memory_that_ends_leaves_groups_and_the_bounds_proven_until_then(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It is no fault of the search, so what it proved stands."""
    # Its plan proves something before anybody is assigned to a group.
    problem = random_problem(14)
    usual = match(problem, time_limit=None)
    monkeypatch.setattr(search, "assign_to_groups", failing(MemoryError()))
    matching = match(problem, time_limit=None)
    sound(problem, matching)
    assert matching.provenance is not None
    assert matching.provenance.limits_reached == ("memory",)
    assert any(tier.bound for tier in matching.tiers)
    for found, best in zip(matching.tiers, usual.tiers, strict=True):
        assert found.bound <= best.value <= found.value
        if found.value != best.value:
            break


@pytest.mark.survives
def test_a_bound_that_contradicts_the_groups_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """The groups are verified without it; which of the two was wrong nobody can know."""
    honest = Bounds.certified
    monkeypatch.setattr(
        Bounds, "certified", lambda self, values: tuple(one + 1 for one in honest(self, values))
    )
    matching = match(TINY, time_limit=1)
    sound(TINY, matching)
    assert matching.provenance is not None
    assert "failure" in matching.provenance.limits_reached
    assert {tier.bound for tier in matching.tiers} == {0}
    assert "contradicts" in matching.messages[0]


@pytest.mark.survives
def test_what_a_listener_raises_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is the caller's own, and perhaps the caller's way to stop."""

    def listen(event: Progress) -> None:
        if event.phase == "improved":
            raise LookupError("enough")

    with pytest.raises(LookupError, match="enough"):
        match(TINY, time_limit=None, progress=listen)


class Looks:
    """Counts how often the clock is looked at, and lets something happen at one of the looks."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        self.at: int | None = None
        self.interrupts = False

        def expired(clock: Clock) -> bool:
            return self._expired(clock)

        monkeypatch.setattr(Clock, "expired", expired)

    def _expired(self, clock: Clock) -> bool:
        self.count += 1
        if clock.interrupted:
            return True
        if self.at is None or self.count <= self.at:
            return False
        if self.interrupts:
            clock.stop()
        else:
            clock.note_timeout()
        return True


@pytest.mark.parametrize("interrupts", [False, True], ids=["time", "interrupt"])
@pytest.mark.parametrize("large", [400, 0], ids=["plan", "lagrangian"])
def test_the_end_of_time_at_any_look_at_the_clock_leaves_a_true_answer(
    monkeypatch: pytest.MonkeyPatch, large: int, interrupts: bool
) -> None:
    """Every phase looks at the clock, so that every phase is ended here, on any machine."""
    params = SolveParams(large_round_students=large, local_effort=100_000)
    looks = Looks(monkeypatch)
    best = match(SMALLER, time_limit=None, workers=1, params=params)
    total, looks.interrupts = looks.count, interrupts
    assert total > 10
    values = [tier.value for tier in best.tiers]
    for share in range(5):
        looks.count, looks.at = 0, total * share // 5
        matching = match(SMALLER, time_limit=None, workers=1, params=params)
        assert matching.provenance is not None
        limit = "interrupt" if interrupts else "time"
        proven = matching.status == "OPTIMAL"
        assert matching.provenance.limits_reached == (() if proven and not interrupts else (limit,))
        assert verify(SMALLER, matching).ok
        for found, least in zip(matching.tiers, values, strict=True):
            assert found.bound <= least
            assert found.bound <= found.value
            if found.value != least:
                break


@pytest.mark.parametrize(
    ("road", "phase"), [(road, phase) for road, phases in PHASES.items() for phase in phases]
)
def test_an_interrupt_in_any_phase_leaves_the_best_groups_so_far(road: str, phase: str) -> None:
    """A phase that cannot be stopped would keep somebody waiting before their screen."""
    params = SolveParams(large_round_students=400 if road == "plan" else 0)
    cancel, heard = Event(), []

    def listen(event: Progress) -> None:
        heard.append(event.phase)
        if event.phase == phase:
            cancel.set()

    matching = match(
        ROUND, time_limit=None, workers=1, progress=listen, cancel=cancel, params=params
    )
    assert phase in heard
    assert verify(ROUND, matching).ok
    assert matching.provenance is not None
    assert matching.provenance.limits_reached == ("interrupt",)
    if phase not in ("starting", "improved"):
        # Before, the best so far is that nobody has a group.
        assert matching.groups


def test_an_interrupt_while_the_answer_is_verified_returns_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What was not verified to its end does not come out."""
    monkeypatch.setattr(match_module, "verify", failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        match(TINY, time_limit=None)
