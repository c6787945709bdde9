"""The table of everything that the service answers; routes and OpenAPI come from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_args

from mentormatch.operations import OPERATIONS
from mentormatch.service import metrics
from mentormatch.service.http import events, jobs, other
from mentormatch.service.http.endpoint import Answer, Endpoint, Parameter
from mentormatch.service.http.problems import MEDIA_TYPE as PROBLEM
from mentormatch.service.store import STATUSES
from mentormatch.synthetic import Difficulty


def ref(name: str) -> dict[str, str]:
    """Return a reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def _json(description: str, name: str, **headers: str) -> Answer:
    return Answer(description, {"application/json": ref(name)}, headers)


def problem(description: str, **headers: str) -> Answer:
    """Return an answer that tells what is wrong."""
    return Answer(description, {PROBLEM: ref("ProblemDetails")}, headers)


_LOCATION = "Path of the job."
_RETRY = {"Retry-After": "Seconds after which to ask again."}
_WAITED = {
    "Location": _LOCATION,
    "Preference-Applied": "For how long the answer was held back.",
    "Content-Location": "Path of the result, where the body is the result.",
}
_UNKNOWN = problem("There is no job of this id.")
_FAULTS = problem("A parameter cannot be used; every fault is listed.")
_RESULT_OR_JOB: Mapping[str, Mapping[str, Any]] = {
    "application/json": {"anyOf": [ref("Envelope"), ref("Job")]}
}
_ID = Parameter(
    "id", "path", "Id of the job.", {"type": "string", "pattern": "^[0-9a-f]{64}$"}, required=True
)


def _integer(least: int, most: int, default: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most, "default": default}


ENDPOINTS: tuple[Endpoint, ...] = (
    Endpoint(
        "POST",
        "/v1/jobs",
        "submit",
        jobs.post,
        "Ask for a job; the same content is the same job",
        {
            200: Answer(
                "The job has ended already: its result if `Prefer: wait` was sent, else the job.",
                _RESULT_OR_JOB,
                _WAITED,
            ),
            201: Answer(
                "The job was queued and ended within the time of `Prefer: wait`: its result.",
                {"application/json": ref("Envelope")},
                _WAITED,
            ),
            202: _json("The job waits or runs.", "Job", Location=_LOCATION),
            400: problem("The body is not JSON as it is read here."),
            408: problem("The body did not come in time."),
            413: problem("The body is too large."),
            415: problem("The body is not of type application/json.", Accept="What is read."),
            422: problem("What is asked cannot be done; every fault is listed."),
            429: problem("Too many jobs of this client have not ended.", **_RETRY),
            503: problem("Too many jobs wait already.", **_RETRY),
        },
        parameters=(
            Parameter(
                "Prefer",
                "header",
                "`wait=N` holds the answer back for up to N seconds until the job has ended.",
                {"type": "string", "examples": ["wait=10"]},
            ),
            Parameter(
                "Cache-Control",
                "header",
                "`no-cache` searches again, from the best so far, where a result is not proven.",
                {"type": "string", "examples": ["no-cache"]},
            ),
        ),
        body=ref("JobRequest"),
    ),
    Endpoint(
        "GET",
        "/v1/jobs",
        "list",
        jobs.listing,
        "List jobs, the newest first",
        {200: _json("A page of jobs.", "JobPage"), 422: _FAULTS},
        parameters=(
            Parameter("limit", "query", "Most jobs.", _integer(1, jobs.MOST_ON_PAGE, 50)),
            Parameter("after", "query", "From the `next` of a page.", {"type": "string"}),
            Parameter("status", "query", "Of this status only.", {"enum": list(STATUSES)}),
            Parameter("kind", "query", "Of this kind only.", {"enum": list(OPERATIONS)}),
        ),
    ),
    Endpoint(
        "GET",
        "/v1/jobs/{id}",
        "show",
        jobs.show,
        "Tell how a job stands",
        {200: _json("The job.", "Job"), 404: _UNKNOWN},
        parameters=(_ID,),
    ),
    Endpoint(
        "DELETE",
        "/v1/jobs/{id}",
        "end",
        jobs.end,
        "End a job; the best so far is its result",
        {
            200: _json("The job has ended.", "Job"),
            202: _json("The job was told to end.", "Job"),
            404: _UNKNOWN,
        },
        parameters=(_ID,),
    ),
    Endpoint(
        "GET",
        "/v1/jobs/{id}/result",
        "result",
        jobs.result,
        "Hand out the result of a job",
        {
            200: _json("The envelope with the result, or with what went wrong.", "Envelope"),
            404: _UNKNOWN,
            409: problem("The job has not ended yet.", **_RETRY),
        },
        parameters=(_ID,),
    ),
    Endpoint(
        "GET",
        "/v1/jobs/{id}/events",
        "events",
        events.stream,
        "Follow a job as server-sent events",
        {
            200: Answer(
                "Events named queued, started, progress, requeued and finished; the data of each "
                "is JSON. The stream ends with the job.",
                {events.EVENT_STREAM: ref("JobEvent")},
            ),
            204: Answer("The job has ended and has no events after the last one seen."),
            404: _UNKNOWN,
            422: _FAULTS,
            503: problem("Too many streams are open.", **_RETRY),
        },
        parameters=(
            _ID,
            Parameter(
                "Last-Event-ID",
                "header",
                "Number of the last event seen; the stream begins after it.",
                {"type": "string", "pattern": "^[0-9]{1,9}$"},
            ),
            Parameter(
                "after",
                "query",
                "The same, for a client that cannot set a header.",
                {"type": "string", "pattern": "^[0-9]{1,9}$"},
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/v1/demo",
        "demo",
        other.demo,
        "Make up a problem with no real people in it",
        {200: _json("A problem.", "Problem"), 422: _FAULTS},
        parameters=(
            Parameter("students", "query", "How many.", _integer(1, other.MOST_STUDENTS, 40)),
            Parameter("seed", "query", "Of the draws.", _integer(0, other.MOST_SEED, 0)),
            Parameter(
                "difficulty",
                "query",
                "How hard it is to place everybody.",
                {"enum": list(get_args(Difficulty)), "default": "standard"},
            ),
        ),
    ),
    Endpoint(
        "GET",
        "/health",
        "health",
        other.health,
        "Tell that the service runs",
        {200: _json("It runs.", "Health")},
        public=True,
    ),
    Endpoint(
        "GET",
        "/ready",
        "ready",
        other.ready,
        "Tell whether jobs are taken and done",
        {200: _json("They are.", "Health"), 503: _json("They are not.", "Health")},
        public=True,
    ),
    Endpoint(
        "GET",
        "/metrics",
        "metrics",
        other.figures,
        "Figures for Prometheus, without personal data",
        {
            200: Answer(
                "Figures in the text format.",
                {metrics.MEDIA_TYPE.partition(";")[0]: {"type": "string"}},
            )
        },
    ),
    Endpoint(
        "GET",
        "/openapi.json",
        "openapi",
        other.description,
        "This description",
        {200: Answer("An OpenAPI document.", {"application/json": {"type": "object"}})},
        public=True,
    ),
)
