"""Messages: a stable code with facts, and its words in a language, kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from pydantic import Field

from mentormatch.data.calendar import Slot
from mentormatch.data.people import Noun
from mentormatch.messages.catalogue import Locale, catalogue
from mentormatch.rules.base import Rule

COUNTED = ("count", "to", "others", "equal", "groups")
"""Facts that count what a message is about; where it is one, ``_one`` after the code has words."""

Facts = Mapping[str, int | str]


class Message(Noun):
    """Something to say: a stable code, and the facts that go with it."""

    code: str = Field(description="Stable word for other tools.")
    facts: Mapping[str, int | str] = Field(
        default_factory=dict, description="Ids, numbers and codes that the words speak of."
    )

    def text(self, locale: Locale = "en", names: Mapping[str, str] | None = None) -> str:
        """Return the message in words of a language; `names` are said instead of people's ids."""
        return words(self.code, self.facts, locale, names)


def words(
    code: str, facts: Facts, locale: Locale = "en", names: Mapping[str, str] | None = None
) -> str:
    """Return the words of a code in a language, with the facts filled in.

    Parameters
    ----------
    code
        The code of the message.
    facts
        What the words speak of.
    locale
        The language of the words.
    names
        Names of people by their id, said instead of it.

    Raises
    ------
    KeyError
        If there is no message with the code, or a fact is missing that it speaks of.
    """
    shown: dict[str, int | str] = dict(facts)
    if "slot" in facts:
        shown["time"] = _time(facts, locale)
    if names and (person := str(facts.get("person"))) in names:
        shown["person"] = names[person]
    if "goal" in facts and facts.get("rules"):
        shown["goal"] = tier_label(str(facts["goal"]), str(facts["rules"]).split(","), locale)
    if "rule" in facts:
        shown["rule"] = rule_name(str(facts["rule"]), locale)
    if "language" in facts:
        tag = str(facts["language"])
        shown["language"] = catalogue(locale).languages.get(tag, tag)
    messages = catalogue(locale).messages
    singular = f"{code}_one"
    counted = next((facts[name] for name in COUNTED if name in facts), None)
    if singular in messages and isinstance(counted, int) and abs(counted) == 1:
        return messages[singular].format_map(shown)
    return messages[code].format_map(shown)


def tier_label(name: str, kinds: Sequence[str], locale: Locale = "en") -> str:
    """Return what a tier is about: its name, or in another language those of its rules."""
    known = catalogue(locale).rules
    if locale == "en" or not all(kind in known for kind in kinds):
        return name
    return "; ".join(known[kind] for kind in kinds) or name


def rule_name(kind: str, locale: Locale = "en") -> str:
    """Return the name of a kind of rule in a language."""
    return catalogue(locale).rules.get(kind, kind.replace("_", " "))


def slot_facts(slot: Slot) -> dict[str, int | str]:
    """Return the facts by which any language can say when a slot is."""
    facts: dict[str, int | str] = {"slot": slot.id}
    if slot.label:
        facts["label"] = slot.label
    elif slot.weekday is not None and slot.start is not None:
        end = datetime.combine(date(2000, 1, 1), slot.start) + timedelta(minutes=slot.minutes)
        facts["weekday"] = slot.weekday
        facts["hours"] = f"{slot.start:%H:%M}-{end:%H:%M}"
    return facts


def rule_facts(rule: Rule) -> dict[str, int | str]:
    """Return the facts by which any language can name a rule; no people are among them."""
    return {"rule": rule.kind}


def _time(facts: Facts, locale: Locale) -> str:
    if "label" in facts:
        return str(facts["label"])
    if "weekday" in facts:
        return f"{catalogue(locale).weekdays[int(facts['weekday']) - 1]} {facts['hours']}"
    return str(facts["slot"])
