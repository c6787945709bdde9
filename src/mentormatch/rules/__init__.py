"""The rules, one class in one file each; this list is the only place that names them all."""

from __future__ import annotations

from typing import Annotated, get_args

from pydantic import Field

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
    "lottery_order",
    "standard_rules",
]
