"""Jobs over HTTP: asked for, followed, ended, found again."""

from __future__ import annotations

import http.client
import json
import random
from typing import Any

import pytest

from mentormatch.data.matching import Matching
from mentormatch.evaluate.verify import verify
from mentormatch.synthetic import generate
from tests.service.asking import Listening, long_round, request, small


def test_a_job_is_taken_done_and_its_result_verified(service: Listening) -> None:
    """The whole way of a program that asks and comes back."""
    asked = small()
    taken = service.ask("POST", "/v1/jobs", request(asked, seed=1))
    assert taken.status == 202
    assert taken.headers["location"] == f"/v1/jobs/{taken.data['id']}"
    ended = service.finished(taken.data["id"])
    assert (ended["status"], ended["outcome"], ended["proven"]) == ("done", "done", True)
    envelope = service.ask("GET", ended["links"]["result"])
    assert envelope.status == 200
    assert verify(asked, Matching.from_data(envelope.data["result"])).ok


def test_what_is_waited_for_comes_at_once_and_the_second_time_without_a_search(
    service: Listening,
) -> None:
    """A proven answer holds for ever."""
    wanted, wait = request(small(), seed=2), {"Prefer": "wait=30"}
    first = service.ask("POST", "/v1/jobs", wanted, wait)
    again = service.ask("POST", "/v1/jobs", wanted, wait)
    assert (first.status, again.status) == (201, 200)
    assert first.body == again.body
    assert first.data["result"]["status"] == "OPTIMAL"
    assert again.headers["preference-applied"] == "wait=30"
    told = service.ask("GET", first.headers["location"]).data
    assert told["attempt"] == 1


def test_the_order_of_rows_and_stated_defaults_make_no_other_job(service: Listening) -> None:
    """The id is of the content, so that two programs that ask the same share the search."""
    asked = small()
    first = service.ask("POST", "/v1/jobs", request(asked, seed=3)).data["id"]
    turned: dict[str, Any] = request(asked, seed=3, time_limit=60.0)
    for name in ("students", "mentors"):
        random.Random(1).shuffle(turned["problem"][name])
    assert service.ask("POST", "/v1/jobs", turned).data["id"] == first
    other = service.ask("POST", "/v1/jobs", request(asked, seed=4)).data["id"]
    assert other != first


@pytest.mark.parametrize(
    ("kind", "with_matching"), [("precheck", False), ("verify", True), ("explain", True)]
)
def test_other_kinds_of_jobs_are_done_as_well(
    service: Listening, kind: str, with_matching: bool
) -> None:
    """What the command line can do, the service can."""
    wanted: dict[str, Any] = request(small(), kind)
    if with_matching:
        found = service.ask("POST", "/v1/jobs", request(small()), {"Prefer": "wait=30"})
        wanted["matching"] = found.data["result"]
    answer = service.ask("POST", "/v1/jobs", wanted, {"Prefer": "wait=30"})
    assert answer.data["status"] == "done", answer.data
    assert answer.data["command"] == kind


def test_every_fault_of_a_request_is_told_at_once(service: Listening) -> None:
    """As problem details, with the paths from the request's top."""
    wanted: dict[str, Any] = request(small(), seed=-1)
    wanted["problem"]["students"][0]["availability"] = {"tue-16": "yes"}
    answer = service.ask("POST", "/v1/jobs", wanted)
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"
    paths = {fault["path"] for fault in answer.data["faults"]}
    assert any(path.startswith("problem.students[0]") for path in paths)
    assert any(path.startswith("options") for path in paths)
    assert "tue-15" in [fault["suggestion"] for fault in answer.data["faults"]]


