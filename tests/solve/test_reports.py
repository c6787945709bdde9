"""What a call tells while it runs, how it is cancelled, and when it is good enough."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Any

import pytest

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError
from mentormatch.evaluate.verify import verify
from mentormatch.explain import bottlenecks, explain_infeasible, explain_left_out
from mentormatch.progress import Progress
from mentormatch.replan import frontier, replan
from mentormatch.reporting import Reporting
from mentormatch.solve import component_search
from mentormatch.solve.match import match
from mentormatch.solve.search import Search
from mentormatch.solve.stop_when import StopWhen
from mentormatch.whatif import alternatives, compare, priorities, read_variant
from tests.support.build import mentors, problem, students
from tests.support.merged import merged

ROUND = problem(
    (
        *students("ann ben cat dan"),
        *students("eve fay gus hal", "wed-15"),
        *students("ivy", "fri-9"),
    ),
    (*mentors("mia"), *mentors("moe", "wed-15")),
    "tue-15 wed-15 fri-9",
    size=(2, 4),
)
STANDARD = ROUND.with_rules()


@pytest.fixture(scope="module")
def matched() -> Matching:
    """Return the matching of the round."""
    return match(STANDARD, time_limit=20)


CALLS: dict[str, Callable[..., Any]] = {
    "match": lambda round_, _, **how: match(round_, time_limit=10, **how),
    "replan": lambda round_, found, **how: replan(round_, found, time_limit=10, **how),
    "frontier": lambda round_, found, **how: frontier(round_, found, time_limit=10, **how),
    "compare": lambda round_, _, **how: compare(
        round_, [read_variant(round_, "min=3"), read_variant(round_, "max=5")], time_limit=5, **how
    ),
    "alternatives": lambda round_, found, **how: alternatives(round_, found, time_limit=5, **how),
    "priorities": lambda round_, found, **how: priorities(round_, found, time_limit=5, **how),
    "bottlenecks": lambda round_, found, **how: bottlenecks(
        round_, found, count=1, time_limit=3, **how
    ),
    "explain": lambda round_, found, **how: explain_left_out(round_, found, time_limit=2, **how),
    "infeasible": lambda round_, _, **how: explain_infeasible(round_, time_limit=5, **how),
}


@pytest.mark.parametrize("call", CALLS)
def test_every_long_call_numbers_its_reports_through(call: str, matched: Matching) -> None:
    """A reader can tell that it has missed none, over all searches of the call."""
    events: list[Progress] = []
    CALLS[call](STANDARD, matched, progress=events.append)
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    assert events
    assert [event.elapsed for event in events] == sorted(event.elapsed for event in events)
    assert [event.step for event in events] == sorted(event.step for event in events)


@pytest.mark.survives
@pytest.mark.parametrize("call", CALLS)
def test_every_long_call_ends_when_it_is_cancelled(call: str, matched: Matching) -> None:
    """A flag that is set ends all its searches; what there is by then is returned."""
    cancel = Event()
    cancel.set()
    found = CALLS[call](STANDARD, matched, cancel=cancel)
    if call == "compare":
        assert len(found.rows) == 1
    if call in ("alternatives", "priorities", "explain", "frontier"):
        assert not next(iter(found.model_dump(exclude={"format", "held", "give", "now"}).values()))


@pytest.mark.parametrize("call", CALLS)
def test_what_a_listener_raises_ends_every_long_call(call: str, matched: Matching) -> None:
    """The caller's own error comes back to the caller, and nothing goes on in secret."""

    def listener(event: Progress) -> None:
        raise LookupError("mine")

    with pytest.raises(LookupError, match="mine"):
        CALLS[call](STANDARD, matched, progress=listener)


def test_the_best_so_far_is_verified_and_costs_what_the_report_says() -> None:
    """A matching that is handed out on the way is as good as one at the end."""
    events: list[tuple[Progress, Matching | None]] = []
    match(STANDARD, progress=lambda event: events.append((event, event.matching())))
    better = [(event, best) for event, best in events if event.phase == "improved"]
    assert better
    for event, best in better:
        assert best is not None
        assert verify(STANDARD, best).ok
        assert event.value == best.tiers[0].value
        assert event.gap == best.tiers[0].gap


def test_the_best_so_far_of_a_round_in_components_is_of_all_of_them() -> None:
    """While components are searched by themselves, their groups are handed out together."""
    other = problem(students("x1 x2 x3 x4", "thu-9"), mentors("x5", "thu-9"), "thu-9", size=(2, 4))
    both = merged(ROUND, other)
    seen: list[Matching] = []

    def listener(event: Progress) -> None:
        best = event.matching()
        if best is not None:
            assert event.value == best.tiers[0].value
            seen.append(best)

    found = match(both, progress=listener)
    assert seen
    assert all(verify(both, one).ok for one in seen)
    assert seen[-1].placed == found.placed


