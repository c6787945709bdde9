"""Which rounds fall into parts, and what happens to what joins them."""

from __future__ import annotations

from mentormatch import match, verify
from mentormatch.data.matching import Matching
from mentormatch.data.people import Student
from mentormatch.data.problem import Problem
from mentormatch.rules import FairShare, KeepApart, PlaceEveryone, Rule, WishTogether
from mentormatch.solve.instance.compiled import compile_problem
from mentormatch.solve.instance.components import components_of
from tests.support.build import mentors, problem, slot, student, students
from tests.support.exhaustive import Best, best_of_all


def judged(asked: Problem, matching: Matching, known: Best | None) -> None:
    """Fail unless a matching is the best, and proven so."""
    if known is None:
        assert matching.status == "INFEASIBLE"
        return
    assert matching.status == "OPTIMAL"
    assert tuple(tier.value for tier in matching.tiers) == known.values
    assert tuple(tier.bound for tier in matching.tiers) == known.values
    assert verify(asked, matching).ok


def values(matching: Matching) -> list[int]:
    """Return the costs of the tiers."""
    return [tier.value for tier in matching.tiers]


def two(*rules: Rule, **fields: object) -> Problem:
    """Return a round of two slots with four students and a mentor each."""
    return problem(
        (*students("a1 a2 a3 a4", "tue-15"), *students("b1 b2 b3 b4", "wed-15")),
        (*mentors("am", "tue-15"), *mentors("bm", "wed-15")),
        fields.pop("slots", "tue-15 wed-15"),  # type: ignore[arg-type]  # of whatever kind
        *rules,
        **{"size": (2, 3), **fields},  # type: ignore[arg-type]  # likewise
    )


def parts_of(asked: Problem) -> list[list[str]] | None:
    """Return the ids of each part's people."""
    compiled = compile_problem(asked, 0)
    found = components_of(compiled)
    if found is None:
        return None
    everybody = compiled.round_.people
    return sorted(sorted(everybody[one].id for one in part.people) for part in found[0])


APART = [["a1", "a2", "a3", "a4", "am"], ["b1", "b2", "b3", "b4", "bm"]]


def test_people_who_can_never_meet_are_in_parts_of_their_own() -> None:
    """Here by their slots; somebody who could come to both joins them, and a mentor too."""
    asked = two()
    assert parts_of(asked) == APART
    both = asked.model_dump(mode="json")
    both["mentors"][0]["availability"] = {"tue-15": "yes", "wed-15": "if_need_be"}
    assert parts_of(Problem.model_validate(both)) is None


def test_a_price_on_how_many_of_a_kind_have_places_joins_parts() -> None:
    """Who is left out of one decides what leaving out of the other costs."""
    asked = two(FairShare(attribute="department")).model_dump(mode="json")
    for person in asked["students"]:
        person["department"] = f"of {person['id'][0]}"
    assert parts_of(Problem.model_validate(asked)) == APART
    asked["students"][0]["department"] = "of b"
    assert parts_of(Problem.model_validate(asked)) is None


def test_room_in_a_slot_joins_its_languages() -> None:
    """One group more in Finnish is one less in English there; without a limit it is not."""
    both = ("en", "fi")
    people = (*students("a1 a2 a3"), *students("b1 b2 b3", languages={"fi": "C1"}))
    guides = (*mentors("am"), *mentors("bm", languages={"fi": "C1"}))
    free = problem(people, guides, "tue-15", size=(2, 3), languages=both)
    assert parts_of(free) == [["a1", "a2", "a3", "am"], ["b1", "b2", "b3", "bm"]]
    one_room = [slot("tue-15", max_groups=1)]
    narrow = problem(people, guides, one_room, size=(2, 3), languages=both)
    assert parts_of(narrow) is None
    assert values(match(narrow, time_limit=None))[0] == 3


def test_ceilings_join_everybody() -> None:
    """What one part may cost depends on what the others do."""
    asked = two()
    assert components_of(compile_problem(asked, 0, {1: 3})) is None
    found = match(asked, time_limit=None, ceilings={1: 2})
    assert found.status == "OPTIMAL"
    assert values(found)[0] == 2