def test_a_job_that_is_ended_keeps_the_best_so_far(service: Listening) -> None:
    """Whoever cannot wait any longer still has groups."""
    asked = long_round()
    job = service.ask("POST", "/v1/jobs", request(asked, time_limit=600.0)).data["id"]
    for record in _records(service, job):
        if record["kind"] == "progress" and record["value"] is not None:
            break
    assert service.ask("GET", f"/v1/jobs/{job}/result").status == 409
    assert service.ask("DELETE", f"/v1/jobs/{job}").status == 202
    ended = service.finished(job)
    assert (ended["status"], ended["outcome"]) == ("cancelled", "interrupted")
    envelope = service.ask("GET", f"/v1/jobs/{job}/result").data
    assert verify(asked, Matching.from_data(envelope["result"])).ok
    assert service.ask("DELETE", f"/v1/jobs/{job}").status == 200


def test_events_are_numbered_and_replayed_from_any_of_them(service: Listening) -> None:
    """A stream that broke off goes on where it was."""
    job = service.ask("POST", "/v1/jobs", request(small(), seed=5)).data["id"]
    whole = list(_records(service, job))
    assert [record["number"] for record in whole] == list(range(1, len(whole) + 1))
    kinds = [record["kind"] for record in whole]
    assert (kinds[0], kinds[1], kinds[-1]) == ("queued", "started", "finished")
    assert set(kinds[2:-1]) == {"progress"}
    rest = list(_records(service, job, {"Last-Event-ID": "2"}))
    assert rest == whole[2:]
    seen = service.ask("GET", f"/v1/jobs/{job}/events", headers={"Last-Event-ID": str(len(whole))})
    assert seen.status == 204


def test_a_stream_gives_signs_of_life_while_nothing_happens(service: Listening) -> None:
    """A proxy would close a silent one."""
    other = generate(students=60, seed=1)
    first = service.ask("POST", "/v1/jobs", request(long_round(), time_limit=600.0, seed=8)).data[
        "id"
    ]
    second = service.ask("POST", "/v1/jobs", request(long_round(), time_limit=600.0, seed=9)).data[
        "id"
    ]
    waiting = service.ask("POST", "/v1/jobs", request(other, seed=8)).data["id"]
    lines = _lines(service, waiting, {})
    assert any(line.startswith(":") for line in lines)
    lines.close()
    for job in (waiting, first, second):
        service.ask("DELETE", f"/v1/jobs/{job}")
    for job in (waiting, first, second):
        service.finished(job)


def test_jobs_are_listed_in_pages(service: Listening) -> None:
    """None twice and none left out, the newest first."""
    made = [
        service.ask("POST", "/v1/jobs", request(small(f"p{n}"), "precheck")).data["id"]
        for n in range(5)
    ]
    for job in made:
        service.finished(job)
    listed: list[str] = []
    following = "/v1/jobs?limit=2&kind=precheck&status=done"
    while following:
        page = service.ask("GET", following).data
        assert len(page["jobs"]) <= 2
        listed += [job["id"] for job in page["jobs"]]
        following = page["next"]
    assert len(listed) == len(set(listed))
    assert [job for job in listed if job in made] == made[::-1]


def test_the_page_of_a_job_names_its_events(service: Listening) -> None:
    """The page shows what the stream says; the script is a file of its own."""
    job = service.ask("POST", "/v1/jobs", request(small(), seed=6)).data["id"]
    page = service.ask("GET", f"/jobs/{job}", headers={"Accept": "text/html"})
    assert page.status == 200
    assert f'data-events="/v1/jobs/{job}/events"' in page.body.decode()
    assert "script-src" not in page.headers["content-security-policy"]
    assert service.ask("GET", "/assets/job.js").headers["content-type"].startswith("text/javascr")


def _lines(service: Listening, job: str, headers: dict[str, str]) -> Any:
    connection = http.client.HTTPConnection(service.host, service.port, timeout=60)
    connection.request("GET", f"/v1/jobs/{job}/events", headers=headers)
    answer = connection.getresponse()
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    try:
        while line := answer.readline():
            yield line.decode().rstrip("\n")
    finally:
        connection.close()


def _records(service: Listening, job: str, headers: dict[str, str] | None = None) -> Any:
    for line in _lines(service, job, headers or {}):
        if line.startswith("data: "):
            yield json.loads(line.removeprefix("data: "))
