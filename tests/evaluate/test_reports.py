"""What a report says of sound matchings, of rosters by hand, and of many faults at once."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

from mentormatch.data.matching import Group, Matching
from mentormatch.evaluate.verify import as_group, solution_of, verify
from mentormatch.rules import PlaceEveryone
from tests.evaluate.sound import (
    G1,
    G2,
    PROBLEM,
    TIERS,
    changed,
    claimed,
    group,
    roster,
    tier,
)
from tests.support.build import mentors, problem, slot, students, term


def test_every_fault_is_listed_at_once() -> None:
    """A roster with three faults is sent back once, not three times."""
    spoilt = claimed(
        changed(G1, students=("ana", "bo", "dee", "fay")), changed(G2, mentors=()), tiers=TIERS
    )
    report = verify(PROBLEM, spoilt)
    assert {finding.rule for finding in report.findings} == {
        "structure",
        "group_size",
        "mentors_per_group",
        "common_slot",
        "keep_apart_affiliation",
        "claim",
    }


def test_a_sound_matching_passes_with_its_true_costs() -> None:
    """A verifier that refuses everything would pass all the tests above."""
    report = verify(PROBLEM, claimed())
    assert report.ok, str(report)
    assert report.tiers == {1: 4, 3: 1, 4: 1}
    assert {kind: len(violations) for kind, violations in report.soft.items()} == {
        "place_everyone": 3,
        "mix": 1,
        "prefer_yes": 1,
    }
    assert str(report) == "valid (tier 1: 4, tier 3: 1, tier 4: 1)"


def test_a_report_counts_what_it_found() -> None:
    """The first line is what a coordinator reads."""
    one = str(verify(PROBLEM, roster(changed(G1, mentors=("mia",)))))
    assert one.startswith("1 breach:\n  mentors_per_group: Group g1 has 1 mentor instead of 2.")
    both = str(verify(PROBLEM, roster(changed(G1, mentors=()), changed(G2, mentors=()))))
    assert both.splitlines()[0] == "2 breaches:"


def test_a_true_bound_below_the_value_passes_as_feasible() -> None:
    """A gap that is told is no fault."""
    assert verify(PROBLEM, claimed(status="FEASIBLE", tiers=(tier(1, 4, 0), *TIERS[1:]))).ok


def test_leaving_everybody_out_is_sound_where_it_is_allowed() -> None:
    """No group breaks no rule of groups; what it costs is in the tiers."""
    report = verify(PROBLEM, roster())
    assert report.ok
    assert report.tiers == {1: 9, 3: 0, 4: 0}


def test_an_infeasible_problem_is_not_called_solvable() -> None:
    """Where hard rules forbid to leave anybody out, no groups are a breach and no wrong claim."""
    asked = problem(
        students("ana bo"),
        (),
        "tue-15",
        PlaceEveryone(tier="hard"),
        missing_availability="leave_out",
    )
    report = verify(asked, Matching(status="INFEASIBLE", left_out=("ana", "bo")))
    assert {finding.rule for finding in report.findings} == {"place_everyone"}


def test_a_roster_by_hand_needs_no_dates_language_or_mode() -> None:
    """Who writes a roster names people and a slot; dates are those of the slot's first plan."""
    by_hand = Matching(
        status="FEASIBLE",
        groups=(
            Group(id="blue", students=("ana", "bo"), mentors=("mia", "noa"), slot="tue-15"),
            Group(id="red", students=("dee", "hoa"), mentors=("oli", "pat"), slot="fri-15"),
        ),
    )
    report = verify(PROBLEM, by_hand)
    assert report.ok, str(report)
    # fay counts twice, ana and bo are of one department.
    assert report.tiers == {1: 5, 3: 1, 4: 0}


def test_a_roster_by_hand_is_judged_at_its_best_and_still_found_wanting() -> None:
    """What is left open does not excuse what no choice can mend."""
    by_hand = Matching(
        status="FEASIBLE",
        groups=(Group(id="blue", students=("ana", "dee"), mentors=("mia", "noa"), slot="tue-15"),),
    )
    report = verify(PROBLEM, by_hand)
    assert [finding.rule for finding in report.findings] == ["common_slot"]


