"""Running a match for somebody who watches a terminal: one line tells how it is getting on."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, TextIO

from rich.progress import Progress as Bar
from rich.progress import SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from mentormatch.cli.answering import listener
from mentormatch.cli.terminal import console_on, others_silenced
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.progress import Progress
from mentormatch.text import visible

if TYPE_CHECKING:
    from mentormatch.explain import (
        Infeasible,
    )


def solve(problem: Problem, *, time_limit: float, seed: int) -> Matching:
    """Match with a line of progress on standard error and no chatter of solvers."""
    with others_silenced() as screen, ProgressLine(screen, problem) as line:
        from mentormatch.solve.match import match

        told = listener()

        def both(event: Progress) -> None:
            line(event)
            if told is not None:
                told(event)

        return match(problem, time_limit=time_limit, seed=seed, progress=both)


def why_infeasible(problem: Problem, *, time_limit: float, seed: int) -> Infeasible | None:
    """Find hard rules that contradict each other and the ways out, with no solver's chatter."""
    with others_silenced():
        from mentormatch.explain import (
            explain_infeasible,
        )

        return explain_infeasible(problem, time_limit=time_limit, seed=seed, progress=listener())


class ProgressLine:
    """Shows progress while it is entered; silent where nobody watches a terminal."""

    def __init__(self, stream: TextIO, problem: Problem) -> None:
        self._goals = goals_of(problem)
        self._bar = Bar(
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            TimeElapsedColumn(),
            console=console_on(stream),
            transient=True,
            disable=not stream.isatty(),
        )
        self._task: TaskID | None = None

    def __enter__(self) -> ProgressLine:
        # A line that is disabled still ends with a line's end in older versions of rich.
        if not self._bar.disable:
            self._bar.start()
            self._task = self._bar.add_task("starting", total=None)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if not self._bar.disable:
            self._bar.stop()

    def __call__(self, event: Progress) -> None:
        """Show what an event says."""
        if self._task is not None:
            self._bar.update(self._task, description=visible(in_words(event, self._goals)))


def goals_of(problem: Problem) -> Mapping[int, str]:
    """Return what each tier asks, in a few words."""
    return {tier: problem.tier_name(tier) for tier in problem.tiers}


def in_words(event: Progress, goals: Mapping[int, str]) -> str:
    """Return what an event says, in one line."""
    parts: list[str] = [event.phase]
    if event.tier is not None:
        parts.append(goals.get(event.tier, f"tier {event.tier}"))
    if event.value is not None:
        parts.append(f"{event.value}")
    if event.bound is not None and event.bound != event.value:
        parts.append(f"not below {event.bound}")
    elif event.value is not None and event.bound is not None:
        parts.append("proven")
    return " \N{MIDDLE DOT} ".join(parts)
