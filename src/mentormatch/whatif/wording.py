"""How people, changes, their effects and tiers are put in words of a language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from mentormatch.data.problem import Problem
from mentormatch.evaluate.evaluated_solution import kinds_of
from mentormatch.messages.catalogue import Locale
from mentormatch.messages.wording import tier_label, words
from mentormatch.whatif.changes import Change, changed
from mentormatch.whatif.effect import TierChange


def person_names(problem: Problem) -> Mapping[str, str]:
    """Return what each person is called, by id."""
    return {person.id: person.label for person in problem.round.people}


def changes_text(problem: Problem, changes: Sequence[Change], locale: Locale) -> str:
    """Return changes made together, with people by their names."""
    names = person_names(problem)
    said = " + ".join(change.message(problem).text(locale, names) for change in changes)
    return said or words("table.as_it_is", {}, locale)


def tier_changes_text(tiers: Iterable[TierChange], locale: Locale) -> str:
    """Return how the costs of tiers change, or that nothing does."""
    said = [message.text(locale) for tier in tiers if (message := tier.message()) is not None]
    return "; ".join(said) or words("effect.nothing", {}, locale)


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
