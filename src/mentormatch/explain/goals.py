"""What tiers are about, in the language of the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mentormatch.explain.changes import Change, changed
from mentormatch.explain.messages import Tongue, goal_words
from mentormatch.explain.standing import kinds_of
from mentormatch.problem import Problem


def goal_names(
    problem: Problem, tongue: Tongue, variants: Iterable[Iterable[Change]] = ((),)
) -> Mapping[str, str]:
    """Return the words for what each tier is about, by the name it has in results.

    Parameters
    ----------
    problem
        The problem.
    tongue
        The language of the words; in English they are the names themselves.
    variants
        Changes to the problem whose tiers are wanted too.
    """
    names: dict[str, str] = {}
    for changes in variants:
        asked = changed(problem, tuple(changes))
        for tier in asked.tiers:
            name = asked.tier_name(tier)
            names[name] = goal_words(name, kinds_of(asked, tier), tongue)
    return names
