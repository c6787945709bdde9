"""What can happen to a round, each kind of event as a document of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from mentormatch.data.calendar import Day, Slot
from mentormatch.data.documents import JsonDocument
from mentormatch.data.people import Answer, Identifier, Mentor, Noun, Student
from mentormatch.rules import AnyRule

EVENTS_FORMAT: Literal["mentormatch/events/1"] = "mentormatch/events/1"

Fields = Annotated[Mapping[str, Any], Field(min_length=1, max_length=50)]
"""New values by the name of the field, as the problem would state them."""


class _Event(Noun):
    """What all events have in common."""

    said: ClassVar[str]
    """What happened, with the event's fields in braces; answers are not told."""

    group: Identifier | None = Field(
        default=None, description="The group that somebody had, where it is known."
    )

    def __str__(self) -> str:
        text = self.said.format(**self._words())
        return f"{text} (group {self.group})" if self.group else text

    def _words(self) -> dict[str, str]:
        """Return what the sentence needs, by the names in it."""
        return {}


class _Happened(_Event):
    """An event that names one thing by its id."""

    id: Identifier

    def _words(self) -> dict[str, str]:
        return {"id": self.id}


class _Changed(_Happened):
    """An event that changes some fields of something."""

    fields: Fields = Field(description="New values by field; what is not named stays.")

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "fields": _listed(self.fields)}


class StudentJoined(_Event):
    """A student has signed up."""

    kind: Literal["student_joined"] = "student_joined"
    said: ClassVar[str] = "{id} has signed up"
    student: Student

    def _words(self) -> dict[str, str]:
        return {"id": self.student.id}


class StudentLeft(_Happened):
    """A student takes no part any more."""

    kind: Literal["student_left"] = "student_left"
    said: ClassVar[str] = "{id} has left"


class StudentChanged(_Changed):
    """A student has changed answers."""

    kind: Literal["student_changed"] = "student_changed"
    said: ClassVar[str] = "{id} has changed {fields}"


class MentorJoined(_Event):
    """A mentor has signed up."""

    kind: Literal["mentor_joined"] = "mentor_joined"
    said: ClassVar[str] = "{id} is a new mentor"
    mentor: Mentor

    def _words(self) -> dict[str, str]:
        return {"id": self.mentor.id}


class MentorLeft(_Happened):
    """A mentor takes no part any more."""

    kind: Literal["mentor_left"] = "mentor_left"
    said: ClassVar[str] = "mentor {id} has left"


class MentorChanged(_Changed):
    """A mentor has changed answers."""

    kind: Literal["mentor_changed"] = "mentor_changed"
    said: ClassVar[str] = "mentor {id} has changed {fields}"


class MentorAway(_Happened):
    """A mentor cannot come on some days."""

    kind: Literal["mentor_away"] = "mentor_away"
    said: ClassVar[str] = "mentor {id} is away on {dates}"
    dates: Annotated[tuple[Day, ...], Field(min_length=1, max_length=500)]

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "dates": ", ".join(map(str, self.dates))}


class MentorReplaced(_Happened):
    """A mentor takes no part any more, and somebody else leads their groups, which go on."""

    kind: Literal["mentor_replaced"] = "mentor_replaced"
    said: ClassVar[str] = "mentor {id} is replaced by {by}"
    by: Identifier = Field(description="A mentor of the round, or one who joins in these events.")

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "by": self.by}


class SlotAdded(_Event):
    """There is one more slot."""

    kind: Literal["slot_added"] = "slot_added"
    said: ClassVar[str] = "slot {id} is new"
    slot: Slot
    answers: Annotated[Mapping[Identifier, Answer], Field(max_length=300_000)] = Field(
        default={}, description="People's answers to it; who is not named cannot come."
    )

    def _words(self) -> dict[str, str]:
        return {"id": self.slot.id}


class SlotLost(_Happened):
    """No group can meet in a slot any more."""

    kind: Literal["slot_lost"] = "slot_lost"
    said: ClassVar[str] = "slot {id} is gone"


class SlotChanged(_Changed):
    """Something about a slot is different."""

    kind: Literal["slot_changed"] = "slot_changed"
    said: ClassVar[str] = "slot {id} has changed {fields}"


