"""A problem with a sound matching, and what it takes to spoil it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from mentormatch.data.matching import Group, Matching, Provenance, TierResult
from mentormatch.evaluate.verify import verify
from mentormatch.rules import KeepApart, KeepApartAffiliation, Mix, PreferYes
from tests.support.build import mentor, problem, slot, student, students

ALL = "tue-15 tue-16 wed-15 fri-15"
PROF = {"supervisor": ("Prof. X",)}
PROBLEM = problem(
    [
        *students("ana bo", ALL, department="Physics"),
        student(
            "cai",
            "wed-15",
            if_need_be="tue-15 tue-16",
            department="Design",
            languages={"en": "B2", "fi": "native"},
        ),
        student("dee", "wed-15 fri-15", affiliations=PROF),
        student("eli", "wed-15", languages={"en": "B2", "fi": "A2"}),
        student("fay", ALL, priority=2, mode="campus", affiliations=PROF),
        student("gus", ALL, absences=(date(2026, 10, 13),), name="Gus Example"),
        student("hoa", "fri-15"),
    ],
    [
        mentor("mia", ALL, languages={"en": "C1", "fi": "B2"}),
        mentor("noa", ALL, capacity=2, languages={"en": "C1", "fi": "B2"}),
        mentor("oli", ALL, capacity=2, languages={"en": "C1", "fi": "B2"}),
        mentor("pat", "wed-15 fri-15"),
        mentor("quy", "fri-15", capacity=0),
    ],
    [
        slot("tue-15"),
        slot("tue-16"),
        slot("wed-15", max_groups=1),
        slot("fri-15", modes=("online",), zone="Europe/Stockholm", minutes=90),
    ],
    KeepApart(sets=(("eli", "mia"),)),
    KeepApartAffiliation(),
    Mix(),
    PreferYes(),
    size=(2, 3),
    mentors_each=2,
    languages=("en", "fi"),
)


def dates(at: str, plan: int = 0) -> tuple[datetime, ...]:
    """Return the meetings of a plan of a slot."""
    return PROBLEM.round.all_plans[at][plan].starts


def group(name: str, people: str, guides: str, at: str, **fields: Any) -> Group:
    """Return a group that states everything about itself."""
    given = {"meetings": dates(at), "minutes": 120, "language": "en", "mode": "campus"}
    return Group(
        id=name,
        students=tuple(people.split()),
        mentors=tuple(guides.split()),
        slot=at,
        **{**given, **fields},
    )


G1 = group("g1", "ana bo cai", "mia noa", "tue-15", zone="Europe/Helsinki")
G2 = group("g2", "dee eli", "oli pat", "wed-15")


def roster(*groups: Group, **fields: Any) -> Matching:
    """Return groups about which nothing is claimed."""
    return Matching(**{"status": "FEASIBLE", "groups": groups, **fields})


def tier(number: int, value: int, bound: int | None = None) -> TierResult:
    """Return the claim that a tier costs this much, proven unless a bound is given."""
    return TierResult(
        tier=number,
        name=PROBLEM.tier_name(number),
        value=value,
        bound=value if bound is None else bound,
    )


LEFT_OUT = ("fay", "gus", "hoa")
# fay counts twice; ana and bo are of one department; cai comes only if need be.
TIERS = (tier(1, 4), tier(3, 1), tier(4, 1))


def claimed(*groups: Group, **fields: Any) -> Matching:
    """Return the two groups with true claims, but for the fields given."""
    claims = {
        "status": "OPTIMAL",
        "groups": groups or (G1, G2),
        "left_out": LEFT_OUT,
        "tiers": TIERS,
        "provenance": Provenance(problem=PROBLEM.fingerprint, seed=0, versions={}),
    }
    return Matching(**{**claims, **fields})


def changed(one: Group, **fields: Any) -> Group:
    """Return a group with some fields changed."""
    return Group(**{**one.model_dump(), **fields})


@dataclass(frozen=True)
class Fault:
    """A matching with one fault, and the words with which it is to be named.

    What cannot be without breaking other rules says which ones follow.
    """

    name: str
    matching: Matching
    rule: str
    words: tuple[str, ...]
    group: str | None = None
    follows: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.name.replace(" ", "-")

    def check(self) -> None:
        """Find the fault, named and placed, and nothing that does not follow from it."""
        report = verify(PROBLEM, self.matching)
        assert not report.ok
        finding, *others = report.findings
        assert finding.rule == self.rule, str(report)
        assert tuple(other.rule for other in others) == self.follows, str(report)
        assert all(word in finding.message for word in self.words), finding.message
        assert finding.group == self.group
        assert finding.message in str(report)
