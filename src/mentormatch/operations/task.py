"""One task as it was asked for: read and checked, with every fault at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, TypeVar

from mentormatch.data.matching import Matching
from mentormatch.data.nouns import Noun
from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError, nearest
from mentormatch.operations.catalogue import OPERATIONS, Operation
from mentormatch.operations.envelope import versions

PARTS = ("problem", "matching", "options")
"""What a request consists of."""

Read = TypeVar("Read", bound=Noun)


@dataclass(frozen=True)
class Task:
    """A task that can be run: an operation with its checked input."""

    operation: Operation
    problem: Problem
    matching: Matching | None
    options: Noun

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what is asked and of the versions that would answer it.

        The order of the problem's rows does not change it.
        """
        matching = None if self.matching is None else self.matching.model_dump(mode="json")
        asked = {
            "kind": self.operation.kind,
            "problem": self.problem.fingerprint,
            "matching": matching,
            "options": self.options.model_dump(mode="json"),
            "versions": versions(),
        }
        text = json.dumps(asked, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def read_task(kind: str, request: Any) -> Task:
    """Return the task that a request asks for.

    Parameters
    ----------
    kind
        A name of `OPERATIONS`.
    request
        An object with ``problem``, ``matching`` where the kind takes one, and ``options``.

    Raises
    ------
    InputError
        With every fault of the request; paths begin with the part in which they lie.
    """
    operation = OPERATIONS.get(kind)
    if operation is None:
        known = ", ".join(OPERATIONS)
        message = f"there is no task {kind[:40]!r}; known are {known}"
        raise InputError([Fault("unknown_task", "kind", message, nearest(kind, OPERATIONS))])
    if not isinstance(request, Mapping):
        message = "a request is an object with the keys problem, matching and options"
        raise InputError([Fault("wrong_value", "request", message)])
    faults = list(_faults_of_keys(operation, request))
    problem = _read(Problem, request, "problem", faults)
    matching = _read(Matching, request, "matching", faults)
    options = _read(operation.options, {"options": {}, **request}, "options", faults)
    if faults or problem is None or options is None:
        raise InputError(faults)
    return Task(operation, problem, matching, options)


def _faults_of_keys(operation: Operation, request: Mapping[Any, Any]) -> Iterator[Fault]:
    if request.get("problem") is None:
        yield Fault("missing_field", "problem", "the request has no problem")
    matching = request.get("matching")
    if operation.matching == "needed" and matching is None:
        yield Fault("missing_field", "matching", f"{operation.kind} needs a matching")
    if operation.matching == "none" and matching is not None:
        yield Fault("unknown_field", "matching", f"{operation.kind} takes no matching")
    for name in request:
        if name not in PARTS:
            shown = str(name)[:40]
            message = f"a request has no field {shown!r}"
            yield Fault("unknown_field", shown, message, nearest(shown, PARTS))


def _read(
    model: type[Read], request: Mapping[Any, Any], name: str, faults: list[Fault]
) -> Read | None:
    """Return a part of a request, or None if it is not there or has faults, which are kept."""
    if request.get(name) is None:
        return None
    try:
        return model.model_validate(request[name])
    except InputError as error:
        # A fault of the whole lies in a place that is named after the model.
        whole = ("document", model.__name__.casefold())
        for one in error.faults:
            inside = f"{name}.{one.where}"
            where = name if one.where.replace(" ", "") in whole else inside
            faults.append(replace(one, where=where))
        return None
