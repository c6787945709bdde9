"""What moving nobody, one person, two, ... would gain, each proven: a frontier to choose from.

An epsilon-constraint method on the number of people moved: for each limit the round's tiers are
optimised anew, warm-started from the row before. Reference: Y. Haimes, L. Lasdon and D. Wismer, On
a bicriterion formulation of the problems of integrated system identification and system
optimization, 1971, doi:10.1109/TSMC.1971.4308298.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from threading import Event
from time import monotonic
from typing import Literal

from pydantic import Field

from mentormatch.data.calendar import Instant
from mentormatch.data.documents import JsonDocument
from mentormatch.data.matching import Matching, TierResult
from mentormatch.data.people import Identifier, Noun
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import solution_of
from mentormatch.progress import ProgressListener
from mentormatch.replan.changes import Changes
from mentormatch.replan.events import AnyEvent, apply_events
from mentormatch.replan.policy import Policy
from mentormatch.replan.replan import Replan, replan
from mentormatch.replan.staying_problem import earlier_groups
from mentormatch.reporting import Reporting
from mentormatch.rules import Stay

FRONTIER_FORMAT: Literal["mentormatch/frontier/1"] = "mentormatch/frontier/1"

MOST_ROWS = 20
"""Rows at most, unless more are asked for."""


class FrontierRow(Noun):
    """The best that is possible if no more than so many students are moved."""

    most_moved: int
    moved: tuple[Identifier, ...] = Field(
        description="Students moved to another group, as the rule `stay` counts them."
    )
    gained: tuple[Identifier, ...] = Field(description="People who have a group and had none.")
    lost: tuple[Identifier, ...] = Field(description="People who had a group and have none.")
    tiers: tuple[TierResult, ...] = Field(description="The round's own tiers, with their bounds.")
    proven: bool
    matching: Matching
    changes: Changes

    def __str__(self) -> str:
        tiers = ", ".join(f"{tier.name}: {tier.value}" for tier in self.tiers)
        lines = [f"{len(self.moved)} moved to another group; {tiers}"]
        lines += [f"  {line}" for line in str(self.changes).splitlines()]
        return "\n".join(lines)


class Frontier(JsonDocument):
    """Rows from moving nobody to where moving more people gains nothing more."""

    format: Literal["mentormatch/frontier/1"] = FRONTIER_FORMAT
    rows: tuple[FrontierRow, ...]
    complete: bool = Field(
        description="Whether it is proven that moving more people gains nothing more."
    )

    def __str__(self) -> str:
        lines = ["moved  gain a place  lose one  tiers"]
        for row in self.rows:
            tiers = ", ".join(
                f"{tier.value}" if tier.proven else f"{tier.value} (at least {tier.bound})"
                for tier in row.tiers
            )
            lines.append(f"{len(row.moved):>5}  {len(row.gained):>12}  {len(row.lost):>8}  {tiers}")
        if not self.complete:
            lines.append("Moving more people could gain more.")
        return "\n".join(lines)


def frontier(
    problem: Problem,
    previous: Matching,
    *,
    events: Sequence[AnyEvent] | None = None,
    now: Instant | None = None,
    used_ids: Collection[str] = (),
    frozen: tuple[str, ...] = (),
    most_rows: int = MOST_ROWS,
    time_limit: float | None = 60.0,
    seed: int = 0,
    progress: ProgressListener | None = None,
    cancel: Event | None = None,
) -> Frontier:
    """Return what each number of people moved would gain at best.

    In every row, those who had a group keep one as far as that is possible, then the round's
    tiers are as good as they can be. Rows that gain nothing over the one before are left out.

    Parameters
    ----------
    problem
        The round as it is now.
    previous
        The matching that people know.
    events, now, used_ids
        As for :func:`mentormatch.replan.replan`.
    frozen
        People who must not be moved at all.
    most_rows
        Rows after which to stop.
    time_limit
        Seconds for all rows together, or None for as long as it takes.
    seed
        Seed of the searches.
    progress
        Called with progress reports of all solves, at least once a second.
    cancel
        Set it from another thread to stop; what was found by then is returned.
    """
    until = None if time_limit is None else monotonic() + time_limit

    def found_with(most: int | None, limit: float | None) -> Replan:
        return replan(
            problem,
            previous,
            events=events,
            policy=Policy(order=("places",), frozen=frozen, most_moved=most),
            now=now,
            used_ids=used_ids,
            time_limit=limit,
            seed=seed,
            progress=reporting.next_step(),
            cancel=reporting.cancel,
        )

    after = problem if events is None else apply_events(problem, previous, events).problem
    with Reporting(progress, cancel) as reporting:
        best = found_with(None, _left(until, 3))
        if best.status == "INFEASIBLE":
            return Frontier(rows=(), complete=True)
        rows: list[FrontierRow] = []
        last: Replan | None = None
        most = 0
        complete = False
        while len(rows) < most_rows:
            left = _left(until, 2)
            if reporting.cancelled or (left is not None and left <= 0):
                break
            found = found_with(most, left)
            if found.status in ("OPTIMAL", "FEASIBLE"):
                if last is None or _worth(found) < _worth(last):
                    rows.append(_as_row(previous, found, _moved(after, previous, found), most))
                    last = found
                if best.status != "UNKNOWN" and _worth(found) <= _worth(best):
                    complete = found.status == best.status == "OPTIMAL"
                    break
            most += 1
            if most > sum(len(one.students) for one in previous.groups):
                # Nobody is left to be moved.
                complete = found.status == "OPTIMAL"
                break
        return Frontier(rows=tuple(rows), complete=complete)


def _left(until: float | None, share: int) -> float | None:
    return None if until is None else max(0.0, until - monotonic()) / share


def _moved(problem: Problem, previous: Matching, found: Replan) -> tuple[str, ...]:
    """Return the students who are moved, as the rule `stay` counts them."""
    stay = Stay(groups=earlier_groups(previous.groups))
    solution = solution_of(problem, found.matching)
    return tuple(sorted({one.people[0] for one in stay.violations(problem.round, solution)}))


def _as_row(previous: Matching, found: Replan, moved: tuple[str, ...], most: int) -> FrontierRow:
    had, has = _placed(previous), _placed(found.matching)
    here = {one.person for one in found.changes.people if one.what != "left"}
    return FrontierRow(
        most_moved=most,
        moved=moved,
        gained=tuple(sorted(has - had)),
        lost=tuple(sorted((had - has) & here)),
        tiers=found.tiers,
        proven=found.status == "OPTIMAL",
        matching=found.matching,
        changes=found.changes,
    )


def _placed(matching: Matching) -> set[str]:
    """Return everybody who has a group, mentors too."""
    return {one for group in matching.groups for one in (*group.students, *group.mentors)}


def _worth(found: Replan) -> tuple[int, ...]:
    """Return what a row costs: places lost, then the round's tiers."""
    places = [one.value for one in found.measures if one.measure == "places"]
    return (*places, *(tier.value for tier in found.tiers))
