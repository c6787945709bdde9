"""Every rule changes the answer of a round in which, without it, every best answer breaks it.

That a rule has a meaning and a model says little if nothing asks for it on the way from the
document to the matching. So here each one is stated in a problem of its own, and matched.
"""

from __future__ import annotations

import pytest

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.evaluate.verify import solution_of
from mentormatch.rules import (
    RULES,
    AtLeast,
    AtMost,
    Cluster,
    CommonLanguage,
    CommonMode,
    CommonSlot,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    MentorGroups,
    MentorLanguage,
    MentorLoad,
    MentorsFirstCome,
    MentorsFromElsewhere,
    MentorsPerGroup,
    Mix,
    NativeSpeakers,
    NobodyAlone,
    PlaceEveryone,
    PreferredLanguage,
    PreferYes,
    SecondLanguage,
)
from tests.rules.enforced import Enforced
from tests.rules.enforced_wishes import WISHES
from tests.rules.test_conformance import kind_of
from tests.support.build import mentor, mentors, round_, student, students

LAST = 20
"""The tier after all others."""


CAMPS = round_(
    [
        student(
            "ana",
            "tue-15",
            if_need_be="wed-15",
            department="Physics",
            attributes={"stage": "starting"},
            affiliations={"supervisor": ("Prof. X",)},
            languages={"en": "native"},
        ),
        student(
            "bo",
            "tue-15",
            if_need_be="wed-15",
            department="Physics",
            attributes={"stage": "midway"},
            affiliations={"supervisor": ("Prof. X",)},
            languages={"en": "native"},
        ),
        student(
            "cai",
            "wed-15",
            if_need_be="tue-15",
            department="Design",
            attributes={"stage": "starting"},
        ),
        student(
            "dee",
            "wed-15",
            if_need_be="tue-15",
            department="Design",
            attributes={"stage": "midway"},
        ),
    ],
    [
        mentor("mia", "tue-15", if_need_be="wed-15", department="Physics"),
        mentor("noa", "wed-15", if_need_be="tue-15", department="Design"),
    ],
    size=(2, 2),
)
"""Two like Tuesday and two Wednesday, and so do the mentors of their departments."""

EAGER = round_(
    students("ana bo", "tue-15") + students("cai dee", "wed-15"),
    [
        mentor("mia", "tue-15 wed-15", capacity=2, signed_up="2026-09-02T12:00:00+03:00"),
        mentor("noa", "", if_need_be="tue-15 wed-15", signed_up="2026-09-01T12:00:00+03:00"),
    ],
    size=(2, 2),
)
"""One mentor likes both times; the other would rather not, but was first."""

