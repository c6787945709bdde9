"""What an agent can do, in the verbs of the domain.

Every tool answers within seconds. What takes longer becomes a job of the service, which is asked
for by its id; asking for the same again finds the same job. Answers are small first, with pages for
more. What concerns one person's private reasons is told only if the coordinator allowed it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from time import monotonic, sleep
from typing import Any

from pydantic import BaseModel

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.operations import OPERATIONS, ReportedFault, perform
from mentormatch.service.core import Service
from mentormatch.service.store import QueueFullError

Data = dict[str, Any]

WAIT_SECONDS = 8.0
"""How long a tool waits for its job before it hands out the id."""

LOOK_SECONDS = 0.05

GROUPS_ON_PAGE = 20
PEOPLE_ON_PAGE = 20
CHARACTERS_ON_PAGE = 12_000

CLIENT = "agent"

DOCUMENTS: dict[str, type[BaseModel]] = {"problem": Problem, "matching": Matching}


class Tools:
    """The tools of one agent.

    Parameters
    ----------
    service
        Does the jobs; it must have been started.
    coordinator
        Whether the agent works for the coordinator, who may see everybody's reasons. Otherwise
        explanations are in the words for participants, and faults of rules name no people.
    """

    def __init__(self, service: Service, *, coordinator: bool = False) -> None:
        self._service = service
        self._coordinator = coordinator

    def describe_format(self, name: str = "problem", page: int = 1) -> Data:
        """Return the JSON schema of a document: ``problem``, ``matching`` or a kind of task."""
        if name in DOCUMENTS:
            schema = DOCUMENTS[name].model_json_schema()
        elif name in OPERATIONS:
            schema = OPERATIONS[name].options.model_json_schema()
        else:
            known = (*DOCUMENTS, *OPERATIONS)
            message = f"there is no document {name[:60]!r}; there are {', '.join(known)}"
            return _refused([Fault("unknown_document", "name", message, nearest(name, known))])
        text = json.dumps(schema, separators=(",", ":"), ensure_ascii=False)
        return {"name": name, **_page_of(text, page)}

    def precheck(self, problem: Mapping[str, Any]) -> Data:
        """Tell before matching what cannot be and what looks odd."""
        return self._now("precheck", {"problem": problem})

    def verify(self, problem: Mapping[str, Any], matching: Mapping[str, Any]) -> Data:
        """Check groups against every hard rule, and recompute what each tier costs."""
        told = self._now("verify", {"problem": problem, "matching": matching})
        return told if self._coordinator else _without_people(told)

    def match_start(
        self,
        problem: Mapping[str, Any],
        time_limit: float = 60.0,
        start: Mapping[str, Any] | None = None,
    ) -> Data:
        """Begin to form groups; a short search is answered at once, else with a job's id."""
        request: Data = {"problem": problem, "options": {"time_limit": float(time_limit)}}
        if start is not None:
            request["matching"] = start
        return self._job("match", request)

    def match_status(self, job: str) -> Data:
        """Tell how a job stands, with the cost and the bound that it has reached."""
        found = self._service.store.job(job)
        if found is None:
            return _no_job()
        told: Data = {"job": found.id, "status": found.status, "over": found.over}
        events = self._service.store.events(found.id, after=max(0, found.last_event - 1))
        if events:
            told["last"] = events[-1].data
        return told

    def match_result(self, job: str, page: int = 1) -> Data:
        """Return what a job found: its summary, and a page of the groups or of the text."""
        found = self._service.store.job(job)
        if found is None:
            return _no_job()
        if not found.over:
            return {"job": job, "status": found.status, "over": False}
        text = self._service.store.result(job)
        return _no_job() if text is None else self._summary(job, found.kind, text, page)

    def stop(self, job: str) -> Data:
        """End a job; the best that it has found so far is its result."""
        found = self._service.cancel(job, CLIENT)
        return _no_job() if found is None else {"job": job, "status": found.status}

    def explain_left_out(
        self,
        problem: Mapping[str, Any],
        matching: Mapping[str, Any],
        person: str | None = None,
        page: int = 1,
    ) -> Data:
        """Say why students have no group, and the smallest change that would give them one."""
        request = {
            "problem": problem,
            "matching": matching,
            "options": {"time_limit": 5.0, "repairs": 1},
        }
        told = self._job("explain", request, whole=True)
        result = told.pop("result", None)
        if result is None:
            return told
        people = result["people"]
        if person is not None:
            people = [one for one in people if one["person"] == person]
            if not people:
                message = f"{person[:60]!r} is not among the students without a group"
                names = [one["person"] for one in result["people"]]
                return _refused(
                    [Fault("unknown_person", "person", message, nearest(person, names))]
                )
        told["count"] = len(people)
        shown, more = _cut(people, page, PEOPLE_ON_PAGE)
        keys = (
            ("person", "reason", "repairs") if self._coordinator else ("person", "to_participant")
        )
        told["people"] = [{key: one[key] for key in keys} for one in shown]
        told["next_page"] = more
        return told

    def what_if(
        self,
        problem: Mapping[str, Any],
        variants: list[str],
        time_limit: float = 10.0,
    ) -> Data:
        """Match a round as it is and in variants such as ``max=9``, and set them side by side."""
        options = {"variants": list(variants), "time_limit": float(time_limit)}
        return self._job("compare", {"problem": problem, "options": options})

    def replan(
        self,
        problem: Mapping[str, Any],
        matching: Mapping[str, Any],
        time_limit: float = 60.0,
    ) -> Data:
        """Match a changed round again so that the least of the published groups changes."""
        options = {"time_limit": float(time_limit)}
        request = {"problem": problem, "matching": matching, "options": options}
        return self._job("replan", request)

    def recommend(
        self,
        problem: Mapping[str, Any],
        matching: Mapping[str, Any],
        person: str,
        displace: bool = False,  # The protocol passes names.
    ) -> Data:
        """Name every group in which somebody could sit now, with what it would cost."""
        options = {"person": person, "displace": displace}
        return self._now(
            "recommend", {"problem": problem, "matching": matching, "options": options}
        )

    def _now(self, kind: str, request: Mapping[str, Any]) -> Data:
        """Do a task that searches for nothing, within the limits of the service."""
        people = _people_of(request.get("problem"))
        most = self._service.settings.max_people
        if people > most:
            message = f"the problem has {people:,} people, and {most:,} are the most here"
            return _refused([Fault("too_many_people", "problem", message)])
        envelope = perform(kind, request)
        return _small(envelope.model_dump(mode="json"))

    def _job(self, kind: str, request: Mapping[str, Any], *, whole: bool = False) -> Data:
        try:
            job, _ = self._service.submit_data({"kind": kind, **request}, CLIENT)
        except InputError as error:
            return _refused(error.faults)
        except QueueFullError:
            return _refused([Fault("queue_full", "job", "too many jobs have not ended yet")])
        until = monotonic() + WAIT_SECONDS
        found = job
        while not found.over and monotonic() < until:
            sleep(LOOK_SECONDS)
            found = self._service.store.job(job.id) or found
        if not found.over:
            told = "ask match_status and match_result with this id"
            return {"job": job.id, "status": found.status, "over": False, "next": told}
        text = self._service.store.result(job.id)
        if text is None:
            return _no_job()
        if whole:
            envelope = json.loads(text)
            return {**_head(job.id, envelope), "result": envelope.get("result")}
        return self._summary(job.id, kind, text, 1)

    def _summary(self, job: str, kind: str, text: str, page: int) -> Data:
        """Return the small answer of a finished job, and one page of the rest."""
        envelope = json.loads(text)
        told = _head(job, envelope)
        result = envelope.get("result")
        if result is None:
            return told
        matching = result if kind == "match" else result.get("matching")
        if isinstance(matching, dict) and "groups" in matching:
            groups, more = _cut(matching["groups"], page, GROUPS_ON_PAGE)
            told |= {
                "tiers": result.get("tiers", []),
                "groups_in_all": len(matching["groups"]),
                "left_out": len(matching.get("left_out", ())),
                "messages": matching.get("messages", []),
                "groups": groups,
                "next_page": more,
            }
            if kind == "replan":
                told["measures"] = result.get("measures", [])
                told["changes"] = result.get("changes", {})
            return told
        if kind == "explain" and not self._coordinator:
            result = {
                "people": [
                    {key: one[key] for key in ("person", "to_participant")}
                    for one in result["people"]
                ]
            }
        rest = json.dumps(result, separators=(",", ":"), ensure_ascii=False)
        return {**told, **_page_of(rest, page)}


