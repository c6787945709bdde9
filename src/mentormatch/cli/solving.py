"""Running a match for somebody who watches a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mentormatch.cli.progress_line import ProgressLine
from mentormatch.cli.terminal import others_silenced
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem

if TYPE_CHECKING:
    from mentormatch.explain import (
        Infeasible,
    )


def solve(problem: Problem, *, time_limit: float, seed: int) -> Matching:
    """Match with a line of progress on standard error and no chatter of solvers."""
    with others_silenced() as screen, ProgressLine(screen, problem) as line:
        from mentormatch.solve.match import match

        return match(problem, time_limit=time_limit, seed=seed, progress=line)


def why_infeasible(problem: Problem, *, time_limit: float, seed: int) -> Infeasible | None:
    """Find hard rules that contradict each other and the ways out, with no solver's chatter."""
    with others_silenced():
        from mentormatch.explain import (
            explain_infeasible,
        )

        return explain_infeasible(problem, time_limit=time_limit, seed=seed)
