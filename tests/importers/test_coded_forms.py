"""Codes are read where a file or a codebook says what they mean, and told where nobody does."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

import pytest

from mentormatch import match, verify
from mentormatch.errors import InputError
from mentormatch.exporters import round_files
from mentormatch.importers import (
    Export,
    Grid,
    Imported,
    codebook_of,
    decoded,
    import_round,
    mapping_of,
    mapping_toml,
    read_grid,
    suggest_mapping,
)
from mentormatch.importers.cleaning.languages import level_said
from mentormatch.importers.words import read_answer
from tests.importers.coded_forms import (
    DECODED,
    WORDS,
    framadate_days,
    limesurvey_codes,
    qualtrics_numeric,
    redcap_raw,
)
from tests.importers.other_forms import (
    MENTORS,
    PROGRAMME,
    SLOTS,
    STUDENTS,
    Person,
    answer,
    as_csv,
)


def grid_of(folder: Path, name: str, data: bytes, codebook: bytes | None = None) -> Grid:
    """Return the cells of an export, with the texts of its codebook if it has one."""
    (folder / name).write_bytes(data)
    grid = read_grid(folder / name)
    if codebook is None:
        return grid
    (folder / "codebook.csv").write_bytes(codebook)
    return decoded(grid, codebook_of(read_grid(folder / "codebook.csv")))


def proposed(grid: Grid) -> Export:
    """Return an export with the proposed mapping, which went through its file."""
    text = mapping_toml(suggest_mapping(grid).mapping)
    return Export(grid, mapping_of(tomllib.loads(text)))


def check(found: Imported, people: Sequence[Person], *, perhaps: bool) -> None:
    """Hold what was read against what was answered, cell by cell; then form groups."""
    problem = found.problem
    assert problem is not None
    assert [(one.name, one.email) for one in problem.round.people] == [
        (one.name, one.email) for one in people
    ]
    tags = {"English": "en", "Finnish": "fi"}
    between = "if_need_be" if perhaps else "no"
    for ours, theirs in zip(problem.round.people, people, strict=True):
        assert ours.department == theirs.department
        assert ours.affiliations == {"supervisor": (theirs.supervisor,)}
        assert set(ours.languages) == {tags[one] for one in theirs.languages}
        assert ours.availability == {
            slot: answer(theirs, slot, "yes", between, "no") for slot in SLOTS
        }
    assert None not in [one.signed_up for one in problem.students]
    matching = match(problem, time_limit=30)
    assert verify(problem, matching).ok
    assert matching.placed == len(STUDENTS)
    files = round_files(problem, matching)
    assert {f"calendars/{group.id}.ics" for group in matching.groups} <= set(files)


TOLD = {"repeated_person", "trial_answer", "untidy"}
"""What there is to tell: a second answer, the maker's preview."""


@pytest.mark.parametrize("name", WORDS)
def test_an_export_that_says_what_it_means_goes_from_file_to_hand_out(
    tmp_path: Path, name: str
) -> None:
    """Nothing is lost or invented, and the later of two answers stands."""
    form, kind, perhaps = WORDS[name]
    found = import_round(
        PROGRAMME,
        proposed(grid_of(tmp_path, f"students.{kind}", form(STUDENTS))),
        proposed(grid_of(tmp_path, f"mentors.{kind}", form(MENTORS))),
    )
    assert {one.effect for one in found.report.findings} <= {"done", "lost"}
    lost = [one.code for one in found.report.findings if one.effect == "lost"]
    assert lost == (["trial_answer"] * 2 if form is qualtrics_numeric else [])
    check(found, [*STUDENTS, *MENTORS], perhaps=perhaps)


@pytest.mark.parametrize("name", DECODED)
def test_a_codebook_beside_the_export_says_what_its_codes_mean(tmp_path: Path, name: str) -> None:
    """Whoever exports raw data has the dictionary of it."""
    form, codebook, perhaps = DECODED[name]
    found = import_round(
        PROGRAMME,
        proposed(grid_of(tmp_path, "students.csv", form(STUDENTS), codebook())),
        proposed(grid_of(tmp_path, "mentors.csv", form(MENTORS), codebook())),
    )
    assert {one.effect for one in found.report.findings} == {"done"}
    check(found, [*STUDENTS, *MENTORS], perhaps=perhaps)


