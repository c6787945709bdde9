"""Hard rules that contradict each other are named, and none too many."""

from __future__ import annotations

import pytest

from mentormatch import match
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.explain import Infeasible, explain_infeasible
from mentormatch.explain.deletion_filter import (
    InfeasibleSubset,
    TrialSolves,
    infeasible_subset,
    requirements,
)
from mentormatch.rules import (
    AtMost,
    Ban,
    CommonLanguage,
    CommonSlot,
    GroupSize,
    KeepApart,
    KeepApartAffiliation,
    KeepTogether,
    MentorGroups,
    MentorsPerGroup,
    Mix,
    Pin,
    PlaceClass,
    PlaceEveryone,
    WishApart,
)
from mentormatch.rules.base import Rule
from tests.support.build import mentors, problem, student, students

BOTH = "tue-15 wed-15"
PEOPLE = (
    student("ana", BOTH, name="Ana Example"),
    student("bo", BOTH, name="Bo Example"),
    *students("cai dee", BOTH),
)


def asking(*rules: Rule, size: tuple[int, int] = (1, 4)) -> Problem:
    """Return four students and two mentors who can always come, and what is asked of them."""
    return problem(PEOPLE, mentors("mia noa", BOTH), BOTH, *rules, size=size)


def subset(given: Problem, time_limit: float | None = 60.0) -> InfeasibleSubset | None:
    """Return a minimal infeasible subset of what a problem asks."""
    return infeasible_subset(given, TrialSolves(time_limit, 0))


def named(found: InfeasibleSubset | None) -> list[str]:
    """Return the sentences of a subset in order of the alphabet."""
    assert found is not None
    assert found.minimal
    return sorted(requirement.sentence for requirement in found.requirements)


AT_TUE = Pin(person="ana", slot="tue-15")
AT_WED = Pin(person="ana", slot="wed-15")
NOISE: tuple[Rule, ...] = (
    KeepApart(sets=(("bo", "cai"), ("cai", "dee"), ("mia", "bo"))),
    Pin(person="dee", slot="tue-15"),
    AtMost(most=3),
    Mix(),
)
ANA_TUE = "Ana Example is in a group with the slot tue-15."
ANA_WED = "Ana Example is in a group with the slot wed-15."

CONTRADICTIONS: dict[str, tuple[tuple[Rule, ...], list[str]]] = {
    "pinned to two slots": ((AT_TUE, AT_WED), [ANA_TUE, ANA_WED]),
    "pinned where banned": (
        (AT_TUE, Ban(person="ana", slot="tue-15")),
        [ANA_TUE, "Ana Example is in no group with the slot tue-15."],
    ),
    "one pin of two traits against bans of each": (
        (
            Pin(person="ana", slot="tue-15", mode="online"),
            Ban(person="ana", mode="online"),
            Ban(person="ana", slot="wed-15"),
        ),
        [
            "Ana Example is in a group with the mode online.",
            "Ana Example is in no group with the mode online.",
        ],
    ),
    "together and apart": (
        (
            KeepTogether(sets=(("ana", "bo"), ("cai", "dee"))),
            KeepApart(sets=(("cai", "ana"), ("bo", "ana"))),
            PlaceClass(tier="hard", priority=1),
        ),
        [
            "Ana Example and Bo Example are in one group or in none.",
            "No student of priority 1 or more is left out.",
            "No two of Bo Example and Ana Example share a group.",
        ],
    ),
    "together by a chain": (
        (
            Pin(person="ana", with_people=("bo",)),
            KeepTogether(sets=(("bo", "cai"), ("bo", "dee"))),
            WishApart(tier="hard", wishes=(("dee", "mia"), ("cai", "ana"))),
        ),
        [
            "Ana Example and cai do not share a group.",
            "Ana Example is in a group with Bo Example.",
            "Bo Example and cai are in one group or in none.",
        ],
    ),
}


@pytest.mark.parametrize("name", CONTRADICTIONS)
@pytest.mark.parametrize("noise", [(), NOISE], ids=["alone", "among others"])
def test_a_contradiction_is_named_exactly(name: str, noise: tuple[Rule, ...]) -> None:
    """A coordinator who is told of rules that have no part in it searches in the wrong place."""
    rules, expected = CONTRADICTIONS[name]
    assert named(subset(asking(*noise, *rules))) == expected


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_goes_away_with_any_one_of_its_rules(name: str) -> None:
    """That is what minimal means, seen from outside: the problem with the others is solved."""
    found = subset(asking(*NOISE, *CONTRADICTIONS[name][0]))
    assert found is not None
    kept = [requirement.rule for requirement in found.requirements]
    assert not any(rule.foundation for rule in kept)
    assert match(asking(*kept, *free()), time_limit=None).status == "INFEASIBLE"
    for number in range(len(kept)):
        rest = kept[:number] + kept[number + 1 :]
        matching = match(asking(*rest, *free()), time_limit=None)
        assert matching.status == "OPTIMAL", kept[number]


def free() -> tuple[Rule, ...]:
    """Return the foundations that are hard by themselves, turned off."""
    kinds = (GroupSize, MentorsPerGroup, CommonSlot, CommonLanguage)
    return tuple(kind(tier="off") for kind in kinds)


