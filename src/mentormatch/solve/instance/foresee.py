"""How large a problem becomes as arrays, told before any of them is made."""

from __future__ import annotations

import os
from collections.abc import Iterator

from mentormatch.data.problem import Problem
from mentormatch.errors import Fault, InputError

USABLE = 0.8
"""Share of the machine's memory that arrays of a problem may take."""


def check_size(problem: Problem, most_templates: int, memory: int | None = None) -> None:
    """Refuse a problem whose templates are too many, or whose arrays no memory would hold.

    Parameters
    ----------
    problem
        The problem.
    most_templates
        Most combinations of slot, language, mode and topic.
    memory
        Bytes of memory; by default those of this machine, where they can be known.

    Raises
    ------
    InputError
        If it is too large, with what makes it so.
    """
    faults = list(_faults(problem, most_templates, memory or machine_memory()))
    if faults:
        raise InputError(faults)


def _faults(problem: Problem, most: int, memory: int | None) -> Iterator[Fault]:
    times = sum(len(slot.modes) for slot in problem.slots)
    languages, topics = len(problem.languages), max(1, len(problem.topics))
    templates = times * languages * topics
    made = (
        f"{len(problem.slots):,} slots ({times:,} with their modes), {languages:,} languages and "
        f"{topics:,} topics make {templates:,} combinations in which a group could meet"
    )
    if templates > most:
        yield Fault(
            "too_large",
            "slots",
            f"{made}; at most {most:,} are tried. State fewer of them, or only those of which "
            "enough people have something.",
        )
        return
    people = len(problem.students) + len(problem.mentors)
    size = people * templates * bytes_of_a_place(len(problem.tiers))
    if memory is not None and size > USABLE * memory:
        yield Fault(
            "too_large",
            "slots",
            f"{made}. With {people:,} people that takes {size / 2**30:,.0f} GB of memory, and "
            f"there are {memory / 2**30:,.0f} GB.",
        )


def bytes_of_a_place(tiers: int) -> int:
    """Return the bytes for each person and template: costs by tier, one form, and who may be."""
    return 8 * tiers + 8 + 2


def machine_memory() -> int | None:
    """Return the bytes of memory of this machine, or that this process may have; None if unknown.

    Windows does not tell.
    """
    known = getattr(os, "sysconf", None)
    if known is None:
        return None
    found = int(known("SC_PHYS_PAGES")) * int(known("SC_PAGE_SIZE"))
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_AS)
    return found if allowed == resource.RLIM_INFINITY else min(found, allowed)
