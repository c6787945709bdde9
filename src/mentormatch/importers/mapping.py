"""Which column of an export is what: a small file that a coordinator can read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from mentormatch.data.languages import Language, Level
from mentormatch.data.people import Noun, Text
from mentormatch.errors import Fault, InputError
from mentormatch.importers.availability import AnyShape
from mentormatch.importers.availability.base import Heading
from mentormatch.importers.cells import MAX_SCALE
from mentormatch.importers.cleaning.roles import Role
from mentormatch.validation import read_in_passes

FORMAT: Literal["mentormatch/mapping/1"] = "mentormatch/mapping/1"
MAX_MAPPING_BYTES = 2**20


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Headings = Annotated[tuple[Heading, ...], BeforeValidator(_as_list), Field(max_length=5)]


class FileLayout(Noun):
    """Where in the file the answers stand."""

    sheet: Text | None = Field(default=None, description="Sheet of a workbook.")
    heading_rows: Annotated[tuple[int, ...], Field(min_length=1, max_length=4)] = Field(
        default=(1,), description="Numbers of the rows of headings."
    )
    ignored_rows: tuple[Text, ...] = Field(
        default=(), description="Rows that begin with one of these words are no people."
    )


class AttributeColumn(Noun):
    """Where an attribute stands: in a column, or for a list in several."""

    column: Annotated[
        tuple[Heading, ...], BeforeValidator(_as_list), Field(min_length=1, max_length=50)
    ] = Field(description="One heading, or for a list several, the most wanted first.")
    kind: Literal["text", "number", "list"] = Field(
        default="text", description="What the cells hold; entries of a list are parted by ';'."
    )
    scale: int = Field(
        default=1,
        strict=True,
        ge=1,
        le=MAX_SCALE,
        description="What a number is multiplied by: with 10, 3.7 becomes 37. Rules on sums and "
        "means take whole numbers only.",
    )

    @model_validator(mode="after")
    def _fits_its_kind(self) -> AttributeColumn:
        if len(self.column) > 1 and self.kind != "list":
            raise ValueError(f"of several columns, an attribute is a 'list', not a {self.kind!r}")
        if self.scale != 1 and self.kind != "number":
            raise ValueError(f"only a 'number' has a scale, not a {self.kind!r}")
        return self


def _as_column(value: Any) -> Any:
    """Return the column that a heading alone means: text, or of several headings a list."""
    if isinstance(value, str):
        return {"column": value}
    return {"column": value, "kind": "list"} if isinstance(value, list) else value


class Columns(Noun):
    """Headings by what their columns hold."""

    id: Heading | None = Field(
        default=None, description="What the problem calls people; default their name."
    )
    email: Heading | None = Field(
        default=None, description="Address; tells people apart if there is no id."
    )
    name: Headings = Field(default=(), description="One heading, or several to be joined.")
    department: Heading | None = Field(default=None, description="Department or school.")
    languages: Heading | None = Field(
        default=None, description="Languages, with levels or without: 'en:C1; Finnish'."
    )
    language_columns: Mapping[Language, Heading] = Field(
        default_factory=dict,
        description="Columns about one language each, by its tag, with a level, yes or no in them.",
    )
    mode: Heading | None = Field(default=None, description="Campus, online or either.")
    zone: Heading | None = Field(
        default=None, description="IANA zone on whose clocks they said when they can come."
    )
    priority: Heading | None = Field(
        default=None, description="Cost of leaving them out, a whole number."
    )
    capacity: Heading | None = Field(default=None, description="How many groups a mentor can lead.")
    absences: Heading | None = Field(
        default=None,
        description="Days on which they cannot come, such as '2026-10-20; 2026-11-02..2026-11-06'.",
    )
    completed: Heading | None = Field(
        default=None, description="When the form was sent; tells the last of several answers."
    )
    role: Heading | None = Field(
        default=None,
        description="Whether they sign up as a student or as a mentor, where one form asks both.",
    )
    state: Headings = Field(
        default=(),
        description="Whether the form was sent to its end, such as 'Finished', 'Status' or "
        "'Complete?'; answers that somebody only tried out are not used.",
    )
    wish_together: Heading | None = Field(
        default=None, description="Whom they wish to be with; becomes the rule wish_together."
    )
    wish_apart: Heading | None = Field(
        default=None, description="With whom they wish not to be; becomes the rule wish_apart."
    )
    keep_apart: Heading | None = Field(
        default=None,
        description="With whom they must not share a group; becomes the rule keep_apart.",
    )
    affiliations: Mapping[Text, Heading] = Field(
        default_factory=dict, description="Ties such as supervisor or research_group."
    )
    attributes: Mapping[Text, Annotated[AttributeColumn, BeforeValidator(_as_column)]] = Field(
        default_factory=dict,
        description="Anything else that rules may speak of, by its name: a heading alone for text, "
        "a list of headings for a list, or as below.",
    )

    def headings(self) -> dict[str, str]:
        """Return what each column holds, by its heading."""
        single = {
            name: getattr(self, name)
            for name in Columns.model_fields
            if name not in ("name", "state", "language_columns", "affiliations", "attributes")
        }
        found = {heading: name for name, heading in single.items() if heading is not None}
        found |= dict.fromkeys(self.name, "name") | dict.fromkeys(self.state, "state")
        found |= {heading: f"languages.{tag}" for tag, heading in self.language_columns.items()}
        found |= {heading: f"affiliations.{name}" for name, heading in self.affiliations.items()}
        found |= {
            heading: f"attributes.{name}"
            for name, one in self.attributes.items()
            for heading in one.column
        }
        return found


class SurveyMapping(Noun):
    """Which column of an export is what, and how its cells are read.

    Raises
    ------
    InputError
        With every fault.
    """

    format: Literal["mentormatch/mapping/1"] = FORMAT
    file: FileLayout = Field(default=FileLayout(), description="Where the answers stand.")
    columns: Columns = Field(description="Which column is what.")
    availability: AnyShape | None = Field(
        default=None, description="How people say when they can come."
    )
    language_level: Level = Field(
        default="B2", description="Level that counts for a language named without one."
    )
    same_name_is_one_person: bool = Field(
        default=False,
        strict=True,
        description="Whether rows of one name, without id or e-mail, are answers of one person, "
        "of which the last stands.",
    )
    day_first: bool | None = Field(
        default=None, strict=True, description="Whether 10/5/2026 is the tenth of May."
    )
    levels: Mapping[Heading, Level | Literal["none"]] = Field(
        default_factory=dict,
        description="Levels of languages by other words, such as fluent = 'C1'; 'none' for no use "
        "of it.",
    )
    roles: Mapping[Heading, Role] = Field(default_factory=dict, description="Roles by other words.")
    modes: Mapping[Heading, Literal["campus", "online", "either"]] = Field(
        default_factory=dict, description="Modes by other words."
    )
    corrections: Mapping[Text, Mapping[Heading, Heading]] = Field(
        default_factory=dict,
        description="For a kind of column, what to read in place of what stands in a cell: "
        "accepted offers of the report.",
    )


def read_mapping(path: str | Path) -> SurveyMapping:
    """Read a mapping from a TOML file.

    Raises
    ------
    InputError
        With every fault of the file.
    """
    path = Path(path)
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_MAPPING_BYTES)
        return mapping_of(tomllib.loads(data.decode("utf-8-sig")), path.name)
    except FileNotFoundError:
        message = f"there is no such file in the folder {path.parent.name!r}"
        raise InputError([Fault("no_file", path.name, message)]) from None
    except UnicodeDecodeError:
        raise InputError([Fault("not_text", path.name, "is not UTF-8 text")]) from None
    except tomllib.TOMLDecodeError as error:
        raise InputError([Fault("not_toml", path.name, f"is not TOML: {error}")]) from None


def mapping_of(data: Mapping[str, Any], name: str = "mapping") -> SurveyMapping:
    """Return a mapping from its document.

    Raises
    ------
    InputError
        With every fault of the document.
    """
    reading = read_in_passes(data, SurveyMapping)
    if reading.faults or reading.usable is None:
        raise InputError(
            Fault(fault.code, f"{name} {fault.where}", _in_toml(fault), fault.nearest)
            for fault in reading.faults
        )
    return reading.usable


def _in_toml(fault: Fault) -> str:
    """Return a fault's message in the words of TOML, in which objects are tables."""
    return fault.message.replace("must be an object", f"must be a table such as [{fault.where}]")


