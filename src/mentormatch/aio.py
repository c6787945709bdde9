"""The long calls for programs that use `asyncio`: cancelling one ends its search.

Each has the arguments of the function of the same name, and runs it in a thread, so that the
event loop stays free::

    matching = await mentormatch.aio.match(problem, time_limit=30)
    matching = await asyncio.wait_for(mentormatch.aio.match(problem), timeout=30)

When the task is cancelled, the search is told to end, and `CancelledError` is raised once it has:
nothing goes on in secret. To keep the best so far, set a `cancel` event of your own instead.
A `progress` listener is called in threads of the search; `loop.call_soon_threadsafe` hands its
reports to the loop.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial, wraps
from threading import Event
from typing import Any, ParamSpec, TypeVar

from mentormatch import explain, operations, whatif
from mentormatch import replan as _replan
from mentormatch.solve import match as _match

__all__ = [
    "alternatives",
    "bottlenecks",
    "compare",
    "explain_infeasible",
    "explain_left_out",
    "frontier",
    "match",
    "perform",
    "priorities",
    "replan",
    "run_task",
]

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


def _awaitable(
    function: Callable[Arguments, Result],
) -> Callable[Arguments, Awaitable[Result]]:
    """Return a call of a function that takes `cancel`, as a coroutine."""

    @wraps(function)
    async def run(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Result:
        given: dict[str, Any] = dict(kwargs)
        if given.get("cancel") is None:
            given["cancel"] = Event()
        loop = asyncio.get_running_loop()
        running = loop.run_in_executor(None, partial(function, *args, **given))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            given["cancel"].set()
            await _ended(running)
            raise

    return run


async def _ended(running: asyncio.Future[Any]) -> None:
    """Wait for the end of what was cancelled, however often it is cancelled again."""
    while not running.done():
        try:
            await asyncio.wait([running])
        except asyncio.CancelledError:
            continue
    # Looked at, lest asyncio complain that nobody has.
    running.exception()


match = _awaitable(_match.match)
replan = _awaitable(_replan.replan)
frontier = _awaitable(_replan.frontier)
compare = _awaitable(whatif.compare)
alternatives = _awaitable(whatif.alternatives)
priorities = _awaitable(whatif.priorities)
bottlenecks = _awaitable(explain.bottlenecks)
explain_infeasible = _awaitable(explain.explain_infeasible)
explain_left_out = _awaitable(explain.explain_left_out)
perform = _awaitable(operations.perform)
run_task = _awaitable(operations.run_task)
