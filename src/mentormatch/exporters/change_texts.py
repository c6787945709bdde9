"""Texts for those whom a change concerns, and for nobody else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from mentormatch.data.matching import Matching
from mentormatch.data.problem import Problem
from mentormatch.exporters.facts import called, complete_groups, facts_of
from mentormatch.exporters.group_details import NO_DETAILS, Details
from mentormatch.exporters.spelling import file_names
from mentormatch.exporters.texts import PersonText, shown_group
from mentormatch.replan.changes import Changes, PersonChange, What
from mentormatch.text import one_line


@dataclass(frozen=True)
class ChangeText:
    """A change as a template sees it; people are named, and only those of the reader's group."""

    what: What
    before: str
    after: str
    new_time: bool
    mentors_lost: tuple[str, ...]
    mentors_gained: tuple[str, ...]
    members_changed: bool


def change_texts(
    problem: Problem,
    matching: Matching,
    changes: Changes,
    *,
    earlier: Problem | None = None,
    templates: str | Path | None = None,
    details: Details = NO_DETAILS,
) -> dict[str, str]:
    """Return a text for each person whom a change concerns, by file name.

    Whoever has left gets none. A text tells the group, its times, mentors and members as far as
    they change for its reader. Own templates are named ``change``, then the language if it
    matters.

    Parameters
    ----------
    problem
        The round as it is now.
    matching
        The matching that is to be known now.
    changes
        What it changes.
    earlier
        The round as it was, by which those who have left since are named.
    templates
        Folder of own templates.
    details
        Names, places and links of groups, by id.

    Raises
    ------
    InputError
        If a template cannot be read or run.
    """
    from mentormatch.exporters.templating import Templates

    own = Templates(None if templates is None else Path(templates))
    groups = {group.id: group for group in complete_groups(problem, matching)}
    readers = [one for one in changes.people if one.concerned and one.what != "left"]
    readers = [one for one in readers if one.after is not None or one.what == "lost_place"]
    names = file_names(one.person for one in readers)
    mentors = {mentor.id for mentor in problem.mentors}
    people = {one.id: one for one in (*(earlier or problem).round.people, *problem.round.people)}
    labels = {name: one_line(one.label) for name, one in people.items()}
    made: dict[str, str] = {}
    for one in readers:
        group = groups.get(one.after or "")
        facts = None if group is None else facts_of(problem, group, details)
        tag = problem.languages[0] if facts is None else facts.language
        shown = None if facts is None else shown_group(facts, own.language("change", tag))
        reader = PersonText(labels.get(one.person, one.person), is_mentor=one.person in mentors)
        text = own.fill(
            "change", tag, person=reader, change=_change(labels, one, details), group=shown
        )
        made[f"{names[one.person]}.txt"] = text
    return made


def _change(labels: Mapping[str, str], change: PersonChange, details: Details) -> ChangeText:
    return ChangeText(
        what=change.what,
        before=called(change.before or "", details),
        after=called(change.after or "", details),
        new_time=change.new_time or change.what in ("gained_place", "joined"),
        mentors_lost=tuple(labels.get(one, one_line(one)) for one in change.mentors_lost),
        mentors_gained=tuple(labels.get(one, one_line(one)) for one in change.mentors_gained),
        members_changed=change.what != "stays"
        or bool(change.companions_lost or change.companions_gained),
    )
