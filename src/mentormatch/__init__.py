"""Forms mentoring groups and proves how good they are.

Nothing is loaded until it is used: the solver comes in with the first call of `match`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mentormatch.calendar import Slot, Term
    from mentormatch.conflict import Clash, clash
    from mentormatch.errors import Fault, InputError, InternalError, MentorMatchError
    from mentormatch.explain import (
        Variant,
        alternatives,
        bottlenecks,
        compare,
        explain_left_out,
        explain_placement,
        precheck,
        priorities,
    )
    from mentormatch.matcher import match
    from mentormatch.matching import Group, Matching, TierResult
    from mentormatch.people import Mentor, Student
    from mentormatch.problem import Problem
    from mentormatch.rounds import GroupShape
    from mentormatch.verification import Report, verify

_HOME = {
    "Clash": "conflict",
    "Fault": "errors",
    "Group": "matching",
    "GroupShape": "rounds",
    "InputError": "errors",
    "InternalError": "errors",
    "Matching": "matching",
    "Mentor": "people",
    "MentorMatchError": "errors",
    "Problem": "problem",
    "Report": "verification",
    "Slot": "calendar",
    "Student": "people",
    "Term": "calendar",
    "TierResult": "matching",
    "Variant": "explain",
    "alternatives": "explain",
    "bottlenecks": "explain",
    "clash": "conflict",
    "compare": "explain",
    "explain_left_out": "explain",
    "explain_placement": "explain",
    "match": "matcher",
    "precheck": "explain",
    "priorities": "explain",
    "verify": "verification",
}

__version__ = "0.1.0"

__all__ = [
    "Clash",
    "Fault",
    "Group",
    "GroupShape",
    "InputError",
    "InternalError",
    "Matching",
    "Mentor",
    "MentorMatchError",
    "Problem",
    "Report",
    "Slot",
    "Student",
    "Term",
    "TierResult",
    "Variant",
    "__version__",
    "alternatives",
    "bottlenecks",
    "clash",
    "compare",
    "explain_left_out",
    "explain_placement",
    "match",
    "precheck",
    "priorities",
    "verify",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'mentormatch' has no attribute {name!r}")
    value = getattr(import_module(f"mentormatch.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