def test_columns_of_codes_are_told_with_their_codes_and_what_to_write(tmp_path: Path) -> None:
    """A mapping that leaves them out in silence loses every answer."""
    proposal = suggest_mapping(grid_of(tmp_path, "coded.csv", limesurvey_codes(STUDENTS)))
    assert proposal.mapping.availability is None
    told = {one.headings: one for one in proposal.coded}
    assert [(heads[0], len(heads), one.codes) for heads, one in told.items()] == [
        ("langs[SQ001]", 2, ("Y",)),
        ("times[mon13]", 4, ("A1", "A2", "A3")),
        ("dept", 1, ("D1", "D2", "D3")),
    ]
    times = proposal.coded[1].text()
    assert "'times[mon13]' to 'times[thu13]' (4) hold only the codes A1, A2, A3" in times
    assert '[availability.columns] "times[mon13]" = "mon 13:00-15:00"' in times
    assert '[availability.answers] "A1" = "yes"' in times
    assert '[corrections.department] "D1" = ' in proposal.coded[2].text()


def test_what_is_told_to_be_written_for_codes_is_read(tmp_path: Path) -> None:
    """Advice that does not work is a dead end."""
    times = list(SLOTS)
    mapping = {
        "format": "mentormatch/mapping/1",
        "columns": {
            "name": "name",
            "email": "email",
            "completed": "submitdate",
            "department": "dept",
            "affiliations": {"supervisor": "sup"},
            "language_columns": {"en": "langs[SQ001]", "fi": "langs[SQ002]"},
        },
        "corrections": {"department": {"D1": "Physics", "D2": "Design", "D3": "Law"}},
        "availability": {
            "shape": "slot_columns",
            "columns": {f"times[{slot.replace('-', '')}]": slot for slot in times},
            "answers": {"A1": "yes", "A2": "if_need_be", "A3": "no"},
        },
    }
    exports = [
        Export(grid_of(tmp_path, f"{name}.csv", limesurvey_codes(people)), mapping_of(mapping))
        for name, people in (("students", STUDENTS), ("mentors", MENTORS))
    ]
    check(import_round(PROGRAMME, *exports), [*STUDENTS, *MENTORS], perhaps=True)


def _listed(people: Sequence[Person]) -> bytes:
    """Return Qualtrics' numbers of the chosen options in one cell, below three rows of headings."""
    slots, tongues = list(SLOTS), ["English", "Finnish"]
    rows = [
        ["EndDate", "Status", "RecordedDate", "Q1", "Q2", "Q3", "Q4", "Q5", "Q6"],
        ["End Date", "Response Type", "Recorded Date", "Your name", "Your e-mail", "Department",
         "Supervisor", "Languages", "When can you meet? - Selected Choice"],
        [json.dumps({"ImportId": f"QID{number}"}) for number in range(9)],
    ]  # fmt: skip
    for number, one in enumerate(people, 1):
        when = f"2026-09-{number:02d} 10:15:00"
        chosen = [
            ",".join(str(of.index(each) + 1) for each in said)
            for of, said in ((tongues, one.languages), (slots, one.free))
        ]
        rows.append([when, "0", when, one.name, one.email, one.department, one.supervisor, *chosen])
    return as_csv(rows).encode()


def test_lists_of_codes_in_one_cell_are_told_and_read_by_a_codebook(tmp_path: Path) -> None:
    """The second row of headings was taken for a person, and nothing was said of the codes."""
    proposal = suggest_mapping(grid_of(tmp_path, "lists.csv", _listed(STUDENTS)))
    assert proposal.mapping.file.heading_rows == (1, 2)
    assert [one.codes for one in proposal.coded if one.in_lists] == [
        ("1", "2"),
        ("1", "2", "3", "4"),
    ]
    assert '[availability.options] "1" = "mon 13:00-15:00"' in proposal.coded[-1].text()
    meanings = {"Q5": ("English", "Finnish"), "Q6": SLOTS.values()}
    rows = [["column", "code", "meaning"]]
    rows += [
        [column, str(number), text]
        for column, texts in meanings.items()
        for number, text in enumerate(texts, 1)
    ]
    codebook = as_csv(rows).encode()
    exports = [
        proposed(grid_of(tmp_path, f"{name}.csv", _listed(people), codebook))
        for name, people in (("students", STUDENTS), ("mentors", MENTORS))
    ]
    check(import_round(PROGRAMME, *exports), [*STUDENTS, *MENTORS], perhaps=False)


def test_ticks_below_codes_are_told_as_well(tmp_path: Path) -> None:
    """The file says that somebody ticked the second box, and not what stands beside it."""
    proposal = suggest_mapping(grid_of(tmp_path, "raw.csv", redcap_raw(STUDENTS)))
    told = [one.text() for one in proposal.coded]
    assert len(told) == 3
    assert "'avail____1' to 'avail___4' (4) hold only the codes 0, 1" in told[1]
    assert "does not say what each is about" in told[1]
    assert "[availability.answers]" not in told[1]


