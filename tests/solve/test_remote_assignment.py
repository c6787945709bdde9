"""Templates that are dealt side by side, by an executor."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

from mentormatch.data.problem import Problem
from mentormatch.rules import CommonSlot, KeepApart
from mentormatch.solve.assign.assign_to_groups import assign_to_groups
from mentormatch.solve.backend.clock import Clock
from mentormatch.solve.instance.compiled import Compiled, compile_problem
from mentormatch.solve.instance.opening import Opening
from mentormatch.solve.plan.blocks import GroupBlock
from mentormatch.solve.plan.model import Plan, PlannedBlock
from tests.support.build import mentors, problem, students

APART = ("ana", "bo", "cai")
BOTH = "tue-15 wed-15"


def three_columns() -> tuple[Compiled, Plan]:
    """Return a plan with a single group, one that can be dealt, and one that cannot.

    Of the three who must not meet, two groups hold two.
    """
    made: Problem = problem(
        students("ana bo cai dee eli fay gus", BOTH),
        mentors("mia noa oli pat quy", BOTH),
        BOTH,
        CommonSlot(),
        KeepApart(sets=(APART,)),
    )
    compiled = compile_problem(made, 0)
    place = compiled.round_.position

    def planned(template: int, groups: int, names: str) -> PlannedBlock:
        people = tuple(sorted(place[name] for name in names.split()))
        return PlannedBlock(GroupBlock(template, groups), people, groups, (0,))

    columns = (
        planned(0, 2, "dee eli fay mia noa"),
        planned(0, 1, "gus quy"),
        planned(1, 2, "ana bo cai oli pat"),
    )
    return compiled, Plan(columns, (0,))


def test_an_executor_deals_as_is_dealt_here() -> None:
    """What is short stays short, and every group is where it was planned."""
    compiled, plan = three_columns()
    here = assign_to_groups(compiled, plan, Clock(None), 0)
    with ThreadPoolExecutor(2) as pool:
        assert assign_to_groups(compiled, plan, Clock(None), 0, pool) == here
    openings, short = here
    gus, quy = (compiled.round_.position[name] for name in ("gus", "quy"))
    assert short == {1}
    assert [one.template for one in openings] == [0, 0, 0, 1, 1]
    assert openings[2] == Opening(0, (gus, quy))
    # One of the three who must not meet is left out, and nobody else.
    assert sum(len(one.people) for one in openings) == 5 + 2 + 4


class Idle(Executor):
    """Takes everything and begins nothing."""

    def __init__(self) -> None:
        self.given: list[Future[Any]] = []

    def submit(self, function: Callable[..., Any], /, *_: object, **__: object) -> Future[Any]:
        """Take one."""
        self.given.append(Future())
        return self.given[-1]


def test_deals_that_did_not_begin_in_time_are_called_off() -> None:
    """They would keep a pool busy with what nobody waits for."""
    compiled, plan = three_columns()
    idle = Idle()
    openings, short = assign_to_groups(compiled, plan, Clock(0.0), 0, idle)
    assert [one.template for one in openings] == [0]
    assert short == {0, 1}
    assert [one.cancelled() for one in idle.given] == [True, True]
