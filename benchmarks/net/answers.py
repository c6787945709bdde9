"""What the library answers to the inputs, by its public names and its command line alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from fnmatch import fnmatchcase
from typing import Any

from benchmarks.net.commands import command_answers
from benchmarks.net.differences import differences
from mentormatch import InputError, Matching, Problem, match, verify
from mentormatch.messages.catalogue import LOCALES, catalogue

Document = dict[str, Any]
READERS = {"problem": Problem.from_json, "matching": Matching.from_json}
TOLD_IN_FULL = 200
"""Students up to whom all that `verify` tells is kept; of larger rounds its text and costs."""


def answers(inputs: Document, only: str = "*", *, told: bool = True) -> Document:
    """Return what the library answers to the inputs, as values made of JSON.

    Parameters
    ----------
    inputs
        As `benchmarks.net.inputs` makes them.
    only
        A pattern of the paths to look at, such as ``rounds.planted*``.
    told
        Whether to print the name of each answer.
    """

    def wanted(part: str) -> Document:
        names = {
            name: one for name, one in inputs[part].items() if fnmatchcase(f"{part}.{name}", only)
        }
        if told:
            print(f"{part}: {len(names)} of {len(inputs[part])}", flush=True)
        return names

    found: Document = {"rounds": {}, "faults": {}, "commands": {}, "fixed": {}}
    for name, given in wanted("rounds").items():
        found["rounds"][name] = _of_round(given)
    for name, given in wanted("faults").items():
        found["faults"][name] = _of_faults(given)
    found["commands"] = command_answers(inputs["files"], wanted("commands"))
    for name in wanted("fixed"):
        found["fixed"][name] = FIXED[name]()
    # What cannot be written as JSON has no place in an answer.
    return dict(json.loads(json.dumps(found, allow_nan=False, default=str)))


def _of_round(given: Document) -> Document:
    try:
        problem = Problem.from_json(json.dumps(given["problem"]))
    except InputError as error:
        return {"refused": str(error)}
    options = dict(given["options"])
    if "ceilings" in options:
        options["ceilings"] = {int(tier): most for tier, most in options["ceilings"].items()}
    if "start" in options:
        options["start"] = Matching.from_json(json.dumps(options["start"]))
    matching = match(problem, **options)
    document = json.loads(matching.to_json(times=False))
    if document.get("provenance"):
        document["provenance"].pop("versions", None)
    written = differences(given["problem"], json.loads(problem.to_json()))
    told: Document = {
        "matching": document,
        "shown": str(matching),
        "document": [str(each) for each in written],
        "verified": _verified(problem, matching),
    }
    if len(matching.groups) > 1:
        told["spoilt"] = _verified(problem, spoilt(document))
    return told


def spoilt(document: Document) -> Matching:
    """Return a matching with the last group's people in the first group as well."""
    data = json.loads(json.dumps(document))
    for people in ("students", "mentors"):
        data["groups"][0][people] += data["groups"][-1][people]
    return Matching.from_json(json.dumps(data | {"provenance": None}))


def _verified(problem: Problem, matching: Matching) -> Document:
    report = verify(problem, matching)
    told: Document = {"ok": report.ok, "text": str(report)}
    if len(problem.students) <= TOLD_IN_FULL:
        told["report"] = asdict(report)
    return told


def _of_faults(given: Mapping[str, Any]) -> Document:
    text = given["text"] if "text" in given else json.dumps(given["document"])
    try:
        READERS[given["reader"]](text)
    except InputError as error:
        return {"text": str(error), "faults": [asdict(fault) for fault in error.faults]}
    return {"text": None}


def _messages() -> Any:
    said = {locale: catalogue(locale).messages for locale in LOCALES}
    return {code: {locale: said[locale][code] for locale in LOCALES} for code in said["en"]}


FIXED = {
    "problem_schema": Problem.json_schema,
    "matching_schema": Matching.json_schema,
    "messages": _messages,
}
"""What has no input."""