CASES = [
    Enforced(
        GroupSize(),
        round_(students("ana bo cai"), mentors("mia"), "tue-15", size=(1, 2)),
        before=1,
    ),
    Enforced(
        MentorsPerGroup(),
        round_(students("ana bo"), [mentor("mia", "", if_need_be="tue-15")], "tue-15"),
        before=1,
    ),
    Enforced(
        CommonSlot(),
        round_([*students("ana bo"), student("cai", "wed-15")], mentors("mia")),
        before=1,
    ),
    Enforced(
        CommonLanguage(),
        round_([*students("ana bo"), student("cai", languages={"en": "A2"})], mentors("mia")),
        before=1,
    ),
    Enforced(
        CommonMode(),
        round_([*students("ana bo", mode="campus"), student("cai", mode="online")], mentors("mia")),
        before=1,
    ),
    Enforced(
        PlaceEveryone(),
        round_([*students("ana bo"), student("cai", "", if_need_be="tue-15")], mentors("mia")),
        before=3,
        others=(PreferYes(tier=10), KeepApart(tier=9, sets=(("ana", "mia"), ("bo", "mia")))),
    ),
    Enforced(KeepApart(sets=(("ana", "bo"),)), CAMPS, before=1),
    Enforced(KeepApartAffiliation(), CAMPS, before=1),
    Enforced(Mix(), CAMPS, before=2),
    Enforced(Mix(values=("Physics",)), CAMPS, before=1),
    Enforced(AtMost(most=1), CAMPS, before=2),
    Enforced(PreferYes(), CAMPS, before=2, others=(Mix(tier=10),)),
    Enforced(AtLeast(values=("Design",)), CAMPS, before=1),
    Enforced(
        AtLeast(values=("Design",), who="mentors"),
        round_(CAMPS.students[:2], CAMPS.mentors, size=(2, 2)),
        before=1,
    ),
    Enforced(NobodyAlone(attribute="stage"), CAMPS, before=4),
    Enforced(Cluster(attribute="stage"), CAMPS, before=2),
    Enforced(MentorsFromElsewhere(), CAMPS, before=4),
    Enforced(MentorsFromElsewhere(most=1), CAMPS, before=2),
    Enforced(
        SecondLanguage(language="fi"),
        round_(
            [*students("ana bo"), student("cai", languages={"en": "C1", "fi": "B1"})],
            mentors("mia", languages={"en": "C1", "fi": "native"}),
        ),
        before=2,
    ),
    Enforced(
        MentorLanguage(),
        round_(
            students("ana bo"),
            [
                mentor("mia", languages={"en": "B2"}),
                mentor("noa", "", if_need_be="tue-15", languages={"en": "native"}),
            ],
        ),
        before=1,
    ),
    Enforced(
        MentorLanguage(language="sv"),
        round_(
            students("ana bo"),
            [
                mentor("mia"),
                mentor("noa", "", if_need_be="tue-15", languages={"en": "C1", "sv": "C1"}),
            ],
        ),
        before=1,
    ),
    Enforced(NativeSpeakers(most=1), CAMPS, before=1),
    Enforced(
        PreferredLanguage(),
        round_(
            students(
                "ana bo",
                languages={"en": "C1", "fi": "native"},
                attributes={"preferred_language": "fi"},
            ),
            mentors("mia", languages={"en": "C1", "fi": "C1"}),
            languages=("en", "fi"),
        ),
        before=2,
        others=(NativeSpeakers(tier=10, most=0),),
    ),
    Enforced(MentorLoad(), EAGER, before=1),
    Enforced(MentorGroups(least=1), EAGER, before=1),
    Enforced(MentorGroups(mentors=("mia",), most=1), EAGER, before=1),
    Enforced(MentorsFirstCome(), round_(EAGER.students[:2], EAGER.mentors, size=(2, 2)), before=1),
    *WISHES,
]


def proven(problem: Problem) -> Matching:
    """Return a matching that is proven and verified."""
    matching = match(problem, time_limit=None)
    assert matching.status == "OPTIMAL"
    report = verify(problem, matching)
    assert report.ok, str(report)
    return matching


def amount(case: Enforced, problem: Problem, matching: Matching) -> int:
    """Return by how much a matching breaks the rule of the case."""
    solution = solution_of(problem, matching)
    return sum(violation.amount for violation in case.rule.violations(case.round_, solution))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_without_the_rule_every_best_answer_breaks_it(case: Enforced) -> None:
    """As a wish after all others it is broken as little as the best answers allow."""
    last = proven(case.problem(case.rule.changed(tier=LAST, weight=1)))
    assert (last.tiers[-1].value, last.tiers[-1].bound) == (case.before, case.before)
    without = case.problem()
    found = proven(without)
    # The best for all the other rules is the same, whether or not somebody looks at this one.
    shared = {tier.tier: tier.value for tier in found.tiers}
    assert shared == {tier.tier: tier.value for tier in last.tiers if tier.tier != LAST}
    assert amount(case, without, found) >= case.before > case.after


@pytest.mark.parametrize("case", CASES, ids=str)
def test_with_the_rule_the_best_answer_keeps_it(case: Enforced) -> None:
    """Stated as it is by default, a rule is obeyed from the document to the matching."""
    asked = case.problem(case.rule)
    assert amount(case, asked, proven(asked)) == case.after


def test_every_rule_is_seen_to_make_a_difference() -> None:
    """A rule that nothing asks for would pass every other test."""
    assert {case.rule.kind for case in CASES} == {kind_of(rule) for rule in RULES}
