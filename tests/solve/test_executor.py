"""Searches in other processes and on a cluster: the same answer, whatever happens to them."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from os import _exit
from threading import Event, Timer
from typing import Any, TypeVar

import pytest
from distributed import Client, LocalCluster

from mentormatch import SolveParams, match, synthetic, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.solve import component_search, search
from mentormatch.solve.backend import remote
from mentormatch.solve.backend.cpsat import SearchStrategy
from mentormatch.solve.backend.remote import Task
from tests.support.merged import by_language

T = TypeVar("T")


@pytest.fixture(scope="module")
def problem() -> Problem:
    """Return a round whose plan takes searches."""
    return synthetic.generate(40, seed=1)


SEARCHED = SolveParams(tree_min_variables=10**9)
"""Leave the proof to searches, which are what is sent away."""


@pytest.fixture(scope="module")
def usual(problem: Problem) -> Matching:
    """Return the answer without an executor."""
    return match(problem, time_limit=None, params=SEARCHED)


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
    found = match(problem, time_limit=None, executor=processes, params=SEARCHED)
    assert groups(found) == groups(usual)
    assert verify(problem, found).ok


def test_a_cluster_gives_the_same_matching(
    problem: Problem, usual: Matching, several: Problem, several_usual: Matching
) -> None:
    """A round may be larger than one machine has processors for; its parts are sent whole."""
    with (
        LocalCluster(  # type: ignore[no-untyped-call]  # distributed leaves it untyped
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
        ) as cluster,
        Client(cluster) as client,  # type: ignore[no-untyped-call]  # likewise
    ):
        found = match(problem, time_limit=None, executor=client.get_executor(), params=SEARCHED)
        found_in_parts = match(several, time_limit=None, executor=client.get_executor())
    assert groups(found) == groups(usual)
    assert groups(found_in_parts) == groups(several_usual)


def test_the_executor_is_given_the_searches(problem: Problem, usual: Matching) -> None:
    """Or the tests beside this one would hold though nothing was sent away."""
    with Counting(2) as pool:
        found = match(problem, time_limit=None, executor=pool, params=SEARCHED)
    assert pool.given >= len(usual.tiers) - 1
    assert groups(found) == groups(usual)


def test_three_ways_are_raced_by_an_executor(problem: Problem, usual: Matching) -> None:
    """Where the first search of the whole is too short, the portfolio that follows is sent away."""
    short = replace(SEARCHED, plan_effort=0.01)
    with Counting(2) as pool:
        found = match(problem, time_limit=None, executor=pool, params=short)
    assert pool.given > 2 * len(usual.tiers)
    assert [tier.value for tier in found.tiers] == [tier.value for tier in usual.tiers]
    assert found.status == "OPTIMAL"


def test_an_executor_that_was_shut_down_is_done_without(
    problem: Problem, usual: Matching, processes: Executor
) -> None:
    """A caller who closed a pool too early still gets an answer."""
    processes.shutdown()
    found = match(problem, time_limit=None, executor=processes, params=SEARCHED)
    assert groups(found) == groups(usual)


def dies(_: Task) -> object:
    """End the process as the system does when memory runs out."""
    _exit(1)


def test_a_worker_that_dies_costs_time_and_nothing_else(
    problem: Problem,
    usual: Matching,
    processes: ProcessPoolExecutor,
) -> None:
    """A search in a process that is killed is done again here."""
    broken = processes.submit(dies, Task("", 0, None, None, SearchStrategy()))
    with pytest.raises(BrokenProcessPool):
        broken.result()
    found = match(problem, time_limit=None, executor=processes, params=SEARCHED)
    assert groups(found) == groups(usual)


def test_a_time_limit_holds_for_searches_elsewhere(problem: Problem) -> None:
    """What was sent away is not waited for once the time is over."""
    with Counting(1) as pool:
        found = match(problem, time_limit=0.2, executor=pool, params=SEARCHED)
    assert found.status in ("FEASIBLE", "OPTIMAL")
    assert verify(problem, found).ok


@pytest.fixture(scope="module")
def several() -> Problem:
    """Return a round of three languages of which nobody speaks two."""
    return by_language(24, 16, 20)


@pytest.fixture(scope="module")
def several_usual(several: Problem) -> Matching:
    """Return its answer without an executor."""
    found = match(several, time_limit=None)
    assert found.status == "OPTIMAL"
    return found


def test_processes_search_the_parts_of_a_round(
    several: Problem, several_usual: Matching, processes: Executor
) -> None:
    """A part in another process is the same part."""
    found = match(several, time_limit=None, executor=processes)
    assert groups(found) == groups(several_usual)
    assert verify(several, found).ok


def test_each_part_is_given_to_the_executor(several: Problem, several_usual: Matching) -> None:
    """Each once, and nothing besides: its searches run where it runs."""
    with Counting(2) as pool:
        found = match(several, time_limit=None, executor=pool)
    assert pool.given == 3
    assert groups(found) == groups(several_usual)


def test_parts_that_a_closed_or_broken_pool_does_not_take_are_searched_here(
    several: Problem, several_usual: Matching, processes: ProcessPoolExecutor
) -> None:
    """A caller still gets an answer, and the same."""
    broken = processes.submit(dies, Task("", 0, None, None, SearchStrategy()))
    with pytest.raises(BrokenProcessPool):
        broken.result()
    assert groups(match(several, time_limit=None, executor=processes)) == groups(several_usual)
    processes.shutdown()
    assert groups(match(several, time_limit=None, executor=processes)) == groups(several_usual)


class Losing(Counting):
    """An executor that fails at every second call with an error of its own."""

    def submit(
        self, function: Callable[..., T], /, *arguments: object, **named: object
    ) -> Future[T]:
        """Take one, and lose it or not."""
        if self.given % 2:
            self.given += 1
            lost: Future[T] = Future()
            lost.set_exception(ArithmeticError("a cluster's own"))
            return lost
        return super().submit(function, *arguments, **named)


def test_parts_and_searches_that_are_lost_one_by_one_are_done_here(
    several: Problem, several_usual: Matching, problem: Problem, usual: Matching
) -> None:
    """Clusters tell in errors of their own of workers that died again and again."""
    with Losing(2) as pool:
        assert groups(match(several, time_limit=None, executor=pool)) == groups(several_usual)
        found = match(problem, time_limit=None, executor=pool, params=SEARCHED)
        assert groups(found) == groups(usual)


@pytest.mark.survives
def test_a_part_that_fails_elsewhere_and_here_is_told(
    several: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a failure with the groups found until then, and not as an answer."""

    def broken(*given: object) -> object:
        raise IndexError

    monkeypatch.setattr(search, "plan_model", broken)
    with Counting(2) as pool:
        found = match(several, time_limit=None, executor=pool)
    assert found.provenance is not None
    assert found.provenance.limits_reached == ("failure",)
    assert verify(several, found).ok


