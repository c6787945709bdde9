"""The rules, one class in one file each; this list is the only place that names them all."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from mentormatch.rules.at_most import AtMost
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.common_language import CommonLanguage
from mentormatch.rules.common_mode import CommonMode
from mentormatch.rules.common_slot import CommonSlot
from mentormatch.rules.group_size import GroupSize
from mentormatch.rules.keep_apart import KeepApart
from mentormatch.rules.keep_apart_affiliation import KeepApartAffiliation
from mentormatch.rules.mentors_per_group import MentorsPerGroup
from mentormatch.rules.mix import Mix
from mentormatch.rules.place_everyone import PlaceEveryone
from mentormatch.rules.prefer_yes import PreferYes

AnyRule = Annotated[
    GroupSize
    | MentorsPerGroup
    | CommonSlot
    | CommonLanguage
    | CommonMode
    | PlaceEveryone
    | KeepApart
    | KeepApartAffiliation
    | Mix
    | AtMost
    | PreferYes,
    Field(discriminator="kind"),
]

RULES: tuple[type[Rule], ...] = get_args(get_args(AnyRule)[0])


def standard_rules() -> tuple[AnyRule, ...]:
    """Return the rules of a problem that states none: those of the default programme.

    The foundations (sizes, mentors, a common slot, language and mode, a place for everybody)
    come by themselves; to them this adds that nobody meets their supervisor or somebody of
    the same supervisor, that departments mix, and that "yes" goes before "if need be".
    """
    return (KeepApartAffiliation(), Mix(), PreferYes())


__all__ = [
    "RULES",
    "AnyRule",
    "AtMost",
    "Breach",
    "CommonLanguage",
    "CommonMode",
    "CommonSlot",
    "GroupSize",
    "KeepApart",
    "KeepApartAffiliation",
    "MentorsPerGroup",
    "Mix",
    "PlaceEveryone",
    "PreferYes",
    "Rule",
    "standard_rules",
]
