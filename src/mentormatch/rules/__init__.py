"""The rules, one class in one file each; this list is the only place that names them all."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

from mentormatch.rules.at_least import AtLeast
from mentormatch.rules.at_most import AtMost
from mentormatch.rules.base import Breach, Rule
from mentormatch.rules.cluster import Cluster
from mentormatch.rules.common_language import CommonLanguage
from mentormatch.rules.common_mode import CommonMode
from mentormatch.rules.common_slot import CommonSlot
from mentormatch.rules.group_size import GroupSize
from mentormatch.rules.keep_apart import KeepApart
from mentormatch.rules.keep_apart_affiliation import KeepApartAffiliation
from mentormatch.rules.mentor_groups import MentorGroups
from mentormatch.rules.mentor_language import MentorLanguage
from mentormatch.rules.mentor_load import MentorLoad
from mentormatch.rules.mentors_first_come import MentorsFirstCome
from mentormatch.rules.mentors_from_elsewhere import MentorsFromElsewhere
from mentormatch.rules.mentors_per_group import MentorsPerGroup
from mentormatch.rules.mix import Mix
from mentormatch.rules.native_speakers import NativeSpeakers
from mentormatch.rules.nobody_alone import NobodyAlone
from mentormatch.rules.place_everyone import PlaceEveryone
from mentormatch.rules.prefer_yes import PreferYes
from mentormatch.rules.preferred_language import PreferredLanguage
from mentormatch.rules.second_language import SecondLanguage

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
    | PreferYes
    | AtLeast
    | NobodyAlone
    | Cluster
    | MentorsFromElsewhere
    | SecondLanguage
    | MentorLanguage
    | NativeSpeakers
    | PreferredLanguage
    | MentorLoad
    | MentorGroups
    | MentorsFirstCome,
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
    "AtLeast",
    "AtMost",
    "Breach",
    "Cluster",
    "CommonLanguage",
    "CommonMode",
    "CommonSlot",
    "GroupSize",
    "KeepApart",
    "KeepApartAffiliation",
    "MentorGroups",
    "MentorLanguage",
    "MentorLoad",
    "MentorsFirstCome",
    "MentorsFromElsewhere",
    "MentorsPerGroup",
    "Mix",
    "NativeSpeakers",
    "NobodyAlone",
    "PlaceEveryone",
    "PreferYes",
    "PreferredLanguage",
    "Rule",
    "SecondLanguage",
    "standard_rules",
]
