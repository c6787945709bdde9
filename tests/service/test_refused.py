"""What the service refuses, and how it says so."""

from __future__ import annotations

import json
import socket
from collections.abc import Mapping
from pathlib import Path

import pytest

from mentormatch.errors import InputError
from mentormatch.service import Settings
from mentormatch.synthetic import generate
from tests.service.asking import Listening, listening, request, small

JSON = {"Content-Type": "application/json"}
NOBODY = "0" * 64


@pytest.mark.parametrize(
    ("method", "path", "body", "headers", "status"),
    [
        ("POST", "/v1/jobs", b"{", JSON, 400),
        ("POST", "/v1/jobs", b'{"kind": 1, "kind": 2}', JSON, 400),
        ("POST", "/v1/jobs", b"[" * 100_000, JSON, 400),
        ("POST", "/v1/jobs", b"\xff\xfe", JSON, 400),
        ("POST", "/v1/jobs", b'{"kind": NaN}', JSON, 400),
        ("POST", "/v1/jobs", b"[]", JSON, 422),
        ("POST", "/v1/jobs", b"{}", JSON, 422),
        ("POST", "/v1/jobs", b'{"kind": "match", "problem": 3}', JSON, 422),
        ("POST", "/v1/jobs", b'{"kind": "match\\u0000", "problem": {}}', JSON, 422),
        ("POST", "/v1/jobs", b"{}", {"Content-Type": "text/plain"}, 415),
        ("POST", "/v1/jobs", b" " * 1_000_001, JSON, 413),
        ("POST", "/v1/jobs", b"{}", {**JSON, "Accept": "text/html"}, 406),
        ("PUT", "/v1/jobs", None, {}, 405),
        ("POST", f"/v1/jobs/{NOBODY}", None, {}, 405),
        ("GET", f"/v1/jobs/{NOBODY}", None, {}, 404),
        ("GET", f"/v1/jobs/{NOBODY}/result", None, {}, 404),
        ("GET", f"/v1/jobs/{NOBODY}/events", None, {}, 404),
        ("DELETE", f"/v1/jobs/{NOBODY}", None, {}, 404),
        ("GET", "/v1/jobs/..%2f..%2fetc", None, {}, 404),
        ("GET", "/v1/jobs/%00", None, {}, 404),
        ("GET", "/nowhere", None, {}, 404),
        ("GET", "/v1/jobs?limit=0", None, {}, 422),
        ("GET", "/v1/jobs?limit=many", None, {}, 422),
        ("GET", "/v1/jobs?status=lost", None, {}, 422),
        ("GET", "/v1/jobs?after=AAAA", None, {}, 422),
        ("GET", "/v1/jobs?after=%C3%A9", None, {}, 422),
        ("GET", "/v1/demo?students=1000000", None, {}, 422),
        ("GET", "/v1/demo", None, {"Accept": "application/json;q=0, text/csv"}, 406),
        ("GET", "/health", None, {"Host": "evil.example"}, 421),
        ("GET", "/health", None, {"Host": "localhost.evil.example:80"}, 421),
    ],
)
def test_each_refusal_has_its_status_and_problem_details(
    service: Listening,
    method: str,
    path: str,
    body: bytes | None,
    headers: Mapping[str, str],
    status: int,
) -> None:
    """A program can tell what it did wrong."""
    answer = service.ask(method, path, body, headers)
    assert answer.status == status, answer.body
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.data["status"] == status
    assert answer.data["type"].startswith("urn:mentormatch:problem:")


def test_a_wrong_method_is_told_the_right_ones(service: Listening) -> None:
    """The header is part of the answer."""
    assert service.ask("PUT", "/v1/jobs").headers["allow"] == "GET, POST"


def test_a_round_that_is_larger_than_allowed_is_refused(service: Listening) -> None:
    """So is a time limit, and none at all."""
    large = service.ask("POST", "/v1/jobs", request(generate(students=450, seed=0)))
    assert [fault["code"] for fault in large.data["faults"]] == ["too_many_people"]
    for limit in (1e6, None):
        long = service.ask("POST", "/v1/jobs", request(small(), time_limit=limit))
        assert [fault["path"] for fault in long.data["faults"]] == ["options.time_limit"]


def test_a_body_that_does_not_come_is_not_waited_for(service: Listening) -> None:
    """Else a few such clients would hold all connections."""
    with socket.create_connection((service.host, service.port)) as line:
        line.sendall(
            b"POST /v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 10\r\n\r\n{"
        )
        assert b"408" in line.recv(4096).partition(b"\r\n")[0]


