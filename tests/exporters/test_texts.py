from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentormatch.data.calendar import Slot
from mentormatch.data.matching import Group, Matching
from mentormatch.data.people import Mentor, Student, WeeklyHours
from mentormatch.data.problem import Problem
from mentormatch.errors import InputError, MissingExtraError
from mentormatch.exporters import calendars, roster_csv, texts
from mentormatch.exporters.templating import _environment
from mentormatch.exporters.workbook import roster_xlsx
from mentormatch.rules import KeepApart, KeepApartAffiliation
from tests.support.build import mentor, problem, slot, student, students
from tests.support.matched import grouped, made_up_problem

DUMP = """
{{ group }}{{ person }}{{ group.__dict__ }}{{ self }}
{% for name in ("availability", "absences", "attributes", "affiliations", "languages", "hours",
   "priority", "zone", "signed_up", "department", "rules") %}
{{ person[name]|default("") }}{{ group[name]|default("") }}
{% endfor %}
"""


def _private(name: str) -> dict[str, Any]:
    """Return fields in which everything that is nobody else's business is a word of its own."""
    return {
        "name": f"Name of {name}",
        "department": f"canary-department-{name}",
        "availability": {"tue-15": "yes", "wed-15": "if_need_be", "canary-slot": "yes"},
        "hours": (WeeklyHours(weekday=4, start="07:07", end="08:08"),),
        "absences": (date(2026, 10, 7),),
        "languages": {"en": "C1", "fi": "native", "ar": "native", "cy": "C2"},
        "affiliations": {"supervisor": (f"canary-supervisor-{name}",)},
        "attributes": {"need": f"canary-need-{name}", "why": "canary-reason"},
        "zone": "Pacific/Auckland",
    }


def _canary_round(language: str = "en") -> tuple[Problem, Matching]:
    people = [
        Student(
            id=f"canary-id-{name}",
            priority=777,
            signed_up="2026-09-01T06:06:06+03:00",
            **_private(name),
        )
        for name in ("ada", "bo", "cy", "di")
    ]
    guides = [
        Mentor(id=f"canary-id-{name}", capacity=13, **_private(name)) for name in ("mia", "noa")
    ]
    asked = problem(
        people,
        guides,
        (
            slot("tue-15", modes=("campus",)),
            slot("wed-15"),
            Slot(id="canary-slot", weekday=5, start="06:00"),
        ),
        KeepApart(sets=(("canary-id-ada", "canary-id-di"),)),
        KeepApartAffiliation(tier=3),
        size=(1, 4),
        languages=("en", "fi"),
    )
    group = Group(
        id="g1",
        students=("canary-id-ada", "canary-id-bo", "canary-id-cy"),
        mentors=("canary-id-mia", "canary-id-noa"),
        slot="tue-15",
        language=language,
        mode="campus",
    )
    messages = ("canary-message: di was left out because of ada",)
    return asked, Matching(status="FEASIBLE", groups=(group,), messages=messages)


SECRETS = (
    *("canary", "need_be", "if need", "C1", "C2", "native", "07:07", "06:06", "2026-10-07"),
    *("Auckland", "777", "supervisor", "wed-15", "Wednesday", "keskiviikko", "apart"),
)


@pytest.mark.parametrize("language", ["en", "fi"])
def test_participants_are_told_nothing_of_what_anybody_answered_or_needs(language: str) -> None:
    """Whoever signs up for a wellbeing programme trusts it with what it asks."""
    asked, matching = _canary_round(language)
    told = {
        **texts(asked, matching),
        **{name: data.decode() for name, data in calendars(asked, matching).items()},
    }
    assert len(told) == 8
    for name, text in told.items():
        for secret in SECRETS:
            assert secret not in text.replace("\r\n ", ""), (name, secret)


def test_no_template_can_reach_what_it_is_not_given(tmp_path: Path) -> None:
    """A template copied from somewhere must not be able to leak, even if it tries."""
    asked, matching = _canary_round()
    for kind in ("group", "person"):
        source = DUMP if kind == "person" else DUMP.replace("person", "group")
        safe = source.replace("{{ group.__dict__ }}", "").replace("{{ self }}", "")
        (tmp_path / f"{kind}.txt").write_text(safe, encoding="utf-8")
    made = texts(asked, matching, templates=tmp_path)
    for secret in SECRETS:
        assert not any(secret in text for text in made.values()), secret
    assert "Name of ada" in made["g1.txt"]