def test_the_language_of_a_roster_by_hand_is_the_one_that_fits() -> None:
    """Finnish is the second language of the programme and the only one of these two."""
    asked = problem(
        students("ana bo", languages={"fi": "C1"}),
        mentors("mia", languages={"fi": "B2"}),
        "tue-15",
        languages=("en", "fi"),
    )
    by_hand = Group(id="blue", students=("ana", "bo"), mentors=("mia",), slot="tue-15")
    assert verify(asked, Matching(status="FEASIBLE", groups=(by_hand,))).ok
    in_english = changed(by_hand, language="en")
    report = verify(asked, Matching(status="FEASIBLE", groups=(in_english,)))
    assert [finding.rule for finding in report.findings] == ["common_language"] * 3


def test_of_two_ways_that_a_roster_by_hand_leaves_open_the_better_is_taken() -> None:
    """One time and one mode, so that only the language is left to choose; the second one fits."""
    asked = problem(
        students("ana bo", languages={"fi": "C1"}),
        mentors("mia", languages={"fi": "B2"}),
        [slot("tue-15", modes=("campus",))],
        languages=("en", "fi"),
    )
    starts = asked.round.all_plans["tue-15"][0].starts
    by_hand = Group(
        id="blue", students=("ana", "bo"), mentors=("mia",), slot="tue-15", meetings=starts
    )
    assert verify(asked, Matching(status="FEASIBLE", groups=(by_hand,))).ok


def test_a_group_in_full_goes_back_to_what_it_was() -> None:
    """A slot without a zone of its own is in that of the term."""
    online = group("g3", "gus hoa", "oli pat", "fri-15", minutes=90, mode="online")
    made = roster(changed(G1, zone=None), changed(online, zone=None))
    first, second = (
        as_group(PROBLEM, as_solution) for as_solution in solution_of(PROBLEM, made).groups
    )
    assert first == G1
    assert second == changed(online, zone="Europe/Stockholm")


def test_a_slot_without_room_in_the_term_has_no_sound_group() -> None:
    """Groups that can never meet often enough are no groups, dates or not."""
    asked = problem(students("ana bo"), mentors("mia"), "tue-15", term=term(meetings=6))
    by_hand = Group(id="blue", students=("ana", "bo"), mentors=("mia",), slot="tue-15")
    report = verify(asked, Matching(status="FEASIBLE", groups=(by_hand,)))
    assert "structure" in {finding.rule for finding in report.findings}


def test_dates_may_be_written_in_another_zone() -> None:
    """An instant is an instant; a file may have it in UTC."""
    in_utc = Matching.from_json(claimed().to_json().replace("T15:00:00+03:00", "T12:00:00Z"))
    assert in_utc.groups[0].meetings[0].utcoffset() == timedelta(0)
    assert verify(PROBLEM, in_utc).ok
    # People are told the clock of the slot all the same.
    told = as_group(PROBLEM, solution_of(PROBLEM, in_utc).groups[0]).meetings
    assert [start.isoformat() for start in told] == [start.isoformat() for start in G1.meetings]


def test_meetings_in_the_hour_that_the_clock_repeats_survive_a_file() -> None:
    """Bug: in that hour times of two zones never compare equal, so the file was refused."""
    asked = problem(
        students("ana bo", "sun-03"), mentors("mia", "sun-03"), "sun-03", term=term(meetings=3)
    )
    for plan in asked.round.all_plans["sun-03"]:
        made = Matching(
            status="FEASIBLE",
            groups=(
                Group(
                    id="g1",
                    students=("ana", "bo"),
                    mentors=("mia",),
                    slot="sun-03",
                    meetings=plan.starts,
                ),
            ),
        )
        assert verify(asked, made).ok
        assert verify(asked, Matching.from_json(made.to_json())).ok


def test_verification_does_not_load_the_solver() -> None:
    """What is valid is judged by code that shares nothing with what finds matchings."""
    code = (
        "import sys, mentormatch.evaluate.verify, mentormatch.evaluate.cost\n"
        "from mentormatch import verify, Problem, Matching\n"
        "assert not any(name.split('.')[0] == 'ortools' for name in sys.modules)\n"
        "assert not any(name.startswith('mentormatch.solve') for name in sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
