"""Exports of form tools that nobody here uses go from file to hand-out without an edit."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mentormatch import match, verify
from mentormatch.errors import InputError
from mentormatch.exporters import round_files
from mentormatch.importers import (
    Export,
    import_round,
    mapping_of,
    mapping_toml,
    read_grid,
    suggest_mapping,
)
from tests.importers.other_forms import (
    FORMS,
    MENTORS,
    POLLS,
    PROGRAMME,
    SLOTS,
    STUDENTS,
    Person,
    answer,
    one_form,
    qualtrics,
    qualtrics_with_trials,
)


def export(folder: Path, name: str, data: bytes) -> Export:
    """Return an export with the proposed mapping, which went through its file."""
    (folder / name).write_bytes(data)
    grid = read_grid(folder / name)
    proposed = mapping_toml(suggest_mapping(grid).mapping)
    return Export(grid, mapping_of(tomllib.loads(proposed)))


@pytest.mark.parametrize("poll", POLLS)
def test_a_poll_is_read_as_it_was_answered(
    tmp_path: Path, poll: Callable[[Sequence[Person]], bytes]
) -> None:
    """It knows no addresses and no languages; the programme's only language is taken."""
    found = import_round(
        PROGRAMME,
        export(tmp_path, "students.csv", poll(STUDENTS)),
        export(tmp_path, "mentors.csv", poll(MENTORS)),
    )
    assert [one.code for one in found.report.findings] == ["language_assumed"] * 2
    problem = found.problem
    assert problem is not None
    assert [(one.id, one.name) for one in problem.round.people] == [
        (one.name, one.name) for one in (*STUDENTS, *MENTORS)
    ]
    for ours, theirs in zip(problem.round.people, (*STUDENTS, *MENTORS), strict=True):
        assert ours.availability == {
            slot: answer(theirs, slot, "yes", "if_need_be", "no") for slot in SLOTS
        }
    assert match(problem, time_limit=30).placed == len(STUDENTS)


@pytest.mark.parametrize(("form", "perhaps"), FORMS, ids=lambda one: getattr(one, "__name__", ""))
def test_an_export_goes_from_file_to_hand_out(
    tmp_path: Path, form: Callable[[Sequence[Person]], bytes], perhaps: bool
) -> None:
    """What is read is what was answered, cell by cell; then groups come of it."""
    found = import_round(
        PROGRAMME,
        export(tmp_path, "students.csv", form(STUDENTS)),
        export(tmp_path, "mentors.csv", form(MENTORS)),
    )
    assert [str(one.text()) for one in found.report.findings] == []
    problem = found.problem
    assert problem is not None
    people = [*STUDENTS, *MENTORS]
    assert [(one.name, one.email) for one in problem.round.people] == [
        (one.name, one.email) for one in people
    ]
    for ours, theirs in zip(problem.round.people, people, strict=True):
        assert ours.department == theirs.department
        assert ours.affiliations == {"supervisor": (theirs.supervisor,)}
        tags = {"English": "en", "Finnish": "fi"}
        assert set(ours.languages) == {tags[one] for one in theirs.languages}
        between = "if_need_be" if perhaps else "no"
        assert ours.availability == {
            slot: "yes" if slot in theirs.free else between if slot in theirs.perhaps else "no"
            for slot in SLOTS
        }
    assert None not in [one.signed_up for one in problem.students]
    matching = match(problem, time_limit=30)
    assert verify(problem, matching).ok
    assert matching.placed == len(STUDENTS)
    files = round_files(problem, matching)
    assert {f"calendars/{group.id}.ics" for group in matching.groups} <= set(files)


def test_a_trial_of_the_form_is_nobody_and_an_answer_left_early_is_told(tmp_path: Path) -> None:
    """The form's maker got a place, and nobody was told whose answers were cut short."""
    found = import_round(
        PROGRAMME,
        export(tmp_path, "students.csv", qualtrics_with_trials(STUDENTS)),
        export(tmp_path, "mentors.csv", qualtrics(MENTORS)),
    )
    assert [(one.code, one.row) for one in found.report.findings] == [
        ("trial_answer", 16),
        ("unfinished", 17),
    ]
    assert found.problem is not None
    names = [one.name for one in found.problem.students]
    assert names == [*(one.name for one in STUDENTS), f"Early {STUDENTS[1].last}"]


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Role", ("Mentee", "Mentor")),
        ("I sign up as a", ("participant", "co-mentor")),
        ("Would you like to be a mentor?", ("No", "Yes")),
        ("Rooli", ("opiskelija", "mentori")),
        ("Haluaisitko mentoriksi?", ("Ei", "Kyllä")),
    ],
)
def test_one_form_of_students_and_mentors_is_enough(
    tmp_path: Path, question: str, words: tuple[str, str]
) -> None:
    """Nobody has to part the file by hand."""
    data = one_form(STUDENTS, MENTORS, question, words)
    found = import_round(PROGRAMME, export(tmp_path, "everybody.csv", data))
    assert [one.text() for one in found.report.findings] == []
    assert found.report.people == {"everybody.csv": (16, 16)}
    problem = found.problem
    assert problem is not None
    assert sorted(one.name or "" for one in problem.students) == [one.name for one in STUDENTS]
    assert sorted(one.name or "" for one in problem.mentors) == [one.name for one in MENTORS]
    assert {one.capacity for one in problem.mentors} == {1}
    assert match(problem, time_limit=30).placed == len(STUDENTS)


def test_somebody_of_no_known_role_is_told_and_the_mapping_can_say_what_it_means(
    tmp_path: Path,
) -> None:
    """A mentor taken for a student would be as wrong as the reverse."""
    data = one_form(STUDENTS, MENTORS, "Role", ("Mentee", "Mentor"))
    data = data.replace(b"Mentee", b"Either of both", 1)
    given = export(tmp_path, "everybody.csv", data)
    found = import_round(PROGRAMME, given)
    assert [(one.code, one.effect) for one in found.report.findings] == [("unknown_role", "lost")]
    assert found.report.people == {"everybody.csv": (16, 15)}
    roles = {"roles": {"either of both": "mentor"}}
    stated = mapping_of({**given.mapping.model_dump(mode="json"), **roles})
    again = import_round(PROGRAMME, Export(given.grid, stated))
    assert again.problem is not None
    assert len(again.problem.mentors) == len(MENTORS) + 1
    with pytest.raises(InputError, match="by its column of roles"):
        import_round(PROGRAMME, given, given)