def test_a_record_has_the_matching_on_request_where_it_got_better() -> None:
    """Other programs read records; most reports have no matching in them."""
    records: list[dict[str, Any]] = []
    match(STANDARD, progress=lambda event: records.append(event.record(matching=True)))
    assert {record["phase"] == "improved" for record in records if "matching" in record} == {True}
    assert all(record["format"] == "mentormatch/event/1" for record in records)
    last = [record for record in records if "matching" in record][-1]
    assert verify(STANDARD, Matching.from_data(last["matching"])).ok


def test_a_search_that_says_nothing_is_reported_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whoever watches a large round sees that it is alive in every phase."""
    heard = Event()
    events: list[Progress] = []

    def busy(search: Search, start: object = ()) -> None:
        search.begin()
        assert heard.wait(60)
        search.run()

    def listener(event: Progress) -> None:
        events.append(event)
        if len(events) >= 5:
            heard.set()

    monkeypatch.setattr(component_search, "search_round", busy)
    assert match(STANDARD, progress=listener).status == "OPTIMAL"
    assert [event.phase for event in events[:5]] == ["starting", "improved"] + ["starting"] * 3
    assert events[4].value == events[1].value


def test_nothing_is_reported_after_the_call() -> None:
    """A listener whose file is closed is not called any more."""
    events: list[Progress] = []
    with Reporting(events.append) as reporting:
        reporting.report(Progress("starting", None, None, None, 0.0))
    count = len(events)
    reporting.report(Progress("starting", None, None, None, 0.0))
    assert len(events) == count == 1


@pytest.mark.parametrize(
    ("stop", "gap", "since", "met"),
    [
        (StopWhen(), {1: 0, 2: 0}, 1e9, None),
        (StopWhen(gaps={1: 0}), {1: 1, 2: 0}, 0, None),
        (StopWhen(gaps={1: 0}), {1: 0, 2: 7}, 0, "gap"),
        (StopWhen(gaps={1: 0, 2: 5}), {1: 0, 2: 6}, 0, None),
        (StopWhen(gaps={1: 0, 2: 5}), {1: 0, 2: 5}, 0, "gap"),
        (StopWhen(proven_tiers=1), {1: 1, 2: 0}, 0, None),
        (StopWhen(proven_tiers=1), {1: 0, 2: 9}, 0, "proven_tiers"),
        (StopWhen(proven_tiers=2), {1: 0, 2: 9}, 0, None),
        (StopWhen(unimproved_seconds=3), {1: 5}, 2.9, None),
        (StopWhen(unimproved_seconds=3), {1: 5}, 3, "unimproved"),
    ],
)
def test_when_it_is_good_enough(
    stop: StopWhen, gap: dict[int, int], since: float, met: str | None
) -> None:
    """The table of the criteria, made by hand."""
    assert stop.met(gap, since) == met


@pytest.mark.parametrize(
    ("stop", "limit"),
    [
        (StopWhen(gaps={1: 1_000_000}), "gap"),
        (StopWhen(unimproved_seconds=0.01), "unimproved"),
    ],
)
def test_an_answer_says_which_criterion_ended_it(
    stop: StopWhen, limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither time nor an interrupt is blamed for what the caller asked for."""

    def endless(search: Search, start: object = ()) -> None:
        search.begin()
        search.quick()
        while not search.clock.expired():
            Event().wait(0.01)

    monkeypatch.setattr(component_search, "search_round", endless)
    cancel = Event()
    found = match(STANDARD, time_limit=None, stop=stop, cancel=cancel)
    assert found.status == "FEASIBLE"
    assert found.provenance is not None
    assert found.provenance.limits_reached == (limit,)
    assert not cancel.is_set()


def test_a_proven_answer_has_met_no_criterion() -> None:
    """A criterion that is met together with the proof cut nothing short."""
    found = match(STANDARD, stop=StopWhen(proven_tiers=99))
    assert found.status == "OPTIMAL"
    assert found.provenance is not None
    assert found.provenance.limits_reached == ()


def test_a_tier_that_there_is_not_is_refused() -> None:
    """A criterion of a misspelt tier would end the search at once, and unseen."""
    with pytest.raises(InputError, match="stop"):
        match(STANDARD, stop=StopWhen(gaps={77: 0}))


def test_a_problem_is_read_by_its_type() -> None:
    """The round of these tests has two tiers and more, or they would say little."""
    assert isinstance(STANDARD, Problem)
    assert len(STANDARD.tiers) >= 2