def mapping_toml(mapping: SurveyMapping) -> str:
    """Return a mapping as a TOML document, without what has its default."""
    data = mapping.model_dump(mode="json", exclude_defaults=True)
    if mapping.availability is not None:
        shape = mapping.availability
        # Which shape it is, and what people should see to confirm, is always written out.
        said = {
            name: value
            for name, value in shape.model_dump(mode="json").items()
            if name in ("shape", "says", "unit", "hours", "separator", "weekdays_in")
        }
        data["availability"] = {**said, **data.get("availability", {})}
    lines = [f"format = {_value(mapping.format)}"]
    data.pop("format", None)
    if mapping.columns.languages is not None:
        data.setdefault("language_level", mapping.language_level)
    lines += _lines(data, ())
    return "\n".join(lines) + "\n"


def _lines(data: Mapping[str, Any], path: tuple[str, ...]) -> list[str]:
    plain = {key: value for key, value in data.items() if not isinstance(value, dict)}
    nested = {key: value for key, value in data.items() if isinstance(value, dict)}
    lines = []
    if path and (plain or not nested):
        lines += ["", f"[{'.'.join(map(_key, path))}]"]
    lines += [f"{_key(key)} = {_value(value)}" for key, value in plain.items()]
    for key, value in nested.items():
        lines += _lines(value, (*path, key))
    return lines


def _key(key: str) -> str:
    bare = key.isascii() and key.replace("_", "").replace("-", "").isalnum()
    return key if bare else _value(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    escaped = "".join(
        char if char >= " " and char != "\x7f" else f"\\u{ord(char):04x}" for char in text
    )
    return f'"{escaped}"'
