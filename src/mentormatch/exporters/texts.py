"""Texts for each group and each person, from templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.exporters.facts import GroupFacts, complete_groups, facts_of
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.phrases import PHRASES, language_of_texts
from mentormatch.exporters.spelling import file_names
from mentormatch.text import one_line

if TYPE_CHECKING:
    from mentormatch.exporters.templating import Templates

LEFT_OUT = "left-out"
"""Folder of the texts for those left out."""


@dataclass(frozen=True)
class MeetingText:
    """A meeting as a template sees it: everything is text but the number."""

    number: int
    date: str
    hours: str


@dataclass(frozen=True)
class GroupText:
    """A group as a template sees it: `language` and `where` are in the text's own language.

    The name is the id where the group has no other; place and link may be empty, and language and
    where are so if nobody was asked about them.
    """

    id: str
    name: str
    topic: str
    meetings: tuple[MeetingText, ...]
    zone: str
    language: str
    where: str
    place: str
    link: str
    mentors: tuple[str, ...]
    students: tuple[str, ...]


@dataclass(frozen=True)
class PersonText:
    """Whom a text is for, as a template sees it."""

    name: str
    is_mentor: bool = False
    co_mentors: tuple[str, ...] = ()


def texts(
    problem: Problem,
    matching: Matching,
    *,
    templates: str | Path | None = None,
    details: Details = NO_DETAILS,
) -> dict[str, str]:
    """Return a text for each group and person, by file name.

    ``<group>.txt`` is for the whole group, ``<group>/<person>.txt`` for one of its students or
    mentors, and ``left-out/<person>.txt`` for a student without a group. They are in the
    group's language where there is a template in it, else in English.

    A template is given nothing but what its reader may know: of the group its id, name, topic,
    dates, zone, language, place, link, mentors and students, and of the person the name. Own
    templates are named ``group``, ``person`` or ``left_out``, then the language if it matters,
    as in ``person.fi.txt``; what is not there is taken from the library's own. They are run in
    a sandbox.

    Parameters
    ----------
    problem
        The problem that was matched.
    matching
        Its matching, found or made by hand.
    templates
        Folder of own templates.
    details
        Names, places and links of groups, by id.

    Raises
    ------
    InputError
        If a template cannot be read or run.
    InputError
        If the matching names somebody or a slot that the problem does not have.
    MissingExtraError
        If the package of the extra ``cli`` that fills in templates is not installed.
    """
    from mentormatch.exporters.templating import Templates

    own = Templates(None if templates is None else Path(templates))
    return dict(_texts(problem, matching, own, details))


def _texts(
    problem: Problem, matching: Matching, templates: Templates, details: Details
) -> Iterator[tuple[str, str]]:
    round_ = problem.round
    groups = complete_groups(problem, matching)
    folders = file_names((group.id for group in groups), taken=(LEFT_OUT,))
    for group in groups:
        facts = facts_of(problem, group, details)
        shown = shown_group(facts, templates.language("group", facts.language))
        folder = folders[group.id]
        yield f"{folder}.txt", templates.fill("group", facts.language, group=shown)
        shown = shown_group(facts, templates.language("person", facts.language))
        names = file_names((*group.mentors, *group.students))
        for place, person in enumerate((*group.mentors, *group.students)):
            reader = _reader(facts, place)
            text = templates.fill("person", facts.language, group=shown, person=reader)
            yield f"{folder}/{names[person]}.txt", text
    placed = {student for group in groups for student in group.students}
    left_out = [student for student in round_.students if student.id not in placed]
    names = file_names(student.id for student in left_out)
    for student in left_out:
        reader = PersonText(one_line(student.label))
        text = templates.fill("left_out", problem.languages[0], person=reader)
        yield f"{LEFT_OUT}/{names[student.id]}.txt", text


def _reader(facts: GroupFacts, place: int) -> PersonText:
    """Return the person at a place among the group's mentors and then its students."""
    mentors = facts.mentors
    if place >= len(mentors):
        return PersonText(facts.students[place - len(mentors)])
    return PersonText(mentors[place], is_mentor=True, co_mentors=_without(mentors, place))


def _without(names: Sequence[str], place: int) -> tuple[str, ...]:
    return (*names[:place], *names[place + 1 :])


def shown_group(facts: GroupFacts, language: str) -> GroupText:
    """Return a group as a template of a language sees it."""
    words = PHRASES[language_of_texts(language)]
    return GroupText(
        id=facts.id,
        name=facts.name,
        topic=facts.topic or "",
        meetings=tuple(
            MeetingText(
                meeting.number,
                words.date(meeting.start),
                words.hours(meeting.start, meeting.end),
            )
            for meeting in facts.meetings
        ),
        zone=facts.zone,
        language=facts.spoken(words),
        where=facts.where(words),
        place=facts.place,
        link=facts.link,
        mentors=facts.mentors,
        students=facts.students,
    )
