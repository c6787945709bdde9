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
"""Often enough for what shows only after something else is out of the way."""


@dataclass(frozen=True)
class Reading(Generic[Model]):
    """What came of reading a document.

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
        """Yield those faults of the usable part that do not follow from one of form."""
        if self.repair is None:
            yield from faults
            return
        found = list(faults)
        owed = _names_owed(found, self.repair)
        for fault in found:
            original = self.repair.fault(fault)
            if fault not in owed and not self.repair.follows(original.where):
                yield original


def _names_owed(found: Sequence[Fault], repair: Repair) -> set[Fault]:
    """Return the faults that call something unknown which may stand where nothing was read."""
    owed: set[Fault] = set()
    slots = [fault for fault in found if fault.code == "unknown_slot"]
    if "slots" in repair.lost or len({_slot(fault) for fault in slots}) <= repair.nameless["slots"]:
        owed.update(slots)
    rules = [
        fault
        for fault in found
        if fault.where.startswith("rules") and fault.code.startswith("unknown")
    ]
    people = [fault for fault in rules if fault.code == "unknown_person"]
    nameless = repair.nameless["students"] + repair.nameless["mentors"]
    if repair.lost:
        owed.update(rules)
    if repair.replaced & {"students", "mentors"}:
        owed.update(set(rules) - set(people))
    if len({_named(fault, repair.data) for fault in people}) <= nameless:
        owed.update(people)
    for fault in found:
        if fault.code == "no_availability":
            hours = replace(fault, where=fault.where.removesuffix("availability") + "hours")
            if repair.follows(repair.fault(hours).where):
                owed.add(fault)
    return owed


def _named(fault: Fault, data: Any) -> str:
    """Return what stands in a rule at the place of a fault."""
    steps = re.findall(r"[^.\[\]]+", fault.where)
    return str(value_at(data, [int(step) if step.isdecimal() else step for step in steps]))


def _slot(fault: Fault) -> str:
    return fault.where.split(".availability.", 1)[-1]


def read_in_passes(
    data: Any, model: type[Model], read: Callable[[Any], Model] | None = None
) -> Reading[Model]:
    """Read data; where it does not fit, take that out and read the rest.

    Parameters
    ----------
    data
        The document, which stays as it is.
    model
        The class to make of it.
    read
        Makes one of data or raises pydantic's error; by default the class's own validator.
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