def test_a_time_that_too_few_can_come_to_joins_nobody() -> None:
    """No group of two with a mentor can ever meet there."""
    asked = two(slots="tue-15 wed-15 thu-15").model_dump(mode="json")
    asked["students"][0]["availability"]["thu-15"] = "yes"
    asked["students"][4]["availability"]["thu-15"] = "yes"
    assert parts_of(Problem.model_validate(asked)) == APART
    asked["mentors"][0]["availability"]["thu-15"] = "yes"
    assert parts_of(Problem.model_validate(asked)) is None


def test_a_wish_for_somebody_of_another_part_is_missed_in_every_group() -> None:
    """It joins nobody, and costs what it costs."""
    wish = WishTogether(tier=2, wishes=(("a1", "b1"),))
    asked = two(wish, size=(2, 4))
    assert parts_of(asked) == APART
    known = best_of_all(asked)
    assert known is not None
    assert known.values[1] > 0
    judged(asked, match(asked, time_limit=None), known)


def test_whoever_must_be_with_somebody_of_another_part_has_no_group() -> None:
    """A hard wish that cannot be kept."""
    asked = two(WishTogether(tier="hard", wishes=(("a1", "b1"),)))
    assert parts_of(asked) == APART
    judged(asked, match(asked, time_limit=None), best_of_all(asked))


def test_a_part_in_which_nobody_can_have_a_group_is_still_a_part() -> None:
    """Its share of the time was once a division by nothing."""
    others = (f"b{number}" for number in range(1, 5))
    rules = [
        WishTogether(tier="hard", wishes=((f"a{number}", other),))
        for number, other in enumerate(others, 1)
    ]
    asked = two(*rules)
    judged(asked, match(asked, time_limit=60), best_of_all(asked))


def test_keeping_apart_people_of_two_parts_asks_nothing() -> None:
    """They cannot meet anyway."""
    asked = two(KeepApart(sets=(("a1", "b1"),)))
    assert parts_of(asked) == APART
    judged(asked, match(asked, time_limit=None), best_of_all(asked))


def test_one_part_without_a_matching_is_a_round_without_one() -> None:
    """Also where all the others have theirs."""
    asked = two(PlaceEveryone(tier="hard"))
    assert match(asked, time_limit=None).status == "INFEASIBLE"
    fewer = asked.model_copy(
        update={"students": tuple(one for one in asked.students if one.id not in ("a4", "b4"))}
    )
    found = match(Problem.model_validate(fewer.model_dump()), time_limit=None)
    assert found.status == "OPTIMAL"


def test_somebody_in_no_part_who_must_have_a_group_makes_it_impossible() -> None:
    """Nobody searches for what cannot be; softly, it costs what it costs."""
    people = (
        *students("a1 a2 a3", "tue-15"),
        *students("b1 b2 b3", "wed-15"),
        student("z", "thu-15"),
    )
    guides = (*mentors("am", "tue-15"), *mentors("bm", "wed-15"))

    def round_with(rule: Rule) -> Problem:
        return problem(people, guides, "tue-15 wed-15 thu-15", rule, size=(2, 3))

    assert match(round_with(PlaceEveryone(tier="hard")), time_limit=None).status == "INFEASIBLE"
    found = match(round_with(PlaceEveryone(tier=1)), time_limit=None)
    assert found.status == "OPTIMAL"
    assert values(found) == [1]
    assert found.left_out == ("z",)


def test_a_share_of_places_that_needs_somebody_of_no_part_makes_it_impossible() -> None:
    """A part of a set had no number of places that was allowed, and nothing was concluded."""
    people = (
        *students("a1 a2 a3", "tue-15", department="Physics"),
        *students("b1 b2 b3", "wed-15", department="Design"),
    )
    guides = (*mentors("am", "tue-15"), *mentors("bm", "wed-15"))
    absent = student("z", "thu-15", department="Physics")
    share = FairShare(tier="hard", attribute="department")

    def round_of(*everybody: Student, rooms: int) -> Problem:
        slots = [slot("tue-15", max_groups=rooms), slot("wed-15"), slot("thu-15")]
        return problem(everybody, guides, slots, share, size=(2, 3))

    for rooms in (0, 1):
        impossible = round_of(*people, absent, rooms=rooms)
        assert parts_of(impossible) is not None
        assert match(impossible, time_limit=None).status == "INFEASIBLE"
    assert match(round_of(*people, rooms=1), time_limit=None).status == "OPTIMAL"
