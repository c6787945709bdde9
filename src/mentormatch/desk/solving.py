"""Having the rest solved while the coordinator looks on."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Literal

from mentormatch.data.matching import Matching, TierResult
from mentormatch.desk.parts import Part, parts_of
from mentormatch.desk.state import State
from mentormatch.errors import MentorMatchError
from mentormatch.progress import Progress
from mentormatch.replan import ChangeTier, Policy, replan
from mentormatch.replan.identity import inherit_ids
from mentormatch.solve.match import match

Mode = Literal["least", "best"]
"""Change as little as possible, or match as if nobody had been told yet."""

Stage = Literal["running", "done", "failed"]


@dataclass(frozen=True)
class Proposal:
    """Groups that a search proposes.

    Attributes
    ----------
    status
        As of a matching.
    matching
        The groups; none if there are none that keep the hard rules and the locks.
    measures
        What changes, by what is worth most, each with the least possible.
    tiers
        The round's own tiers.
    parts
        What can be taken by itself.
    """

    status: str
    matching: Matching
    measures: tuple[ChangeTier, ...]
    tiers: tuple[TierResult, ...]
    parts: tuple[Part, ...]


@dataclass
class Solve:
    """One search from a state, in a thread of its own.

    Attributes
    ----------
    state
        The state from which it began.
    revision
        Its number; a proposal is for this one.
    """

    state: State
    revision: int
    mode: Mode
    seconds: float
    stage: Stage = "running"
    events: list[Progress] = field(default_factory=list)
    proposal: Proposal | None = None
    failure: str = ""
    cancel: Event = field(default_factory=Event)

    def begin(self) -> None:
        """Begin to search."""
        # A search that is still running when the desk is closed must not keep the program.
        Thread(target=self._run, name="desk-solve", daemon=True).start()

    def stop(self) -> None:
        """End the search; the best groups so far are proposed."""
        self.cancel.set()

    def _take(self, event: Progress) -> None:
        self.events.append(event)

    def _run(self) -> None:
        try:
            self.proposal = self._solved()
            self.stage = "done"
        except MentorMatchError as error:
            self.stage, self.failure = "failed", str(error)
        except Exception as error:  # noqa: BLE001  # Nobody else would see it in a thread.
            # Its text may name people.
            self.stage, self.failure = "failed", type(error).__name__

    def _solved(self) -> Proposal:
        problem, before = self.state.locked(), self.state.matching
        if self.mode == "least":
            found = replan(
                problem,
                before,
                policy=Policy(),
                time_limit=self.seconds,
                progress=self._take,
                cancel=self.cancel,
            )
            return Proposal(
                found.status,
                found.matching,
                found.measures,
                found.tiers,
                parts_of(before, found.matching) if found.matching.groups else (),
            )
        anew = match(problem, time_limit=self.seconds, progress=self._take, cancel=self.cancel)
        if anew.groups:
            anew = inherit_ids(anew, before, [group.id for group in before.groups])
        parts = parts_of(before, anew) if anew.groups else ()
        return Proposal(anew.status, anew, (), anew.tiers, parts)
