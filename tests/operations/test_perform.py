"""Every kind of task is asked for as another program would, with good input and with bad."""

from __future__ import annotations

import json
from threading import Event
from typing import Any

import pytest

from mentormatch.data.problem import Problem
from mentormatch.errors import InputError, InternalError
from mentormatch.exit_codes import ExitCode
from mentormatch.operations import (
    OPERATIONS,
    Envelope,
    catalogue,
    perform,
    read_task,
)

Data = dict[str, Any]

OPTIONS: dict[str, Data] = {
    "compare": {"variants": ["min=3"], "time_limit": 5},
    "placement": {"person": "ann"},
    "recommend": {"person": "ivy"},
    "alternatives": {"count": 1, "time_limit": 5},
    "bottlenecks": {"count": 1, "time_limit": 2},
    "explain": {"time_limit": 1},
}


def request_for(kind: str, problem: Data, matching: Data) -> Data:
    """Return the request of a kind of task for a round."""
    request: Data = {"problem": problem, "options": OPTIONS.get(kind, {})}
    if OPERATIONS[kind].matching == "needed":
        request["matching"] = matching
    return request


@pytest.mark.parametrize("kind", OPERATIONS)
def test_every_kind_ends_well_and_returns_the_document_that_it_promises(
    kind: str, round_data: Data, matched: Data
) -> None:
    """A program finds the result by the model that the list names, and can read it again."""
    envelope = perform(kind, request_for(kind, round_data, matched))
    assert (envelope.status, envelope.exit_code, envelope.faults) == ("done", 0, ())
    assert envelope.command == kind
    if kind == "infeasible":
        assert envelope.result is None
    else:
        assert envelope.result is not None
        read = OPERATIONS[kind].result.from_data(envelope.result)
        assert envelope.result["format"] == getattr(read, "format", None)
    again = Envelope.from_json(envelope.to_json())
    assert again == envelope
    assert envelope.provenance.problem == Problem.from_data(round_data).fingerprint


def test_each_status_is_that_of_its_exit_code() -> None:
    """Both say the same, so a program can go by either."""
    from typing import get_args

    from mentormatch.operations.envelope import Status

    assert sorted(get_args(Status)) == sorted(code.status for code in ExitCode)


@pytest.mark.parametrize(
    ("request_", "paths"),
    [
        (None, {"request"}),
        ([], {"request"}),
        ({}, {"problem", "matching"}),
        ({"problem": 3, "matching": "x"}, {"problem", "matching"}),
        ({"problem": {"students": []}, "matching": {}}, {"problem.slots", "matching.status"}),
        ({"problem": {}, "matching": {}, "optoins": {}}, {"optoins"}),
        ({"problem": {}, "matching": {}, "options": {"sed": 1}}, {"options.sed", "options.person"}),
        ({"problem": {}, "matching": {}, "options": 7}, {"options"}),
        ({"problem": {}, 3: 4}, {"3"}),
    ],
)
def test_bad_requests_are_faults_with_their_places(request_: Any, paths: set[str]) -> None:
    """All of them at once, each under the part of the request in which it lies."""
    envelope = perform("recommend", request_)
    assert (envelope.status, envelope.exit_code) == ("bad_input", 2)
    assert paths <= {fault.path for fault in envelope.faults}
    assert all(fault.code and fault.message for fault in envelope.faults)


def test_an_unknown_kind_is_a_fault_with_the_nearest_one() -> None:
    """A misspelt name is told with the right one."""
    envelope = perform("mach", {})
    assert [fault.suggestion for fault in envelope.faults] == ["match"]


def test_an_unexpected_error_is_one_fault_without_what_it_says(
    round_data: Data, matched: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An exception's text may repeat people's data, and is not handed on."""

    def broken(*_: Any, **__: Any) -> Any:
        raise RuntimeError("ZZ-CANARY-7 is broken")

    monkeypatch.setattr(catalogue, "verify", broken)
    envelope = perform("verify", {"problem": round_data, "matching": matched})
    assert (envelope.status, envelope.exit_code) == ("internal", 70)
    assert [fault.code for fault in envelope.faults] == ["internal"]
    assert "CANARY" not in envelope.to_json()


@pytest.mark.parametrize(
    ("error", "status"), [(MemoryError(), "no_memory"), (InternalError("x"), "internal")]
)
def test_want_of_memory_and_contradictions_are_told_apart(
    error: BaseException, status: str, round_data: Data, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service decides by the status whether to try again elsewhere."""

    def failing(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(catalogue, "match", failing)
    assert perform("match", {"problem": round_data}).status == status


def test_a_broken_roster_is_a_result_and_not_a_fault(round_data: Data, matched: Data) -> None:
    """What verify finds is what it was asked for."""
    groups = [{**matched["groups"][0], "students": ["eve", *matched["groups"][0]["students"]]}]
    envelope = perform(
        "verify", {"problem": round_data, "matching": {"status": "FEASIBLE", "groups": groups}}
    )
    assert (envelope.status, envelope.exit_code, envelope.faults) == ("breaches_found", 5, ())
    assert envelope.result is not None
    assert envelope.result["ok"] is False
    assert envelope.result["findings"]


def test_a_task_that_is_cancelled_says_so(round_data: Data) -> None:
    """Whoever ends a job sees that it was ended."""
    cancel = Event()
    cancel.set()
    envelope = perform("match", {"problem": round_data}, cancel=cancel)
    assert (envelope.status, envelope.exit_code) == ("interrupted", 130)
    assert not envelope.final


def test_a_proven_answer_is_final_and_one_that_may_get_better_is_not(
    round_data: Data, matched: Data
) -> None:
    """Only what is proven may be kept for ever."""
    assert perform("match", {"problem": round_data}).final
    assert perform("verify", {"problem": round_data, "matching": matched}).final
    request = request_for("explain", round_data, matched)
    assert not perform("explain", request).final


def test_the_fingerprint_is_of_what_is_asked_and_not_of_the_order_of_rows(
    round_data: Data, matched: Data
) -> None:
    """Asking twice is one job; another seed or another matching is another job."""
    both = {"problem": round_data, "matching": matched}
    turned = {**round_data, "students": round_data["students"][::-1]}
    same = read_task("match", {"problem": round_data}).fingerprint
    assert read_task("match", {"problem": turned, "options": {"seed": 0}}).fingerprint == same
    others = {
        read_task("match", {"problem": round_data, "options": {"seed": 1}}).fingerprint,
        read_task("match", both).fingerprint,
        read_task("verify", both).fingerprint,
    }
    assert len(others | {same}) == 4


def test_a_request_is_refused_before_it_is_queued() -> None:
    """A service answers at once what cannot be done."""
    with pytest.raises(InputError) as caught:
        read_task("match", {"problem": json.loads('{"students": [{"id": ""}]}')})
    assert {fault.where.split(".")[0] for fault in caught.value.faults} == {"problem"}
