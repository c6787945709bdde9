"""Forms mentoring groups and proves how good they are.

Nothing is loaded until it is used: the solver comes in with the first call of `match`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mentormatch import (
        aio,
        explain,
        exporters,
        importers,
        operations,
        replan,
        rules,
        synthetic,
        whatif,
    )
    from mentormatch.certificates.certificate import Certificate
    from mentormatch.certificates.proving import certify
    from mentormatch.data.calendar import DayRange, Slot, Term
    from mentormatch.data.matching import Group, Matching, Provenance, TierResult
    from mentormatch.data.people import Mentor, Student, WeeklyHours
    from mentormatch.data.problem import Problem
    from mentormatch.data.round import GroupShape
    from mentormatch.errors import (
        Fault,
        InputError,
        InternalError,
        MentorMatchError,
        MissingExtraError,
    )
    from mentormatch.evaluate.fairness import Fairness, fairness
    from mentormatch.evaluate.findings import Finding, Report
    from mentormatch.evaluate.verify import verify
    from mentormatch.explain import (
        Bottlenecks,
        Infeasible,
        LeftOutReport,
        Message,
        Placement,
        PrecheckReport,
        bottlenecks,
        explain_infeasible,
        explain_left_out,
        explain_placement,
        precheck,
    )
    from mentormatch.progress import Progress
    from mentormatch.rules.base import RuleUse
    from mentormatch.solve.match import match
    from mentormatch.solve.params import SolveParams
    from mentormatch.solve.stop_when import StopWhen
    from mentormatch.whatif import (
        AddLanguage,
        AddMentors,
        AddRoom,
        AddSlot,
        Alternatives,
        Change,
        Comparison,
        DropMentors,
        DropSlot,
        MaxStudents,
        MentorsInGroup,
        MinStudents,
        OfferSlot,
        Priorities,
        RelaxRule,
        Variant,
        alternatives,
        compare,
        priorities,
        read_variant,
    )

_ROOMS = frozenset(
    {
        "aio",
        "explain",
        "exporters",
        "importers",
        "operations",
        "replan",
        "rules",
        "synthetic",
        "whatif",
    }
)
_HOME = {
    "AddLanguage": "whatif",
    "AddMentors": "whatif",
    "AddRoom": "whatif",
    "AddSlot": "whatif",
    "Alternatives": "whatif",
    "Bottlenecks": "explain",
    "Certificate": "certificates.certificate",
    "Change": "whatif",
    "Comparison": "whatif",
    "DayRange": "data.calendar",
    "DropMentors": "whatif",
    "DropSlot": "whatif",
    "Fairness": "evaluate.fairness",
    "Fault": "errors",
    "Finding": "evaluate.findings",
    "Group": "data.matching",
    "GroupShape": "data.round",
    "Infeasible": "explain",
    "InputError": "errors",
    "InternalError": "errors",
    "LeftOutReport": "explain",
    "Matching": "data.matching",
    "MaxStudents": "whatif",
    "Mentor": "data.people",
    "MentorMatchError": "errors",
    "MentorsInGroup": "whatif",
    "Message": "explain",
    "MinStudents": "whatif",
    "MissingExtraError": "errors",
    "OfferSlot": "whatif",
    "Placement": "explain",
    "PrecheckReport": "explain",
    "Priorities": "whatif",
    "Problem": "data.problem",
    "Progress": "progress",
    "Provenance": "data.matching",
    "RelaxRule": "whatif",
    "Report": "evaluate.findings",
    "RuleUse": "rules.base",
    "Slot": "data.calendar",
    "SolveParams": "solve.params",
    "StopWhen": "solve.stop_when",
    "Student": "data.people",
    "Term": "data.calendar",
    "TierResult": "data.matching",
    "Variant": "whatif",
    "WeeklyHours": "data.people",
    "alternatives": "whatif",
    "bottlenecks": "explain",
    "certify": "certificates.proving",
    "compare": "whatif",
    "explain_infeasible": "explain",
    "explain_left_out": "explain",
    "explain_placement": "explain",
    "fairness": "evaluate.fairness",
    "match": "solve.match",
    "precheck": "explain",
    "priorities": "whatif",
    "read_variant": "whatif",
    "verify": "evaluate.verify",
}

__version__ = "0.1.0"

__all__ = [
    "AddLanguage",
    "AddMentors",
    "AddRoom",
    "AddSlot",
    "Alternatives",
    "Bottlenecks",
    "Certificate",
    "Change",
    "Comparison",
    "DayRange",
    "DropMentors",
    "DropSlot",
    "Fairness",
    "Fault",
    "Finding",
    "Group",
    "GroupShape",
    "Infeasible",
    "InputError",
    "InternalError",
    "LeftOutReport",
    "Matching",
    "MaxStudents",
    "Mentor",
    "MentorMatchError",
    "MentorsInGroup",
    "Message",
    "MinStudents",
    "MissingExtraError",
    "OfferSlot",
    "Placement",
    "PrecheckReport",
    "Priorities",
    "Problem",
    "Progress",
    "Provenance",
    "RelaxRule",
    "Report",
    "RuleUse",
    "Slot",
    "SolveParams",
    "StopWhen",
    "Student",
    "Term",
    "TierResult",
    "Variant",
    "WeeklyHours",
    "__version__",
    "aio",
    "alternatives",
    "bottlenecks",
    "certify",
    "compare",
    "explain",
    "explain_infeasible",
    "explain_left_out",
    "explain_placement",
    "exporters",
    "fairness",
    "importers",
    "match",
    "operations",
    "precheck",
    "priorities",
    "read_variant",
    "replan",
    "rules",
    "synthetic",
    "verify",
    "whatif",
]


# Type checkers see the imports above alone, so that a misspelt name is an error to them.
if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        if name in _ROOMS:
            return import_module(f"mentormatch.{name}")
        if name not in _HOME:
            raise AttributeError(f"module 'mentormatch' has no attribute {name!r}")
        value = getattr(import_module(f"mentormatch.{_HOME[name]}"), name)
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
