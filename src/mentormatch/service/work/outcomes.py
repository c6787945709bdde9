"""How the end of a job is noted: as its envelope says, or as what ended its process."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from mentormatch.data.matching import Matching
from mentormatch.errors import Fault
from mentormatch.exit_codes import ExitCode
from mentormatch.operations import Envelope
from mentormatch.operations.envelope import envelope_of
from mentormatch.service.store import JobStatus, Lease, Outcome
from mentormatch.service.work.running import How

_FAULTS: Mapping[How, tuple[str, str]] = {
    "killed": ("process_killed", "the process of this job was ended from outside"),
    "memory": ("no_memory", "this job needs more memory than its process may have"),
    "time": ("out_of_time", "this job did not end within its time limit and was ended"),
    "lost": ("worker_lost", "whoever had this job was lost"),
}


def of_envelope(envelope: str) -> Outcome:
    """Return the outcome of a job that came to its end by itself, or was asked to end."""
    said: dict[str, Any] = json.loads(envelope)
    status = said["status"]
    matching = _matching_of(said["result"])
    return Outcome(
        _status_of(status),
        envelope,
        status,
        proven=said["final"],
        best=None if matching is None else json.dumps(matching, ensure_ascii=False),
    )


def of_trouble(lease: Lease, how: How, detail: str) -> Outcome:
    """Return the outcome of a job that did not come to its end; it has the best so far."""
    code, message = _FAULTS[how]
    told = f"{message} ({detail})" if detail else message
    memory = ExitCode.NO_MEMORY if how == "memory" else ExitCode.SEARCH_FAILED
    return _outcome(lease, "failed", memory, [Fault(code, "job", told)])


def without_search(lease: Lease) -> Outcome:
    """Return the outcome of a job that was asked to end before anybody took it up again."""
    return _outcome(lease, "cancelled", ExitCode.INTERRUPTED, [])


def _outcome(lease: Lease, status: JobStatus, code: ExitCode, faults: list[Fault]) -> Outcome:
    best = None if lease.best is None else Matching.from_json(lease.best)
    envelope: Envelope = envelope_of(lease.kind, code, result=best, faults=faults)
    return Outcome(status, envelope.to_json(indent=None), envelope.status, proven=False)


def _status_of(said: str) -> JobStatus:
    if said == "interrupted":
        return "cancelled"
    return "failed" if said in ("internal", "no_memory", "search_failed") else "done"


def _matching_of(result: Any) -> Any:
    """Return the matching that is a result, if it has groups."""
    if not isinstance(result, dict) or not result.get("groups"):
        return None
    return result if str(result.get("format", "")).startswith("mentormatch/matching/") else None
