"""Reading a document as far as it can be read, pass by pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from mentormatch.errors import Fault
from mentormatch.validation.repair import Repair
from mentormatch.validation.structure import misfits

Model = TypeVar("Model", bound=BaseModel)

MAX_PASSES = 6
"""Often enough for what shows only after something else is out of the way."""

_PEOPLE = ("students", "mentors")


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
        for fault in faults:
            if self.repair is None:
                yield fault
            elif not self._owed(fault, self.repair):
                original = self.repair.fault(fault)
                if not self.repair.follows(original.where):
                    yield original

    @staticmethod
    def _owed(fault: Fault, repair: Repair) -> bool:
        if fault.code == "unknown_slot":
            return "slots" in repair.lost
        if fault.code == "no_availability":
            hours = fault.where.removesuffix("availability") + "hours"
            return repair.follows(repair.fault(replace(fault, where=hours)).where)
        # What a rule names may stand in a row that could not be read.
        named = fault.where.startswith("rules") and fault.code.startswith("unknown")
        return named and any(section in repair.lost for section in (*_PEOPLE, "slots"))


def read_in_passes(
    data: Any, read: Callable[[Any], Model], model: type[BaseModel]
) -> Reading[Model]:
    """Read data; where it does not fit, take that out and read the rest.

    Parameters
    ----------
    data
        The document, which stays as it is.
    read
        Makes a model of data or raises pydantic's error.
    model
        The class that ``read`` makes, for the names of its fields.
    """
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
