"""Reading a document as far as it can be read, pass by pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from mentormatch.errors import Fault
from mentormatch.faults.structure import misfits, value_at
from mentormatch.validation.repair import Repair

Model = TypeVar("Model", bound=BaseModel)

MAX_PASSES = 6
"""Passes at most; each shows the faults that were hidden by those taken out before."""


@dataclass(frozen=True)
class Reading(Generic[Model]):
    """The result of reading a document.

    Attributes
    ----------
    usable
        The document without its faulty parts, or None if too little is left.
    faults
        Every fault of form.
    repair
        What was taken out, or None if nothing was.
    """

    usable: Model | None
    faults: tuple[Fault, ...]
    repair: Repair | None

    def further(self, faults: Iterable[Fault]) -> Iterator[Fault]:
        """Yield the faults of the usable part, without consequences of what was taken out."""
        if self.repair is None:
            yield from faults
            return
        found = list(faults)
        consequences = _undefined_names(found, self.repair)
        for fault in found:
            original = self.repair.fault(fault)
            if fault not in consequences and not self.repair.follows(original.where):
                yield original


def _undefined_names(found: Sequence[Fault], repair: Repair) -> set[Fault]:
    """Return the faults about unknown names that a part which was taken out may define."""
    undefined: set[Fault] = set()
    slots = [fault for fault in found if fault.code == "unknown_slot"]
    if "slots" in repair.lost or len({_slot(fault) for fault in slots}) <= repair.nameless["slots"]:
        undefined.update(slots)
    rules = [
        fault
        for fault in found
        if fault.where.startswith("rules") and fault.code.startswith("unknown")
    ]
    people = [fault for fault in rules if fault.code == "unknown_person"]
    nameless = repair.nameless["students"] + repair.nameless["mentors"]
    if repair.lost:
        undefined.update(rules)
    if repair.replaced & {"students", "mentors"}:
        undefined.update(set(rules) - set(people))
    if len({_named(fault, repair.data) for fault in people}) <= nameless:
        undefined.update(people)
    for fault in found:
        if fault.code == "no_availability":
            hours = replace(fault, where=fault.where.removesuffix("availability") + "hours")
            if repair.follows(repair.fault(hours).where):
                undefined.add(fault)
    return undefined


def _named(fault: Fault, data: Any) -> str:
    """Return the value at the place of a fault in a rule."""
    steps = re.findall(r"[^.\[\]]+", fault.where)
    return str(value_at(data, [int(step) if step.isdecimal() else step for step in steps]))


def _slot(fault: Fault) -> str:
    return fault.where.split(".availability.", 1)[-1]


def read_in_passes(
    data: Any, model: type[Model], read: Callable[[Any], Model] | None = None
) -> Reading[Model]:
    """Read data; take out what does not fit, and read the rest again.

    Parameters
    ----------
    data
        The document, which stays as it is.
    model
        The class to make of it.
    read
        Makes an object of the class from data, or raises pydantic's error; by default the class's
        own validator.
    """
    read = read or model.__pydantic_validator__.validate_python
    try:
        return Reading(read(data), (), None)
    except ValidationError as error:
        found = misfits(error, model, data)
    faults = [misfit.fault for misfit in found]
    repair = Repair(data)
    for _ in range(MAX_PASSES):
        if not repair.apply(found):
            break
        try:
            return Reading(read(repair.data), tuple(faults), repair)
        except ValidationError as error:
            found = misfits(error, model, repair.data)
        for misfit in found:
            fault = repair.fault(misfit.fault)
            if not repair.follows(fault.where):
                faults.append(fault)
    return Reading(None, tuple(faults), repair)