def test_a_code_that_the_codebook_lacks_is_told_where_it_stands(tmp_path: Path) -> None:
    """Somebody changed the form after the codebook was made."""
    data = redcap_raw(STUDENTS).replace(b"StuaMadeupa@example.org", b"x")
    lines = data.decode().splitlines()
    fields = lines[-1].split(",")
    fields[6] = "9"
    lines[-1] = ",".join(fields)
    grid = grid_of(tmp_path, "raw.csv", "\n".join(lines).encode(), DECODED["redcap"][1]())
    (finding,) = grid.findings
    assert (finding.code, finding.row, finding.value) == ("unknown_code", len(lines), "9")


@pytest.mark.parametrize(
    ("codebook", "message"),
    [
        (b"a,b\n1,2\n", "is no codebook"),
        (b"column,code,meaning\nother,1,Yes\n", "knows none of the columns of raw.csv"),
    ],
)
def test_a_file_that_is_no_codebook_of_the_export_is_refused(
    tmp_path: Path, codebook: bytes, message: str
) -> None:
    """Reading on would leave every code as it stands."""
    with pytest.raises(InputError, match=message):
        grid_of(tmp_path, "raw.csv", redcap_raw(STUDENTS), codebook)


def test_days_above_hours_in_figures_are_read_with_their_hours(tmp_path: Path) -> None:
    """Two times on one day made a day with a number, which was read as two at night."""
    found = import_round(
        PROGRAMME,
        proposed(grid_of(tmp_path, "students.csv", framadate_days(STUDENTS))),
        proposed(grid_of(tmp_path, "mentors.csv", framadate_days(MENTORS))),
    )
    problem = found.problem
    assert problem is not None
    for ours, theirs in zip(problem.round.people, (*STUDENTS, *MENTORS), strict=True):
        assert ours.availability == {
            slot: answer(theirs, slot, "yes", "if_need_be", "no") for slot in SLOTS
        }


@pytest.mark.parametrize("asked", ["slots", "select"])
def test_the_first_person_beside_a_column_without_heading_is_no_heading(
    tmp_path: Path, asked: str
) -> None:
    """An index column of a data frame, without addresses: the first person was lost."""
    times = {"slots": "Mon 13-15,Tue 9-11", "select": "When can you come?"}[asked]
    said = {"slots": "yes,no", "select": "Mon 13-15;Tue 9-11"}[asked]
    rows = [f",ID,firstName,lastName,{times}"]
    rows += [f"{number},s{number},First{number},Last{number},{said}" for number in range(4)]
    grid = grid_of(tmp_path, "index.csv", "\n".join(rows).encode())
    found = suggest_mapping(grid).mapping
    assert found.file.heading_rows == (1,)
    assert (found.columns.id, found.columns.name) == ("ID", ("firstName", "lastName"))


def test_an_option_that_hardly_anybody_chose_is_read_with_the_rest(tmp_path: Path) -> None:
    """The column was left out in silence where most people answered in words of their own."""
    rows = ["Name,E-mail,Suits? [Mon 13-15],Suits? [Tue 9-11],Suits? [Wed 15-17]"]
    rows += [f"P{number},p{number}@example.org,Yes,No,rather not" for number in range(4)]
    proposal = suggest_mapping(grid_of(tmp_path, "rare.csv", "\n".join(rows).encode()))
    assert proposal.mapping.availability is not None
    assert len(proposal.mapping.availability.headings()) == 3


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("Yes", "B2"),
        ("Yes, C1", "C1"),
        ("Yes, native", "native"),
        ("Yes, fluently", "unknown"),
        ("No, sorry", None),
    ],
)
def test_a_level_behind_a_yes_is_not_lost(cell: str, level: str | None) -> None:
    """A word that may be a level is told, and not taken for a plain yes."""
    assert level_said(cell, "en", "B2") == level


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("Yes, suits me well", "yes"),
        ("Kyllä, sopii", "yes"),
        ("No, not at all possible", "no"),
        ("No - never", "no"),
        ("Yes (if need be)", "if_need_be"),
        ("yes, but only online", None),
        ("No, yes", None),
        ("Yesterday, fine", None),
    ],
)
def test_an_answer_with_words_behind_it_counts_where_they_take_nothing_back(
    cell: str, meant: str | None
) -> None:
    """What could mean something else is told instead."""
    assert read_answer(cell, {}) == meant
