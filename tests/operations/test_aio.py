"""Searches in a program that uses asyncio."""

from __future__ import annotations

import asyncio
from threading import Event
from typing import Any

import pytest

from mentormatch import aio
from mentormatch.data.problem import Problem
from mentormatch.operations import Envelope
from mentormatch.progress import Progress
from mentormatch.solve import component_search
from mentormatch.solve.search import Search

Data = dict[str, Any]


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> list[Search]:
    """Make every search go on until it is told to end; return those that have ended."""
    ended: list[Search] = []

    def search_round(search: Search, start: object = ()) -> None:
        search.begin()
        while not search.clock.expired():
            Event().wait(0.01)
        ended.append(search)

    monkeypatch.setattr(component_search, "search_round", search_round)
    return ended


def test_a_search_that_is_awaited_leaves_the_loop_free(round_data: Data) -> None:
    """Two at once, and the listener's reports come to the loop."""
    problem = Problem.from_data(round_data)

    async def both() -> tuple[str, Envelope, list[Progress]]:
        events: list[Progress] = []
        loop = asyncio.get_running_loop()
        found, envelope = await asyncio.gather(
            aio.match(problem, progress=lambda e: loop.call_soon_threadsafe(events.append, e)),
            aio.perform("precheck", {"problem": round_data}),
        )
        await asyncio.sleep(0)
        return found.status, envelope, events

    status, envelope, events = asyncio.run(both())
    assert (status, envelope.status) == ("OPTIMAL", "done")
    assert events


@pytest.mark.survives
def test_cancelling_ends_the_search(round_data: Data, endless: list[Search]) -> None:
    """By the time that the caller goes on, the search has ended."""
    problem = Problem.from_data(round_data)

    async def cancelled() -> int:
        begun = asyncio.Event()
        loop = asyncio.get_running_loop()
        task = asyncio.ensure_future(
            aio.match(
                problem,
                time_limit=None,
                progress=lambda _: loop.call_soon_threadsafe(begun.set),
            )
        )
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        return len(endless)

    assert asyncio.run(cancelled()) == 1


@pytest.mark.survives
def test_a_time_out_of_the_loop_ends_the_search(round_data: Data, endless: list[Search]) -> None:
    """`asyncio.wait_for` is how programs limit what they await."""
    problem = Problem.from_data(round_data)

    async def late() -> int:
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(aio.match(problem, time_limit=None), timeout=0.05)
        return len(endless)

    assert asyncio.run(late()) == 1


def test_bad_input_is_the_same_error(round_data: Data) -> None:
    """What the function raises is raised where it is awaited."""
    from mentormatch.errors import InputError

    problem = Problem.from_data(round_data)

    async def wrong() -> None:
        await aio.match(problem, seed=-(2**70))

    with pytest.raises(InputError, match="seed"):
        asyncio.run(wrong())