class RoomLost(_Happened):
    """A slot holds one group less than before; one without a limit, than meet in it now."""

    kind: Literal["room_lost"] = "room_lost"
    said: ClassVar[str] = "slot {id} has lost {rooms}"
    rooms: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 1

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "rooms": _rooms(self.rooms)}


class RoomAdded(_Happened):
    """A slot holds one group more than before."""

    kind: Literal["room_added"] = "room_added"
    said: ClassVar[str] = "slot {id} has {rooms} more"
    rooms: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 1

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "rooms": _rooms(self.rooms)}


class GroupDissolved(_Happened):
    """A group does not go on: none of its students has one of its mentors again.

    Of a group without mentors, none of its students meets in its slot again.
    """

    kind: Literal["group_dissolved"] = "group_dissolved"
    said: ClassVar[str] = "group {id} is dissolved"


class GroupSplit(_Happened):
    """A group becomes several; the first part goes on under its id."""

    kind: Literal["group_split"] = "group_split"
    said: ClassVar[str] = "group {id} is split into {count}"
    parts: Annotated[
        tuple[Annotated[tuple[Identifier, ...], Field(min_length=1)], ...], Field(min_length=2)
    ] = Field(description="Students and mentors of each part, everybody of the group once.")

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "count": str(len(self.parts))}


class GroupMerged(_Happened):
    """All students of a group join another one, which goes on with its slot and mentors."""

    kind: Literal["group_merged"] = "group_merged"
    said: ClassVar[str] = "group {id} merges into {into}"
    into: Identifier

    def _words(self) -> dict[str, str]:
        return {"id": self.id, "into": self.into}


class _RoundChanged(_Event):
    """An event that changes some fields of the round itself."""

    fields: Fields

    def _words(self) -> dict[str, str]:
        return {"fields": _listed(self.fields)}


class TermChanged(_RoundChanged):
    """The term is different: its days, skipped days, number of meetings."""

    kind: Literal["term_changed"] = "term_changed"
    said: ClassVar[str] = "the term has changed {fields}"


class ShapeChanged(_RoundChanged):
    """Groups are of another size, or have another number of mentors."""

    kind: Literal["shape_changed"] = "shape_changed"
    said: ClassVar[str] = "the shape of groups has changed {fields}"


class ChoicesChanged(_RoundChanged):
    """Languages, topics, or what the programme makes of missing answers are different."""

    kind: Literal["choices_changed"] = "choices_changed"
    said: ClassVar[str] = "the programme has changed {fields}"


class RuleAdded(_Event):
    """One more rule is stated."""

    kind: Literal["rule_added"] = "rule_added"
    said: ClassVar[str] = "a rule on {about} is new"
    rule: AnyRule

    def _words(self) -> dict[str, str]:
        return {"about": self.rule.describe()}


class RuleDropped(_Event):
    """A stated rule is stated no more."""

    kind: Literal["rule_dropped"] = "rule_dropped"
    said: ClassVar[str] = "a rule on {about} is gone"
    rule: AnyRule = Field(description="The rule as the problem states it.")

    def _words(self) -> dict[str, str]:
        return {"about": self.rule.describe()}


AnyEvent = Annotated[
    StudentJoined
    | StudentLeft
    | StudentChanged
    | MentorJoined
    | MentorLeft
    | MentorChanged
    | MentorAway
    | MentorReplaced
    | SlotAdded
    | SlotLost
    | SlotChanged
    | RoomLost
    | RoomAdded
    | GroupDissolved
    | GroupSplit
    | GroupMerged
    | TermChanged
    | ShapeChanged
    | ChoicesChanged
    | RuleAdded
    | RuleDropped,
    Field(discriminator="kind"),
]


class Events(JsonDocument):
    """Everything that happened to a round since its matching was published."""

    format: Literal["mentormatch/events/1"] = EVENTS_FORMAT
    events: Annotated[tuple[AnyEvent, ...], Field(max_length=100_000)]

    def __str__(self) -> str:
        return "\n".join(map(str, self.events)) or "nothing"


def _listed(fields: Mapping[str, Any]) -> str:
    return ", ".join(name.replace("_", " ") for name in fields)


def _rooms(count: int) -> str:
    return "a room" if count == 1 else f"{count} rooms"
