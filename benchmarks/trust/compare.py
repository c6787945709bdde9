"""What the roads must agree on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from benchmarks.trust.roads import ROADS, Reached, nobody_placed, prices_too_high, take
from benchmarks.trust.rounds import Drawn
from mentormatch import verify
from mentormatch.evaluate.cost import score

PRICE_DRAWS = 4


@dataclass
class Comparison:
    """What the roads said of one round: what is wrong, and what to count."""

    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def compare(drawn: Drawn, seed: int, roads: Collection[str] = ()) -> Comparison:
    """Solve a round by every road, or by those named, and hold the answers against each other."""
    found = Comparison()
    reached = {
        name: take(road, drawn.problem, seed=seed, seconds=drawn.seconds)
        for name, road in ROADS.items()
        if not roads or name in roads
    }
    for name, answer in reached.items():
        found.faults += [f"{name}: {fault}" for fault in _alone(name, answer, drawn)]
        _count(found.counts, name, answer, drawn)
    found.faults += _bracket(reached)
    known = [answer.values for answer in reached.values() if answer.values is not None]
    empty = score(drawn.problem, nobody_placed(drawn.problem))
    if not empty.hard:
        known.append(empty.values)
    unlike = sorted(set(known) | ({drawn.known} if drawn.known is not None else set()))
    found.faults += prices_too_high(drawn.problem, unlike, seed=seed, draws=PRICE_DRAWS)
    return found


def _alone(name: str, answer: Reached, drawn: Drawn) -> list[str]:
    """Return what is wrong with an answer by itself."""
    if answer.error is not None or answer.matching is None:
        return [answer.error or "no answer"]
    matching = answer.matching
    faults = list(answer.refused)
    if answer.values is None:
        if matching.status == "INFEASIBLE" and not drawn.impossible and drawn.known is not None:
            return ["infeasible, but there is a matching"]
        if drawn.seconds is None and matching.status == "UNKNOWN" and not ROADS[name].gives_up:
            return ["gave up without a limit"]
        return faults
    report = verify(drawn.problem, matching)
    if not report.ok:
        faults.append("does not pass verification")
    if tuple(report.tiers.values()) != answer.values:
        faults.append("states other values than it has")
    if drawn.impossible:
        faults.append("found a matching where there is none")
    if drawn.seconds is None and ROADS[name].complete and matching.status != "OPTIMAL":
        faults.append("proved nothing without a limit")
    if drawn.known is not None:
        if answer.values < drawn.known:
            faults.append(f"{answer.values} is better than the best, {drawn.known}")
        if matching.status == "OPTIMAL" and answer.values != drawn.known:
            faults.append(f"{answer.values} is called optimal, {drawn.known} is")
        if any(bound > value for bound, value in _pairs(answer, drawn.known)):
            faults.append(f"bounds {answer.bound(drawn.known)} above the best, {drawn.known}")
    return faults


def _bracket(reached: Mapping[str, Reached]) -> list[str]:
    """Return where the bound of one road lies above what another reached."""
    faults = []
    for name, answer in reached.items():
        for other, there in reached.items():
            if there.values is None or answer.matching is None:
                continue
            if answer.matching.status == "INFEASIBLE":
                faults.append(f"{name}: infeasible, but {other} found a matching")
            elif any(bound > value for bound, value in _pairs(answer, there.values)):
                faults.append(
                    f"{name}: bounds {answer.bound(there.values)} above what {other} reached, "
                    f"{there.values}"
                )
            elif (
                answer.values is not None
                and answer.matching.status == "OPTIMAL"
                and there.values < answer.values
            ):
                faults.append(
                    f"{name}: {answer.values} is called optimal, {other} reached {there.values}"
                )
    return faults


def _pairs(answer: Reached, values: tuple[int, ...]) -> list[tuple[int, int]]:
    return list(zip(answer.bound(values), values, strict=True))


def _count(counts: Counter[str], name: str, answer: Reached, drawn: Drawn) -> None:
    counts[f"{name}: {answer.matching.status if answer.matching else 'ERROR'}"] += 1
    if drawn.known is not None and answer.values == drawn.known:
        counts[f"{name}: best reached"] += 1
