"""Nothing done on a desk is lost, and nothing is overwritten by another window."""

from __future__ import annotations

from pathlib import Path

import pytest

from mentormatch import InputError, match, synthetic, verify
from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.desk import (
    DeskBusyError,
    OutdatedError,
    Session,
    parts_of,
    read_action,
    with_parts,
)
from mentormatch.desk.actions import Accepting, Lock, Locking, Seat
from mentormatch.evaluate.carried_over import carried_over


@pytest.fixture(scope="module")
def round_() -> tuple[Problem, Matching]:
    """Return a made-up round and its groups."""
    problem = synthetic.generate(students=30, mentors=12, seed=3)
    return problem, match(problem, time_limit=20)


def _session(folder: Path, round_: tuple[Problem, Matching]) -> Session:
    return Session(folder, *round_, {})


def _mover(session: Session) -> Seat:
    """Return a move of the first student to the second group."""
    first, second = session.state.matching.groups[:2]
    return Seat(person=first.students[0], to=second.id)


def test_a_desk_that_was_killed_opens_as_it_was(
    tmp_path: Path, round_: tuple[Problem, Matching]
) -> None:
    """Groups, locks, notes, undone steps and late joiners come back, a torn last line or not."""
    session = _session(tmp_path, round_)
    session.do(_mover(session))
    group = session.state.matching.groups[1]
    session.do(Locking(lock=Lock(kind="time", group=group.id)))
    session.do(read_action({"kind": "describe", "group": group.id, "place": "Room 4"}))
    slot = next(iter(round_[0].round.slot))
    late = {"id": "late", "availability": {slot: "yes"}, "languages": {"en": "C1"}}
    session.do(
        read_action({"kind": "happen", "event": {"kind": "student_joined", "student": late}})
    )
    session.do(Seat(person=group.students[0], to=None))
    session.undo()
    before, revision = session.state, session.revision
    session.close()
    journal = tmp_path / "desk/journal.jsonl"
    with journal.open("ab") as file:
        file.write(b'{"kind": "do", "data": {"ki')

    again = _session(tmp_path, round_)
    assert again.state.matching == before.matching
    assert again.state.locks == before.locks
    assert again.state.details == before.details
    assert "late" in again.state.matching.left_out
    assert (again.revision, again.steps) == (revision, session.steps)
    assert not again.notices
    again.redo()
    assert group.students[0] in again.state.matching.left_out
    again.close()


def test_a_change_decided_on_an_older_round_is_refused(
    tmp_path: Path, round_: tuple[Problem, Matching]
) -> None:
    """Two windows do not overwrite each other; a second program cannot open the desk at all."""
    session = _session(tmp_path, round_)
    seen = session.revision
    move = _mover(session)
    session.do(move, seen)
    after = session.state
    with pytest.raises(OutdatedError):
        session.do(move, seen)
    assert session.state is after
    with pytest.raises(DeskBusyError):
        _session(tmp_path, round_)
    session.close()
    _session(tmp_path, round_).close()


def test_what_cannot_be_is_refused_and_changes_nothing(
    tmp_path: Path, round_: tuple[Problem, Matching]
) -> None:
    """Each refusal names what is wrong, and neither round nor journal change."""
    session = _session(tmp_path, round_)
    group = session.state.matching.groups[0]
    written = (tmp_path / "desk/journal.jsonl").read_bytes()
    wrong: object
    for wrong in (
        {"kind": "seat", "person": "nobody", "to": group.id},
        {"kind": "seat", "person": group.students[0], "to": "g99"},
        {"kind": "seat", "person": group.students[0], "to": group.id},
        {"kind": "swap", "person": group.students[0], "other": group.mentors[0]},
        {"kind": "swap", "person": group.students[0], "other": group.students[1]},
        {"kind": "lock", "lock": {"kind": "together", "people": [group.students[0]]}},
        {"kind": "describe", "group": group.id, "link": "javascript:alert(1)"},
        {"kind": "happen", "event": {"kind": "student_left", "id": "nobody"}},
        {"kind": "dance"},
        [],
        None,
    ):
        with pytest.raises(InputError):
            session.do(read_action(wrong))
    assert session.revision == 0
    assert (tmp_path / "desk/journal.jsonl").read_bytes() == written
    session.close()


def test_a_sign_up_that_went_away_is_told_and_the_rest_done_again(
    tmp_path: Path, round_: tuple[Problem, Matching]
) -> None:
    """The sheets may change between two days at the desk; later steps still fit."""
    problem, matching = round_
    session = _session(tmp_path, round_)
    first, second = session.state.matching.groups[:2]
    session.do(Seat(person=first.students[0], to=second.id))
    session.do(Seat(person=first.students[1], to=second.id))
    session.undo()
    session.close()
    gone = first.students[0]
    stayed = [one for one in problem.students if one.id != gone]
    rest = problem.evolve(students=stayed, left=[gone])
    again = Session(tmp_path, rest, matching, {})
    assert len(again.notices) == 1
    assert gone not in again.state.groups[second.id].students
    again.redo()
    assert first.students[1] in again.state.groups[second.id].students
    again.close()


def test_locks_are_rules_that_hold_what_they_say(round_: tuple[Problem, Matching]) -> None:
    """A matching that breaks a lock does not pass the verifier of the locked round."""
    from mentormatch.desk import State

    problem, matching = round_
    state = State(problem, carried_over(problem, matching))
    group = state.matching.groups[0]
    person, other = group.students[:2]
    stranger = state.matching.groups[1].students[0]
    for lock, breaking in (
        (Lock(kind="person", people=(person,)), Seat(person=person, to=None)),
        (Lock(kind="time", group=group.id), Seat(person=person, to=None)),
        (Lock(kind="together", people=(person, other)), Seat(person=person, to=None)),
        (Lock(kind="apart", people=(person, stranger)), Seat(person=stranger, to=group.id)),
    ):
        locked = state.after(Locking(lock=lock))
        assert verify(locked.locked(), locked.matching).ok
        broken = state.after(breaking)
        kinds = {finding.rule for finding in verify(locked.locked(), broken.matching).findings}
        assert kinds & {"pin", "keep_together", "keep_apart"}


def test_any_parts_of_a_proposal_seat_everybody_once(round_: tuple[Problem, Matching]) -> None:
    """Parts are taken one by one; all of them together are the proposal."""
    problem, matching = round_
    before = matching
    anew = match(problem.evolve(students=problem.students[3:]), time_limit=20, seed=5)
    parts = parts_of(before, anew)
    assert parts
    everything = with_parts(before, anew, [part.number for part in parts])
    assert {group.id: set(group.students) for group in everything} == {
        group.id: set(group.students) for group in anew.groups
    }
    assert with_parts(before, anew, []) == before.groups
    for part in parts:
        groups = with_parts(before, anew, [part.number])
        seated = [name for group in groups for name in group.students]
        assert len(seated) == len(set(seated))
    assert Accepting(groups=everything).groups == everything