def test_no_name_stands_in_an_answer_of_what_is_wrong_with_the_service(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Nor in its log: routes are logged by their pattern, and bodies not at all."""
    caplog.set_level("INFO", "mentormatch.service")
    with listening(Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", slots=0)) as closed:
        closed.ask("POST", "/v1/jobs", request(small("zz-canary")))
        closed.ask("GET", "/zz-canary/zz-canary")
        figures = closed.ask("GET", "/metrics").body.decode()
    logged = "".join(json.dumps(vars(record), default=str) for record in caplog.records)
    assert "/v1/jobs" in logged
    assert "zz-canary" not in logged + figures
    assert 'mentormatch_jobs{status="queued"} 1' in figures


def test_who_has_no_token_gets_nothing(tmp_path: Path) -> None:
    """With one, everything; health and the description are for everybody."""
    token = "a-token-of-some-length"
    settings = Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", slots=0, tokens=(token,))
    with listening(settings) as closed:
        for path in ("/v1/jobs", "/v1/demo", "/metrics", f"/v1/jobs/{NOBODY}", "/jobs/x"):
            refused = closed.ask("GET", path)
            assert refused.status == 401
            assert refused.headers["www-authenticate"].startswith("Bearer")
        for wrong in ("Bearer no", f"Basic {token}", f"Bearer {token}x", "Bearer"):
            assert closed.ask("GET", "/v1/jobs", headers={"Authorization": wrong}).status == 401
        known = {"Authorization": f"Bearer {token}"}
        assert closed.ask("GET", "/v1/jobs", headers=known).status == 200
        assert {closed.ask("GET", p).status for p in ("/health", "/ready", "/openapi.json")} == {
            200
        }


def test_a_browser_signs_in_and_other_sites_cannot_use_that(tmp_path: Path) -> None:
    """The cookie is out of reach of scripts, and is not taken for a page of another site."""
    token = "a-token-of-some-length"
    settings = Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", slots=0, tokens=(token,))
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    with listening(settings) as closed:
        shown = closed.ask("GET", f"/jobs/{NOBODY}", headers={"Accept": "text/html"})
        assert (shown.status, shown.headers["location"]) == (303, f"/login?next=/jobs/{NOBODY}")
        assert closed.ask("POST", "/login", b"token=wrong", form).status == 401
        signed = closed.ask("POST", "/login", f"token={token}&next=//evil".encode(), form)
        assert (signed.status, signed.headers["location"]) == (303, "/")
        cookie = signed.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "SameSite=strict" in cookie
        kept = {"Cookie": cookie.partition(";")[0]}
        assert closed.ask("GET", "/v1/jobs", headers=kept).status == 200
        taken = request(small())
        elsewhere = {**kept, "Sec-Fetch-Site": "cross-site"}
        assert closed.ask("POST", "/v1/jobs", taken, elsewhere).status == 403
        assert closed.ask("POST", "/v1/jobs", taken, {**kept, "Origin": "http://e"}).status == 403
        assert closed.ask("POST", "/v1/jobs", taken, kept).status == 202


def test_too_many_jobs_are_told_to_wait(tmp_path: Path) -> None:
    """One client's jobs, or all of them; what is there already can still be asked for."""
    settings = Settings(store=f"sqlite:///{tmp_path / 'jobs.db'}", slots=0, max_per_client=2)
    with listening(settings) as busy:
        for seed in (1, 2):
            assert busy.ask("POST", "/v1/jobs", request(small(), seed=seed)).status == 202
        refused = busy.ask("POST", "/v1/jobs", request(small(), seed=3))
        assert (refused.status, refused.headers["retry-after"]) == (429, "10")
        assert busy.ask("POST", "/v1/jobs", request(small(), seed=1)).status == 202
    settings = Settings(store=f"sqlite:///{tmp_path / 'other.db'}", slots=0, max_waiting=1)
    with listening(settings) as busy:
        busy.ask("POST", "/v1/jobs", request(small(), seed=1))
        assert busy.ask("POST", "/v1/jobs", request(small(), seed=2)).status == 503


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ({"host": "0.0.0.0"}, "host"),
        ({"host": "::"}, "host"),
        ({"host": "example.org"}, "host"),
        ({"tokens": ("short",)}, "tokens[0]"),
        ({"executor": "dask"}, "scheduler"),
        ({"max_body": 0}, "max_body"),
    ],
)
def test_settings_that_would_open_the_service_are_refused(
    stated: dict[str, object], place: str
) -> None:
    """It listens to other machines only with a token that nobody guesses."""
    with pytest.raises(InputError) as caught:
        Settings(**stated)  # type: ignore[arg-type]
    assert [fault.where for fault in caught.value.faults] == [place]
