"""What to make of forms that did not ask for languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mentormatch.data.languages import LEVELS, RANK, Level
from mentormatch.errors import Fault, InputError
from mentormatch.importers.known_headings import ABOUT_LANGUAGES, texts_of
from mentormatch.importers.sign_ups import Section
from mentormatch.rules import CommonLanguage

_ASKING = ("common_language", "mentor_language")
"""Rules that ask for a level of the language in which a group meets."""


def assume_only_language(programme: Mapping[str, Any], sections: Sequence[Section]) -> None:
    """Take it that people whom no form asked use the programme's only language well enough.

    Otherwise nobody would have a language, and no group could take anybody.

    Raises
    ------
    InputError
        If groups can meet in several languages, so that somebody has to say who uses which.
    """
    level = _level_asked(programme.get("rules"))
    unasked = [section for section in sections if not _asks(section)]
    if level is None or not unasked:
        return
    languages = programme.get("languages", ("en",))
    if not isinstance(languages, list | tuple) or not all(
        isinstance(one, str) for one in languages
    ):
        return  # Refused with the programme.
    if len(languages) != 1:
        message = (
            f"no column gives languages, but groups can meet in {len(languages)} "
            f"({', '.join(languages[:5])}): name the column under 'columns.languages' in the "
            "mapping, or state one language or the rule common_language with tier 'off' in the "
            "programme"
        )
        raise InputError(Fault("no_languages", one.table.name, message) for one in unasked)
    for section in unasked:
        for person in section.people:
            section.enter(person, "languages", {languages[0]: level})
        message = (
            f"has no column that gives languages; everybody in it counts as using "
            f"{languages[0]!r}, the programme's only language, at {level}"
        )
        unread = _unread_question(section)
        if unread is not None:
            message += "; yet this column seems to ask for them: is it to be read?"
        section.findings.append(
            section.table.finding("language_assumed", "look", message, place=unread)
        )


def _unread_question(section: Section) -> int | None:
    """Return the place of a column that seems to be about languages."""
    return next(
        (
            place
            for place, heading in enumerate(section.table.headings)
            if any(map(ABOUT_LANGUAGES.search, texts_of(heading)))
        ),
        None,
    )


def _asks(section: Section) -> bool:
    columns = section.export.mapping.columns
    return columns.languages is not None or bool(columns.language_columns)


def _level_asked(rules: Any) -> Level | None:
    """Return the highest level of the group's language that a rule asks, or None if none does."""
    stated = [_fields(rule) for rule in rules] if isinstance(rules, list | tuple) else []
    if not any(one.get("kind") == "common_language" for one in stated):
        stated.append(_fields(CommonLanguage()))
    asking = [
        one for one in stated if one.get("kind") in _ASKING and one.get("tier", "hard") != "off"
    ]
    if not any(one.get("kind") == "common_language" for one in asking):
        return None
    default = {"common_language": "B2", "mentor_language": "C1"}
    levels = [str(one.get("level", default[one["kind"]])) for one in asking]
    known = [level for level in LEVELS if level.casefold() in map(str.casefold, levels)]
    return max(known, key=lambda level: RANK[level], default=None)


def _fields(rule: Any) -> Mapping[str, Any]:
    if isinstance(rule, Mapping):
        return rule
    return {name: getattr(rule, name, None) for name in ("kind", "tier", "level")}
