"""The store and its queue, on SQLite and on PostgreSQL."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mentormatch.errors import InputError
from mentormatch.service.store import Lease, NewJob, Outcome, QueueFullError, Store

LONG, GONE = 60.0, -1.0
"""Seconds of a lease: one that holds, and one that has run out already."""


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """Return an empty store."""
    made = Store(address, max_waiting=500)
    yield made
    made.close()


def new(name: str) -> NewJob:
    """Return a job that asks for nothing real."""
    return NewJob(id=name, kind="match", request="{}", client="me", people=1, seconds=1.0)


def taken(store: Store, worker: str = "a", seconds: float = LONG) -> Lease:
    """Take a job that must be there."""
    lease = store.queue.take(worker, seconds)
    assert lease is not None
    return lease


def done(*, proven: bool = True, best: str | None = None) -> Outcome:
    """Return how a job ends well."""
    return Outcome("done", '{"status": "done"}', "done", proven=proven, best=best)


def test_asking_twice_is_one_job(store: Store) -> None:
    """At the same moment as well."""
    with ThreadPoolExecutor(8) as pool:
        queued = [made for _, made in pool.map(lambda _: store.add(new("x")), range(16))]
    assert sum(queued) == 1
    assert store.counts()["queued"] == 1
    assert [event.kind for event in store.events("x", after=0)] == ["queued"]


def test_each_job_is_taken_by_one_worker(store: Store) -> None:
    """However many ask at once."""
    names = [f"job{number:02}" for number in range(24)]
    for name in names:
        store.add(new(name))

    def take_all(worker: str) -> list[str]:
        found = []
        while (lease := store.queue.take(worker, LONG)) is not None:
            found.append(lease.job)
        return found

    with ThreadPoolExecutor(6) as pool:
        found = [name for each in pool.map(take_all, "abcdef") for name in each]
    assert sorted(found) == names


def test_the_job_that_waits_longest_is_taken_first(store: Store) -> None:
    """A queue and not a heap."""
    for name in ("b", "a", "c"):
        store.add(new(name))
    assert [taken(store).job for _ in range(3)] == ["b", "a", "c"]
    assert store.queue.take("a", LONG) is None


def test_the_job_of_a_silent_worker_is_taken_up_again_from_its_best(store: Store) -> None:
    """And nothing that the silent one says later counts."""
    store.add(new("x"))
    first = taken(store, "a", GONE)
    assert store.queue.record(first, [{"value": 3}], "best of a")
    second = taken(store, "b")
    assert (second.best, second.attempt, second.lost) == ("best of a", 2, 1)
    assert not store.queue.record(first, [{"value": 2}], "late")
    assert store.queue.renew([first], LONG) == (set(), set())
    assert not store.queue.finish(first, done())
    assert not store.queue.give_back(first)
    assert store.queue.finish(second, done())
    assert not store.queue.finish(second, done())
    assert [action for action, _, _ in store.audit("x")].count("finished") == 1
    assert [event.number for event in store.events("x", after=0)] == [1, 2, 3, 4, 5]


def test_a_lease_that_is_renewed_stays(store: Store) -> None:
    """A sign of life counts from then on."""
    store.add(new("x"))
    lease = taken(store, "a", GONE)
    assert store.queue.renew([lease], LONG) == ({"x"}, set())
    assert store.queue.take("b", LONG) is None


def test_a_job_that_is_given_back_keeps_its_place_and_its_best(store: Store) -> None:
    """A worker that is told to stop loses nothing."""
    store.add(new("x"))
    store.add(new("y"))
    lease = taken(store)
    store.queue.record(lease, [], "best")
    assert store.queue.give_back(lease)
    again = taken(store, "b")
    assert (again.job, again.best, again.lost) == ("x", "best", 0)


def test_who_ends_a_job_tells_its_worker(store: Store) -> None:
    """With the next sign of life; one that waits is told when it is taken."""
    store.add(new("x"))
    lease = taken(store)
    store.add(new("y"))
    for name in ("x", "y"):
        asked = store.cancel(name, "me")
        assert asked is not None
        assert asked.cancelled
    assert store.queue.renew([lease], LONG) == ({"x"}, {"x"})
    assert taken(store).cancelled
    assert store.cancel("nobody", "me") is None


def test_what_is_proven_is_never_searched_for_again(store: Store) -> None:
    """What rests on a limit is, when it is old or somebody insists; from its best."""
    for name, proven in (("proven", True), ("limited", False)):
        store.add(new(name))
        store.queue.finish(taken(store), done(proven=proven, best="best"))
    assert not store.add(new("proven"), again=True)[1]
    assert not store.add(new("limited"))[1]
    assert store.result("limited") is not None
    job, queued = store.add(new("limited"), again=True)
    assert (queued, job.status) == (True, "queued")
    assert store.result("limited") is None
    assert taken(store).best == "best"


def test_old_results_that_rest_on_a_limit_are_not_given_again(address: str) -> None:
    """A time limit says what was found that day on that machine."""
    store = Store(address, fresh_seconds=-1)
    store.add(new("limited"))
    store.queue.finish(taken(store), done(proven=False))
    assert store.add(new("limited"))[1]
    store.close()


@pytest.mark.parametrize("status", ["failed", "cancelled"])
def test_a_job_that_came_to_nothing_is_tried_again_when_asked_for(
    store: Store, status: str
) -> None:
    """Whatever went wrong may be right by now."""
    store.add(new("x"))
    outcome = Outcome(status, "{}", status, proven=False)  # type: ignore[arg-type]
    store.queue.finish(taken(store), outcome)
    assert store.add(new("x"))[1]


def test_what_ended_long_ago_is_deleted_with_all_that_belongs_to_it(store: Store) -> None:
    """What waits or runs is not; of what is deleted the audit alone knows."""
    for name in ("old", "waits"):
        store.add(new(name))
    store.queue.finish(taken(store), done(best="best"))
    assert store.purge(3600) == 0
    assert store.purge(-1) == 1
    assert store.job("old") is None
    assert store.request("old") is None
    assert store.result("old") is None
    assert store.events("old", after=0) == []
    assert store.job("waits") is not None
    actions = [action for action, _, _ in store.audit("old")]
    assert actions == ["queued", "started", "finished", "purged"]


def test_a_full_queue_takes_nothing_more(address: str) -> None:
    """But tells of what it has."""
    store = Store(address, max_waiting=1)
    store.add(new("x"))
    with pytest.raises(QueueFullError):
        store.add(new("y"))
    assert not store.add(new("x"))[1]
    store.close()


def test_a_file_is_its_owners_alone(tmp_path: Path) -> None:
    """It holds what people answered."""
    file = tmp_path / "jobs.db"
    Store(f"sqlite:///{file}").close()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.parametrize("stated", ["jobs.db", "mysql://a@b/c", "", "sqlite"])
def test_an_address_of_no_known_database_is_a_fault(stated: str) -> None:
    """With the two that are known; the address may hold a password and is not repeated."""
    with pytest.raises(InputError) as caught:
        Store(stated)
    assert [fault.code for fault in caught.value.faults] == ["store_address"]
