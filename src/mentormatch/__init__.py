"""Forms mentoring groups and proves how good they are.

Nothing is loaded until it is used: the solver comes in with the first call of `match`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mentormatch.data.calendar import Slot, Term
    from mentormatch.data.matching import Group, Matching, TierResult
    from mentormatch.data.people import Mentor, Student
    from mentormatch.data.problem import Problem
    from mentormatch.data.round import GroupShape
    from mentormatch.errors import Fault, InputError, InternalError, MentorMatchError
    from mentormatch.evaluate.findings import Report
    from mentormatch.evaluate.verify import verify
    from mentormatch.explain import (
        bottlenecks,
        explain_infeasible,
        explain_left_out,
        explain_placement,
        precheck,
    )
    from mentormatch.solve.match import match
    from mentormatch.solve.params import SolveParams
    from mentormatch.whatif import (
        Variant,
        alternatives,
        compare,
        priorities,
    )

_HOME = {
    "Fault": "errors",
    "Group": "data.matching",
    "GroupShape": "data.round",
    "InputError": "errors",
    "InternalError": "errors",
    "Matching": "data.matching",
    "Mentor": "data.people",
    "MentorMatchError": "errors",
    "Problem": "data.problem",
    "Report": "evaluate.findings",
    "Slot": "data.calendar",
    "SolveParams": "solve.params",
    "Student": "data.people",
    "Term": "data.calendar",
    "TierResult": "data.matching",
    "Variant": "whatif",
    "alternatives": "whatif",
    "bottlenecks": "explain",
    "compare": "whatif",
    "explain_infeasible": "explain",
    "explain_left_out": "explain",
    "explain_placement": "explain",
    "match": "solve.match",
    "precheck": "explain",
    "priorities": "whatif",
    "verify": "evaluate.verify",
}

__version__ = "0.1.0"

__all__ = [
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
    "SolveParams",
    "Student",
    "Term",
    "TierResult",
    "Variant",
    "__version__",
    "alternatives",
    "bottlenecks",
    "compare",
    "explain_infeasible",
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