@pytest.mark.parametrize(
    "source",
    [
        "{{ group.__class__.__mro__ }}",
        "{{ ''.__class__.__base__.__subclasses__() }}",
        "{{ group.students.__len__.__globals__ }}",
        "{{ '%s'|format(group.__init__.__globals__) }}",
        "{{ '{0.__class__}'.format(group) }}",
        "{{ cycler.__init__.__globals__.os.system('true') }}",
        "{% include 'person.txt' %}",
        "{% for n in range(10**9) %}x{% endfor %}",
        "{{ group.stundents }}",
        "{{ 1 / 0 }}",
        "{% if group %}",
        "{{ group.id|nofilter }}",
    ],
)
def test_a_template_that_breaks_out_or_fails_is_one_clear_fault(
    tmp_path: Path, source: str
) -> None:
    """Templates are passed on by mail; what they cannot do is said, not done."""
    asked, matching = _canary_round()
    (tmp_path / "group.txt").write_text(source, encoding="utf-8")
    with pytest.raises(InputError, match=r"group\.txt") as caught:
        texts(asked, matching, templates=tmp_path)
    assert len(caught.value.faults) == 1
    assert "canary" not in str(caught.value)


def test_everybody_gets_a_text_and_each_group_one() -> None:
    """Nobody is forgotten, those left out least of all."""
    asked = made_up_problem()
    matching = grouped(asked)
    made = texts(asked, matching)
    expected = {f"left-out/{name}.txt" for name in matching.left_out}
    for group in matching.groups:
        expected.add(f"{group.id}.txt")
        expected |= {f"{group.id}/{name}.txt" for name in (*group.students, *group.mentors)}
    assert set(made) == expected
    label = {person.id: person.label for person in asked.round.people}
    for name, text in made.items():
        if "/" in name:
            person = name.split("/")[1].removesuffix(".txt")
            assert text.startswith(f"Dear {label[person]},\n")


def test_a_student_is_told_time_place_and_mentors_but_not_the_other_students() -> None:
    """Who else signed up is theirs to tell, when they meet."""
    asked, matching = _canary_round()
    text = texts(asked, matching)["g1/canary-id-ada.txt"]
    assert "Tuesday 13 October 2026, 15:00\u201317:00" in text
    assert "Language: English" in text
    assert "On campus" in text
    assert "Mentors: Name of mia, Name of noa" in text
    assert "Name of bo" not in text


def test_a_mentor_is_told_the_co_mentor_and_the_students() -> None:
    """They prepare the first meeting together, and must know whom to expect."""
    asked, matching = _canary_round()
    text = texts(asked, matching)["g1/canary-id-mia.txt"]
    assert "together with Name of noa" in text
    assert "Students: Name of ada, Name of bo, Name of cy" in text


def test_a_finnish_group_is_written_to_in_finnish() -> None:
    """It is the language that all of them chose."""
    asked, matching = _canary_round("fi")
    made = texts(asked, matching)
    assert made["g1/canary-id-ada.txt"].startswith("Hei Name of ada,")
    assert "tiistai 13.10.2026 klo 15.00\u201317.00" in made["g1.txt"]
    assert "Kieli: suomi" in made["g1.txt"]
    assert "Paikka: Kampuksella" in made["g1.txt"]


def test_a_mentor_of_two_groups_gets_a_text_for_each() -> None:
    """Each has its own time and its own people."""
    asked = problem(
        students("ada bo", "tue-15 wed-15"), (mentor("mia", "tue-15 wed-15", capacity=2),)
    )
    groups = tuple(
        Group(id=f"g{number}", students=(name,), mentors=("mia",), slot=at)
        for number, (name, at) in enumerate((("ada", "tue-15"), ("bo", "wed-15")), 1)
    )
    made = texts(asked, Matching(status="FEASIBLE", groups=groups))
    assert "Tuesday" in made["g1/mia.txt"]
    assert "Wednesday" in made["g2/mia.txt"]