def test_time_and_interrupts_end_the_wait_for_parts(several: Problem) -> None:
    """A pool that never begins does not keep anybody waiting; the first groups come back."""
    hold, cancel = Event(), Event()
    with Counting(1) as pool:
        pool.submit(hold.wait)
        late = match(several, time_limit=0.3, executor=pool)
        Timer(0.3, cancel.set).start()
        stopped = match(several, time_limit=None, executor=pool, cancel=cancel)
        hold.set()
    for found, limit in ((late, "time"), (stopped, "interrupt")):
        assert found.provenance is not None
        assert found.provenance.limits_reached == (limit,)
        assert found.groups
        assert verify(several, found).ok


def test_what_is_sent_away_of_a_part_names_nobody(
    several: Problem, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cluster may be somebody else's, and logs what it failed to do."""
    sent: list[bytes] = []
    begin = remote.submitted

    def listen(executor: Executor, function: Any, tasks: Any) -> Any:
        sent.extend(pickle.dumps(task) for task in tasks)
        return begin(executor, function, tasks)

    monkeypatch.setattr(component_search, "submitted", listen)
    with Counting(2) as pool:
        match(several, time_limit=None, executor=pool)
    assert len(sent) == 3
    for person in several.round.people:
        assert not any(person.id.encode() in data for data in sent)
        assert person.department is not None
        assert not any(person.department.encode() in data for data in sent)
