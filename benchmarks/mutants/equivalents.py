"""Changes that nobody could notice, each with the reason, looked at by hand."""

from __future__ import annotations

_ONE_OPTION = "The best of one option is that option; the lines only save judging it."
_ABSOLUTE = "The greatest of S and -S is |S|, whatever line runs below it."
_NOTHING = "The form that is left out, or is not, amounts to nothing whoever is in a group."
_CAPACITY = "A longer table says what more groups cost than anybody can lead."
_STEP = "Beyond its end a table's last step repeats."
_LAST = "Two groups cost what one does, with a column of their own or without."
_NOBODY = "Where nobody has a number, nobody is as far from it as they could be."
_ORDER = "Only which of two numbers is greater counts."
_UNREAD = "The groups of somebody who has no more than they may are put together, but not read."
_LAST_UNREAD = "A bound looks at what earlier tiers cost, and not at its own."
_TYPES = "A form for type checkers, which is never run."
_TIME = "How long a search may take changes no answer that it finds."

EQUIVALENT: dict[str, str] = {
    "evaluate/verify.py _seated: 1 -> 0": _ONE_OPTION,
    "evaluate/verify.py _seated: 0 -> -1": _ONE_OPTION,
    "evaluate/verify.py _possible_templates: 1 -> 2": (
        "No two plans of a slot have the same instants."
    ),
    "evaluate/cost.py structure: mentor.capacity == 0 -> nothing": _UNREAD,
    "evaluate/cost.py structure: load > 1 or person in resting -> nothing": _UNREAD,
    "evaluate/cost.py structure: load > 1 -> load >= 1": _UNREAD,
    "evaluate/cost.py structure: 1 -> 0": _UNREAD,
    "solve/assign/round_robin.py _partner: 1 -> 2": (
        "Where somebody would meet two, no one of the two can be taken out for them; the line only "
        "saves looking."
    ),
    "solve/assign/groups.py Partners.__getitem__: ... -> pass": _TYPES,
    "solve/assign/groups.py Partners.__getitem__: ... -> pass (2)": _TYPES,
    "solve/assign/groups.py GroupCosts.fits: self._needed[person] <= here -> "
    "self._needed[person] < here": (
        "Somebody is in their own group, and is nobody whom they need."
    ),
    "solve/backend/bounds.py add_up: 0 -> 1": _LAST_UNREAD,
    "solve/backend/bounds.py add_up: 0 -> -1": _LAST_UNREAD,
    "solve/backend/bounds.py add_up: True -> False (2)": "There are as many limits as parts.",
    "solve/backend/bounds.py add_up: True -> False (3)": "There are as many limits as parts.",
    "solve/assign/assign_to_groups.py _as_planned: True -> False": (
        "Each task has a future, or None."
    ),
    "solve/assign/assign_to_groups.py _at_planned_cost: True -> False (2)": (
        "Both have an element for each tier."
    ),
    "solve/assign/assign_to_groups.py _at_best: model.hint(solved.values) -> pass": _TIME,
    "solve/assign/assign_to_groups.py _at_best: break -> continue": (
        "A search that finds nothing for lack of time is followed by others that have none."
    ),
    "rules/at_most.py AtMost.lower: len(places) > self.most -> len(places) >= self.most": _NOTHING,
    "rules/cluster.py Cluster.lower: len(everybody) > 1 -> len(everybody) >= 1": _NOTHING,
    "rules/cluster.py Cluster.lower: len(places) > 1 -> len(places) >= 1": _NOTHING,
    "rules/cluster.py Cluster.lower: 1 -> 0 (2)": _NOTHING,
    "rules/cluster.py Cluster.lower: 1 -> 0 (3)": _NOTHING,
    "rules/group_size.py GroupSize.lower: 2 -> 3": _STEP,
    "rules/mentors_per_group.py MentorsPerGroup.lower: 2 -> 3": _STEP,
    "rules/keep_apart_affiliation.py KeepApartAffiliation.violations: True -> False": (
        "There are as many sets of ties as people in the group."
    ),
    "rules/target_size.py TargetSize.lower: 1 -> 2": "No group has more students than there are.",
    "rules/mentor_load.py MentorLoad.lower: 1 -> 2": _CAPACITY,
    "rules/base.py ordered: one < other -> one <= other": "Nobody is paired with themselves.",
    "rules/mix.py Mix.lower: 1 -> 0": _NOTHING,
    "rules/mentor_groups.py MentorGroups.violations: load < self.least -> load <= self.least": (
        "Whoever leads just the least breaks nothing."
    ),
    "rules/mentor_groups.py MentorGroups.lower: 1 -> 2": _CAPACITY,
    "rules/mentor_groups.py MentorGroups.lower: 1 -> 2 (2)": _CAPACITY,
    "rules/mentor_groups.py MentorGroups._amount: 0 -> -1 (2)": "The 0 beside it is greater.",
    "rules/mix.py Mix.lower: len(places) > 1 -> len(places) >= 1": _NOTHING,
    "rules/native_speakers.py NativeSpeakers.lower: len(members) > self.most -> "
    "len(members) >= self.most": _NOTHING,
    "rules/mentors_from_elsewhere.py MentorsFromElsewhere.lower: len(students) > self.most -> "
    "len(students) >= self.most": _NOTHING,
    "rules/place_everyone.py PlaceEveryone.lower: 2 -> 3": _LAST,
    "rules/place_order.py PlaceOrder.lower: 2 -> 3": _LAST,
    "rules/place_order.py PlaceOrder._keys: 0 -> -1": _ORDER,
    "rules/place_order.py PlaceOrder._keys: 1 -> 2": _ORDER,
    "rules/checks.py unknown_mentor: 1 -> 2": "Any number below the first student's will do.",
    "rules/balance.py Balance.violations: off > 0 -> off >= 0": "It is not 0 there.",
    "rules/balance.py Balance.violations: 0 -> -1": (
        "Whole numbers above -1 are above 0, but for 0."
    ),
    "rules/balance.py Balance._centre: 0 -> 1": _NOBODY,
    "rules/balance.py Balance._centre: 0 -> -1": _NOBODY,
    "rules/balance.py Balance.lower: 0 -> 1": _ABSOLUTE,
    "rules/balance.py Balance.lower: 0 -> -1": _ABSOLUTE,
    "rules/balance.py Balance.lower: 0 -> -1 (2)": _ABSOLUTE,
}