def test_foundations_are_named_where_they_have_a_part_in_it() -> None:
    """Availability and sizes are what contradicts most wishes."""
    people = (*students("ana bo cai"), student("dee", "wed-15"))
    found = subset(
        problem(
            people,
            mentors("mia noa", BOTH),
            BOTH,
            PlaceEveryone(tier="hard"),
            KeepApartAffiliation(),
            size=(2, 4),
        )
    )
    assert named(found) == [
        "Every group has 2 to 4 students.",
        "Everybody in a group can attend 2 of its 2 meetings.",
        "No student is left out.",
    ]


def test_what_always_holds_is_not_named() -> None:
    """That a mentor is in one place at a time is no rule that could be dropped."""
    given = problem(
        students("ana"),
        mentors("mia", capacity=1),
        "tue-15",
        MentorGroups(mentors=("mia",), least=2),
    )
    assert named(subset(given)) == ["The groups of mia are at least 2 each."]


def test_rules_that_can_be_kept_have_no_infeasible_subset() -> None:
    """Nothing is found where there is nothing."""
    assert subset(asking(*NOISE, AT_TUE)) is None


def test_the_answer_is_the_same_each_time() -> None:
    """Two coordinators who ask are told the same."""
    rules = (*NOISE, *(rule for rules, _ in CONTRADICTIONS.values() for rule in rules))
    first, second = subset(asking(*rules)), subset(asking(*rules))
    assert first is not None
    assert first == second


def test_without_time_nothing_is_claimed() -> None:
    """Not proven is not the same as contradictory."""
    assert subset(asking(AT_TUE, AT_WED), time_limit=0) is None


def test_a_search_that_gives_up_says_that_more_is_named_than_need_be(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is left then contradicts itself, but some of it may be dropped."""
    given = asking(*NOISE, AT_TUE, AT_WED)
    whole = match(given, time_limit=None)
    answers = iter([whole])

    def once(problem: Problem, **options: object) -> object:
        unknown = whole.model_copy(update={"status": "UNKNOWN"})
        return next(answers, unknown)

    monkeypatch.setattr("mentormatch.explain.deletion_filter.match", once)
    found = subset(given)
    assert found is not None
    assert not found.minimal
    assert found.requirements == requirements(given)


def test_an_interrupt_ends_the_search_for_ways_out_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever presses Ctrl-C waits for nothing more, and keeps what is known."""
    given = asking(*NOISE, AT_TUE, AT_WED)
    whole = match(given, time_limit=None)
    solved: list[Problem] = []

    def broken_off(variant: Problem, **options: object) -> Matching:
        solved.append(variant)
        if len(solved) == 1:
            return whole
        assert whole.provenance is not None
        provenance = whole.provenance.model_copy(update={"limits_reached": ("interrupt",)})
        return whole.model_copy(update={"status": "UNKNOWN", "provenance": provenance})

    monkeypatch.setattr("mentormatch.explain.deletion_filter.match", broken_off)
    found = explain_infeasible(given)
    assert found is not None
    assert len(solved) == 2
    assert (found.minimal, found.ways_out) == (False, ())


def test_only_trials_of_single_rules_count_for_whether_the_answer_is_minimal(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Dropping several at once only saves time; where it proves nothing, nothing is lost."""
    given = asking(*NOISE, AT_TUE, AT_WED)
    whole = len(requirements(given))
    searched: list[int] = []

    def slow(problem: Problem, **options: object) -> Matching:
        found = match(problem, time_limit=None)
        searched.append(sum(rule.tier == "hard" for rule in problem.active_rules))
        unknown = searched[-1] not in (whole, whole - 1) and whole - 1 not in searched
        return found.model_copy(update={"status": "UNKNOWN"}) if unknown else found

    monkeypatch.setattr("mentormatch.explain.deletion_filter.match", slow)
    assert named(subset(given)) == [ANA_TUE, ANA_WED]
    assert searched[1] < whole - 1


def test_everything_hard_that_is_asked_is_among_the_demands() -> None:
    """Each set and each trait by itself; soft rules and those turned off ask nothing."""
    given = asking(
        KeepApart(sets=(("ana", "bo"), ("bo", "cai"))),
        Pin(person="ana", slot="tue-15", language="en", with_people=("bo", "cai")),
        Pin(person="bo"),
        KeepTogether(sets=(("ana", "bo"),), affiliation="supervisor"),
        Mix(),
        AtMost(tier="off"),
        GroupSize(tier="off"),
    )
    found = requirements(given)
    assert all(one.rule.tier == "hard" for one in found)
    assert [one.rule.kind for one in found] == [
        "mentors_per_group",
        "common_slot",
        "common_language",
        "common_mode",
        "keep_apart",
        "keep_apart",
        "pin",
        "pin",
        "pin",
        "pin",
        "pin",
        "keep_together",
        "keep_together",
    ]
    assert len({one.sentence for one in found}) == len(found)


def test_what_contradicts_reads_as_a_list() -> None:
    """It is printed as it stands."""
    found = explain_infeasible(asking(AT_TUE, AT_WED))
    assert found is not None
    lines = ["These hard rules cannot all be kept:", f"  {ANA_TUE}", f"  {ANA_WED}"]
    assert str(found).splitlines() == lines
    cut = Infeasible(requirements=found.requirements, minimal=False, ways_out=())
    assert str(cut).splitlines()[:-1] == lines
    assert "the time ran out" in str(cut)
