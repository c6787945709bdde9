"""What tiers are about, in the language of the words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import (
    kinds_of,
)
from mentormatch.messages.wording import Locale, tier_label
from mentormatch.whatif.changes import Change, changed


def tier_labels(
    problem: Problem, locale: Locale, variants: Iterable[Iterable[Change]] = ((),)
) -> Mapping[str, str]:
    """Return the words for what each tier is about, by the name it has in results.

    Parameters
    ----------
    problem
        The problem.
    locale
        The language of the words; in English they are the names themselves.
    variants
        Changes to the problem whose tiers are wanted too.
    """
    names: dict[str, str] = {}
    for changes in variants:
        variant = changed(problem, tuple(changes))
        for tier in variant.tiers:
            name = variant.tier_name(tier)
            names[name] = tier_label(name, kinds_of(variant, tier), locale)
    return names
