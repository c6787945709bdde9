"""The rules, one class in one file each; this list is the only place that names them all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, get_args

from pydantic import Field

from mentormatch.rules.affinity import Affinity
from mentormatch.rules.at_least import AtLeast
from mentormatch.rules.at_most import AtMost
from mentormatch.rules.balance import Balance
from mentormatch.rules.ban import Ban
from mentormatch.rules.base import Rule, Violation
from mentormatch.rules.cluster import Cluster
from mentormatch.rules.common_language import CommonLanguage
from mentormatch.rules.common_mode import CommonMode
from mentormatch.rules.common_slot import CommonSlot
from mentormatch.rules.fair_share import FairShare
from mentormatch.rules.group_size import GroupSize
from mentormatch.rules.keep_apart import KeepApart
from mentormatch.rules.keep_apart_affiliation import KeepApartAffiliation
from mentormatch.rules.keep_companions import KeepCompanions
from mentormatch.rules.keep_mentors import KeepMentors
from mentormatch.rules.keep_range import KeepRange
from mentormatch.rules.keep_time import KeepTime
from mentormatch.rules.keep_together import KeepTogether
from mentormatch.rules.mentor_alone import MentorAlone
from mentormatch.rules.mentor_groups import MentorGroups
from mentormatch.rules.mentor_language import MentorLanguage
from mentormatch.rules.mentor_load import MentorLoad
from mentormatch.rules.mentors_first_come import MentorsFirstCome
from mentormatch.rules.mentors_from_elsewhere import MentorsFromElsewhere
from mentormatch.rules.mentors_per_group import MentorsPerGroup
from mentormatch.rules.met_before import MetBefore
from mentormatch.rules.mix import Mix
from mentormatch.rules.native_speakers import NativeSpeakers
from mentormatch.rules.nobody_alone import NobodyAlone
from mentormatch.rules.pin import Pin
from mentormatch.rules.place_class import PlaceClass
from mentormatch.rules.place_everyone import PlaceEveryone
from mentormatch.rules.place_order import PlaceOrder, lottery_order
from mentormatch.rules.place_people import PlacePeople
from mentormatch.rules.prefer_yes import PreferYes
from mentormatch.rules.preferred_language import PreferredLanguage
from mentormatch.rules.second_language import SecondLanguage
from mentormatch.rules.slot_wishes import SlotWishes
from mentormatch.rules.stay import Stay
from mentormatch.rules.staying import EarlierGroup
from mentormatch.rules.sum_cap import SumCap
from mentormatch.rules.target_size import TargetSize
from mentormatch.rules.topic_wishes import TopicWishes
from mentormatch.rules.wish_apart import WishApart
from mentormatch.rules.wish_together import WishTogether

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
    | MentorsFirstCome
    | SumCap
    | Balance
    | KeepRange
    | KeepTogether
    | WishTogether
    | WishApart
    | Affinity
    | MentorAlone
    | SlotWishes
    | TopicWishes
    | TargetSize
    | MetBefore
    | Pin
    | Ban
    | PlaceOrder
    | FairShare
    | PlaceClass
    | PlacePeople
    | KeepTime
    | Stay
    | KeepMentors
    | KeepCompanions,
    Field(discriminator="kind"),
]

RULES: tuple[type[Rule], ...] = get_args(get_args(AnyRule)[0])


def foundations() -> tuple[Rule, ...]:
    """Return what a group is by default.

    Sizes, mentors, a common slot, language and mode, and a place for everybody.
    """
    return tuple(rule.model_validate({}) for rule in RULES if rule.foundation)


def standard_rules() -> tuple[Rule, ...]:
    """Return what programmes usually ask besides the foundations.

    Nobody meets their supervisor or somebody of the same supervisor, departments mix, and "yes"
    goes before "if need be". As the foundations do, these rules come by themselves.
    """
    return tuple(rule.model_validate({}) for rule in RULES if rule.standard)


def comes_by_default(rule: Rule) -> bool:
    """Whether a rule would be asked, with its defaults, if the problem did not state it."""
    return any(rule.replaces(default) for default in (*foundations(), *standard_rules()))


def default_rules(stated: Iterable[Rule]) -> tuple[Rule, ...]:
    """Return the rules that come by themselves where these are stated, foundations first.

    Stating a rule changes only the default of the same kind and about the same: `mix` by another
    attribute stands beside the default, which mixes departments.
    """
    known = tuple(stated)
    return tuple(
        default
        for default in (*foundations(), *standard_rules())
        if not any(rule.replaces(default) for rule in known)
    )


def exactly(*rules: Rule, foundations: bool = False) -> tuple[Rule, ...]:
    """Return these rules, and switched off those that would come by themselves besides.

    Parameters
    ----------
    rules
        What is asked.
    foundations
        Whether the foundations come by themselves nevertheless.
    """
    off = (
        default.changed(tier="off")
        for default in default_rules(rules)
        if not (foundations and default.foundation)
    )
    return (*rules, *off)


__all__ = [
    "RULES",
    "Affinity",
    "AnyRule",
    "AtLeast",
    "AtMost",
    "Balance",
    "Ban",
    "Cluster",
    "CommonLanguage",
    "CommonMode",
    "CommonSlot",
    "EarlierGroup",
    "FairShare",
    "GroupSize",
    "KeepApart",
    "KeepApartAffiliation",
    "KeepCompanions",
    "KeepMentors",
    "KeepRange",
    "KeepTime",
    "KeepTogether",
    "MentorAlone",
    "MentorGroups",
    "MentorLanguage",
    "MentorLoad",
    "MentorsFirstCome",
    "MentorsFromElsewhere",
    "MentorsPerGroup",
    "MetBefore",
    "Mix",
    "NativeSpeakers",
    "NobodyAlone",
    "Pin",
    "PlaceClass",
    "PlaceEveryone",
    "PlaceOrder",
    "PlacePeople",
    "PreferYes",
    "PreferredLanguage",
    "Rule",
    "SecondLanguage",
    "SlotWishes",
    "Stay",
    "SumCap",
    "TargetSize",
    "TopicWishes",
    "Violation",
    "WishApart",
    "WishTogether",
    "comes_by_default",
    "default_rules",
    "exactly",
    "foundations",
    "lottery_order",
    "standard_rules",
]