def test_own_templates_come_first_and_the_rest_is_ours(tmp_path: Path) -> None:
    """A programme has its own words for some texts, seldom for all."""
    asked, matching = _canary_round("fi")
    (tmp_path / "person.txt").write_text("Moi {{ person.name }}!", encoding="utf-8")
    (tmp_path / "group.sv.txt").write_text("Grupp {{ group.id }}", encoding="utf-8")
    (tmp_path / "README.md").write_text("not a template", encoding="utf-8")
    made = texts(asked, matching, templates=tmp_path)
    assert made["g1/canary-id-ada.txt"] == "Moi Name of ada!\n"
    assert made["g1.txt"] == "Grupp g1\n"
    assert made["left-out/canary-id-di.txt"].startswith("Dear Name of di,")
    (tmp_path / "group.fi.txt").write_text("Ryhm\u00e4 {{ group.id }}", encoding="utf-8")
    assert texts(asked, matching, templates=tmp_path)["g1.txt"] == "Ryhm\u00e4 g1\n"


def test_a_misnamed_or_unreadable_template_is_refused(tmp_path: Path) -> None:
    """Silently using our own words instead would be noticed too late."""
    asked, matching = _canary_round()
    with pytest.raises(InputError, match="holds no template"):
        texts(asked, matching, templates=tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        texts(asked, matching, templates=tmp_path / "nowhere")
    (tmp_path / "persn.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InputError, match=r"did you mean 'person\.txt'"):
        texts(asked, matching, templates=tmp_path)
    (tmp_path / "persn.txt").rename(tmp_path / "person.txt")
    for content in (b"\xff\xfe", b"x" * 200_000):
        (tmp_path / "person.txt").write_bytes(content)
        with pytest.raises(InputError, match=r"person\.txt"):
            texts(asked, matching, templates=tmp_path)


def test_a_name_adds_no_lines_and_is_not_a_template() -> None:
    """Names come from a form that anybody can fill in."""
    evil = "Eve {{ 7 * 7 }}\n\nPay here: \u202e{% raise %}"
    asked = problem((student("eve", name=evil), *students("bo")), (mentor("mia"),))
    group = Group(id="g1", students=("eve", "bo"), mentors=("mia",), slot="tue-15")
    text = texts(asked, Matching(status="FEASIBLE", groups=(group,)))["g1/eve.txt"]
    assert text.startswith("Dear Eve {{ 7 * 7 }} Pay here: \ufffd{% raise %},\n")


@pytest.mark.parametrize(
    "ids", [("../../etc/passwd", "a/b", "a_b"), ("Ada*x", "ada?x", "nul"), ("left-out",)]
)
def test_no_person_is_written_out_of_the_folder_or_over_another(ids: tuple[str, ...]) -> None:
    """Ids are often e-mail addresses, and sometimes anything at all."""
    asked = problem(tuple(student(one) for one in ids), (mentor("mia"),))
    group = Group(id="left-out", students=ids, mentors=("mia",), slot="tue-15")
    made = texts(asked, Matching(status="FEASIBLE", groups=(group,)))
    assert len({name.casefold() for name in made}) == len(ids) + 2
    for name in made:
        assert ".." not in name
        assert name.count("/") <= 1
        assert name.startswith("left-out-2")


def test_rosters_hold_nobodys_answers_either() -> None:
    """They are the coordinator's, and get passed on to mentors all the same."""
    asked, matching = _canary_round()
    for text in (roster_csv(asked, matching), roster_xlsx(asked, matching).decode("latin-1")):
        for secret in ("canary-need", "canary-supervisor", "canary-department", "if_need_be"):
            assert secret not in text


def test_without_its_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """One line is enough to go on."""
    asked, matching = _canary_round()
    _environment.cache_clear()
    monkeypatch.setitem(sys.modules, "jinja2", None)
    with pytest.raises(MissingExtraError, match="mentormatch\\[cli\\]"):
        texts(asked, matching)
