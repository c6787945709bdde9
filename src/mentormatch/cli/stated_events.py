"""Events as somebody states them on the command line, in a few words or as JSON."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mentormatch.cli.guard import UsageError
from mentormatch.errors import nearest

if TYPE_CHECKING:
    from mentormatch.replan.events import AnyEvent

SHORT = {
    "student_left": "",
    "mentor_left": "",
    "slot_lost": "",
    "group_dissolved": "",
    "mentor_away": "dates",
    "mentor_replaced": "by",
    "group_merged": "into",
    "room_lost": "rooms",
    "room_added": "rooms",
}
"""Kinds that can be stated in a few words, with the field that comes after the id."""

Stated = Annotated[
    list[str] | None,
    typer.Option(
        "--event",
        metavar="EVENT",
        help="Something that happened and is not in the sign-ups: student_left:ID, mentor_left:ID, "
        "mentor_replaced:ID:BY, mentor_away:ID:DATE,DATE, slot_lost:ID, room_lost:ID, "
        "group_dissolved:ID, group_merged:ID:INTO, or any event as JSON; may be repeated.",
    ),
]
File = Annotated[
    Path | None,
    typer.Option(
        "--events",
        metavar="FILE",
        help='Events as JSON: {"events": [{"kind": "student_left", "id": "s1"}]}.',
        show_default=False,
        exists=True,
        dir_okay=False,
    ),
]


def stated_events(stated: list[str] | None, file: Path | None) -> tuple[AnyEvent, ...] | None:
    """Return the events of a file, then those that are stated; None if there are neither."""
    if not stated and file is None:
        return None
    from mentormatch.replan.events import Events

    of_file = Events.from_json(file.read_bytes()).events if file is not None else ()
    rest = Events.from_data({"events": [_data(text) for text in stated or ()]})
    return (*of_file, *rest.events)


def _data(text: str) -> Any:
    if text.lstrip().startswith("{"):
        from mentormatch.validation import read_json

        return read_json(text)
    kind, _, rest = text.partition(":")
    if kind not in SHORT:
        near = nearest(kind, SHORT)
        hint = f" (did you mean {near}?)" if near else ""
        known = ", ".join(SHORT)
        raise UsageError(
            f"--event {text!r} is of no kind that can be said in a few words{hint}: {known}. "
            "Any other is stated as JSON."
        )
    name, _, more = rest.partition(":")
    data: dict[str, Any] = {"kind": kind, "id": name}
    if field := SHORT[kind] if more else "":
        values = {"dates": more.split(","), "rooms": int(more) if more.isdecimal() else more}
        data[field] = values.get(field, more)
    elif more:
        raise UsageError(f"--event {text!r} says more than an id.")
    return data
