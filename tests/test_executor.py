"""Searches in other processes and on a cluster: the same answer, whatever happens to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from os import _exit
from typing import TypeVar

import pytest
from distributed import Client, LocalCluster

from mentormatch import match, synthetic, verify
from mentormatch.matching import Matching
from mentormatch.problem import Problem
from mentormatch.solve import tiers
from mentormatch.solve.cpsat import Way
from mentormatch.solve.elsewhere import Task

T = TypeVar("T")


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Return a round whose plan takes searches."""
    return synthetic.generate(40, seed=1)


@pytest.fixture(scope="module", autouse=True)
def _searched() -> Iterator[None]:
    """Leave the proof to searches, which are what is sent away."""
    with pytest.MonkeyPatch.context() as changed:
        changed.setattr(tiers, "SMALL", 10**9)
        yield


@pytest.fixture(scope="module")
def usual(problem: Problem) -> Matching:
    """Return the answer without an executor."""
    return match(problem, time_limit=None)


@pytest.fixture
def processes() -> Iterator[Executor]:
    """Yield two processes."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        yield pool


class Counting(ThreadPoolExecutor):
    """An executor that remembers how much it was given."""

    given = 0

    def submit(
        self, function: Callable[..., T], /, *arguments: object, **named: object
    ) -> Future[T]:
        """Take one."""
        self.given += 1
        return super().submit(function, *arguments, **named)


def groups(matching: Matching) -> object:
    """Return all of a matching that does not tell of time."""
    return matching.model_dump(
        exclude={"provenance": {"seconds"}, "tiers": {"__all__": {"seconds"}}}
    )


def test_processes_give_the_same_matching(
    problem: Problem, usual: Matching, processes: Executor
) -> None:
    """Where a search runs may not decide who meets whom."""
    found = match(problem, time_limit=None, executor=processes)
    assert groups(found) == groups(usual)
    assert verify(problem, found).ok


def test_a_cluster_gives_the_same_matching(problem: Problem, usual: Matching) -> None:
    """A round may be larger than one machine has processors for."""
    with (
        LocalCluster(  # type: ignore[no-untyped-call]  # distributed leaves it untyped
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]  # likewise
    ):
        found = match(problem, time_limit=None, executor=client.get_executor())
    assert groups(found) == groups(usual)


def test_the_executor_is_given_the_searches(problem: Problem, usual: Matching) -> None:
    """Or the tests beside this one would hold though nothing was sent away."""
    with Counting(2) as pool:
        found = match(problem, time_limit=None, executor=pool)
    assert pool.given >= len(usual.tiers) - 1
    assert groups(found) == groups(usual)


def test_three_ways_are_raced_by_an_executor(
    problem: Problem, usual: Matching, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first search of the whole is too short, the race that follows is sent away."""
    monkeypatch.setattr(tiers, "EFFORT", 0.01)
    with Counting(2) as pool:
        found = match(problem, time_limit=None, executor=pool)
    assert pool.given > 2 * len(usual.tiers)
    assert [tier.value for tier in found.tiers] == [tier.value for tier in usual.tiers]
    assert found.status == "OPTIMAL"


def test_an_executor_that_was_shut_down_is_done_without(
    problem: Problem, usual: Matching, processes: Executor
) -> None:
    """A caller who closed a pool too early still gets an answer."""
    processes.shutdown()
    assert groups(match(problem, time_limit=None, executor=processes)) == groups(usual)


def dies(_: Task) -> object:
    """End the process as the system does when memory runs out."""
    _exit(1)


def test_a_worker_that_dies_costs_time_and_nothing_else(
    problem: Problem,
    usual: Matching,
    processes: ProcessPoolExecutor,
) -> None:
    """A search in a process that is killed is done again here."""
    broken = processes.submit(dies, Task("", 0, None, None, Way()))
    with pytest.raises(BrokenProcessPool):
        broken.result()
    assert groups(match(problem, time_limit=None, executor=processes)) == groups(usual)


def test_a_time_limit_holds_for_searches_elsewhere(problem: Problem) -> None:
    """What was sent away is not waited for once the time is over."""
    with Counting(1) as pool:
        found = match(problem, time_limit=0.2, executor=pool)
    assert found.status in ("FEASIBLE", "OPTIMAL")
    assert verify(problem, found).ok
