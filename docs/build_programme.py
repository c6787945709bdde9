"""Write programme.md, the page of every field of ``programme.toml`` and of a mapping.

What a field holds is said by the code that reads it. Run it after a field has changed:
``python docs/build_programme.py``.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from mentormatch.data.calendar import Slot, Term
from mentormatch.data.calendar.slots import DayRange
from mentormatch.data.problem import Problem
from mentormatch.data.round import GroupShape
from mentormatch.faults.places import bare
from mentormatch.faults.words import expectation
from mentormatch.importers import SurveyMapping
from mentormatch.importers.availability import SHAPES
from mentormatch.importers.availability.base import Shape
from mentormatch.importers.availability.candidates import Candidates
from mentormatch.importers.layout import Sheets
from mentormatch.importers.mapping import AttributeColumn, Columns, FileLayout

PAGE = Path(__file__).with_name("programme.md")

HEAD = """\
# Every field of programme.toml and of a mapping

<!-- Written by docs/build_programme.py: change the fields' descriptions in the code instead. -->

`programme.toml` says everything about a round besides the people: it stands in a folder of sign-up
sheets, and `mentormatch import` takes it as `--programme`. A mapping says which column of an export
is what; [importing.md](importing.md) tells how one is proposed. A field that is not stated has the
default of the last column; an empty default means that it then counts as not said.
"""

PROGRAMME: tuple[tuple[str, str, type[BaseModel], tuple[str, ...]], ...] = (
    ("At the top", "", Problem, ("students", "mentors", "format", "extensions")),
    ("[term]", "", Term, ()),
    ("[[term.skipped]]", "A single day stands as it is.", DayRange, ()),
    (
        "[[slots]]",
        "Without any, an import makes them as `[candidates]` says.",
        Slot,
        ("extensions",),
    ),
    ("[shape]", "", GroupShape, ()),
    ("[candidates]", "For `import` where the programme states no slots.", Candidates, ()),
    ("[sheets]", "For a folder of sign-up sheets; `import` does not use it.", Sheets, ()),
)

_SHORTER = {
    "text with at most 2,000 characters": "A heading.",
    "text with at most 200 characters": "",
    "text with at most 100 characters": "",
    "text": "",
    "an object": "",
    "something else": "",
}
"""What a type is called where its description or its section says the rest."""

MAPPING: tuple[tuple[str, str, type[BaseModel], tuple[str, ...]], ...] = (
    ("At the top", "", SurveyMapping, ("format",)),
    ("[file]", "", FileLayout, ()),
    ("[columns]", "", Columns, ()),
    ("[columns.attributes]", "Under the name of each attribute.", AttributeColumn, ()),
)


def build() -> str:
    """Return the page."""
    lines = [HEAD, "## programme.toml", ""]
    for title, note, model, hidden in PROGRAMME:
        lines += _section(title, note, model, hidden)
    lines += ["## The mapping", ""]
    for title, note, model, hidden in MAPPING:
        lines += _section(title, note, model, hidden)
    for shape in SHAPES:
        name = shape.model_fields["shape"].default
        note = f'{_first_sentence(shape)} `shape = "{name}"`.'
        lines += _section(f"[availability]: {name}", note, shape, ("shape",))
    return "\n".join(lines)


def _section(
    title: str, note: str, model: type[BaseModel], hidden: tuple[str, ...]
) -> Iterator[str]:
    yield f"### {title}"
    yield ""
    if note:
        yield note
        yield ""
    yield "| field | what it holds | if not stated |"
    yield "|---|---|---|"
    for name, field in model.model_fields.items():
        if name not in hidden:
            yield _row(name, field)
    yield ""


def _first_sentence(shape: type[Shape]) -> str:
    return (inspect.getdoc(shape) or "").splitlines()[0]


def _row(name: str, field: FieldInfo) -> str:
    wanted = expectation(bare(field.annotation, tuple(field.metadata))).replace("'", "`")
    if wanted.startswith("an object with ") and not wanted.endswith("entries"):
        wanted = "an object"
    words = [field.description, _SHORTER.get(wanted, f"{wanted[0].upper()}{wanted[1:]}.")]
    said = " ".join(filter(None, words)) or ("See below." if wanted == "an object" else "Text.")
    return f"| `{name}` | {said} | {_default(field)} |"


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "(required)"
    value: Any = field.get_default(call_default_factory=True)
    if value is None or value in ((), {}):
        return ""
    if isinstance(value, BaseModel):
        return "all defaults below"
    if isinstance(value, tuple) and isinstance(value[0], BaseModel):
        return ", ".join(f"`{one.kind}`" for one in value)
    return f"`{json.dumps(to_jsonable_python(value))}`"


if __name__ == "__main__":
    PAGE.write_text(build(), encoding="utf-8")