def _head(job: str, envelope: Mapping[str, Any]) -> Data:
    return {
        "job": job,
        "over": True,
        "status": envelope["status"],
        "faults": envelope["faults"],
    }


def _small(envelope: Data) -> Data:
    text = json.dumps(envelope.get("result"), separators=(",", ":"), ensure_ascii=False)
    told: Data = {"status": envelope["status"], "faults": envelope["faults"]}
    if len(text) <= CHARACTERS_ON_PAGE:
        return {**told, "result": envelope.get("result")}
    return {**told, **_page_of(text, 1)}


def _without_people(told: Data) -> Data:
    """Return a verification whose findings say which rule and group, and not who and why."""
    result = told.get("result")
    if not isinstance(result, dict):
        return {key: told[key] for key in ("status", "faults")}
    found = json.loads(json.dumps(result))
    soft = [one for breaches in found["soft"].values() for one in breaches]
    for each in (*found["findings"], *soft):
        for private in ("message", "people"):
            each.pop(private, None)
    return {**told, "result": found}


def _people_of(problem: object) -> int:
    if not isinstance(problem, Mapping):
        return 0
    lists = (problem.get(section) for section in ("students", "mentors"))
    return sum(len(each) for each in lists if isinstance(each, list))


def _cut(items: list[Any], page: int, size: int) -> tuple[list[Any], int | None]:
    start = (max(1, page) - 1) * size
    more = start + size < len(items)
    return items[start : start + size], page + 1 if more else None


def _page_of(text: str, page: int) -> Data:
    start = (max(1, page) - 1) * CHARACTERS_ON_PAGE
    more = start + CHARACTERS_ON_PAGE < len(text)
    return {
        "text": text[start : start + CHARACTERS_ON_PAGE],
        "characters_in_all": len(text),
        "next_page": page + 1 if more else None,
    }


def _refused(faults: Iterable[Fault]) -> Data:
    told = [ReportedFault.of(one).model_dump() for one in faults]
    return {"status": "bad_input", "faults": told}


def _no_job() -> Data:
    return _refused([Fault("unknown_job", "job", "there is no job of this id, or it was purged")])
