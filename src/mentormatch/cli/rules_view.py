"""Which rules came by themselves, on a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from mentormatch.messages.catalogue import Locale
from mentormatch.messages.wording import rule_name, words
from mentormatch.rules.base import RuleUse
from mentormatch.text import visible


def default_rules_view(uses: Sequence[RuleUse], locale: Locale = "en") -> Text:
    """Return the standard rules that nobody stated: those in force, and those without effect.

    The foundations say what a group is; naming them each time would hide what is news.
    """
    defaults = [use for use in uses if use.origin == "default"]
    in_force = [_in_force(use, locale) for use in defaults if use.idle is None]
    idle = [_idle(use, locale) for use in defaults if use.idle is not None]
    lines = [
        words(code, {"rules": "; ".join(rules)}, locale)
        for code, rules in (("view.defaults", in_force), ("view.idle_defaults", idle))
        if rules
    ]
    return Text(visible("\n".join(lines)), style="dim")


def _in_force(use: RuleUse, locale: Locale) -> str:
    name = use.about if locale == "en" else rule_name(use.kind, locale)
    return f"{name} ({use.tier})"


def _idle(use: RuleUse, locale: Locale) -> str:
    return f"{use.kind} ({use.idle})" if locale == "en" else rule_name(use.kind, locale)
