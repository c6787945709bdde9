"""Every message has words in every language, with the same facts."""

from __future__ import annotations

from string import Formatter

import pytest

from mentormatch.explain import (
    REASONS,
    Message,
    words,
)
from mentormatch.messages.catalogue import LOCALES, Locale, catalogue
from mentormatch.messages.wording import slot_facts
from mentormatch.rules import RULES
from mentormatch.whatif import AnyChange
from tests.support.build import slot

CODES = catalogue("en").messages


@pytest.mark.parametrize("locale", LOCALES)
def test_a_language_has_words_for_every_code_and_for_no_other(locale: Locale) -> None:
    """A code without words would end in an error in front of whoever reads that language."""
    assert set(catalogue(locale).messages) == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_message_has_words_in_every_language_with_the_same_facts(code: str) -> None:
    """A fact that one language forgets is told to two thirds of the readers."""
    said = {locale: catalogue(locale).messages[code] for locale in LOCALES}
    facts = {
        locale: {name for _, name, _, _ in Formatter().parse(text) if name}
        for locale, text in said.items()
    }
    assert facts["en"] == facts["fi"] == facts["sv"]
    assert len(set(said.values())) == len(LOCALES)


def test_every_code_that_can_be_told_has_a_message() -> None:
    """A code without words would end in an error in front of a coordinator."""
    from typing import get_args

    assert {f"left_out.{code}" for code in REASONS} <= set(CODES)
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(AnyChange)[0])}
    assert {f"change.{kind}" for kind in kinds} <= set(CODES)


def test_names_are_there_in_every_language() -> None:
    """A rule that has names has them for every reader, and is a rule that there is."""
    kinds = {rule.model_fields["kind"].default for rule in RULES}
    languages = set(catalogue("en").languages)
    for locale in LOCALES:
        known = catalogue(locale)
        assert set(known.rules) == kinds
        assert set(known.languages) == languages
        assert languages >= set(LOCALES)
        assert len(set(known.weekdays)) == 7


def test_a_time_is_said_in_the_language_of_the_words() -> None:
    """A slot has a label of its own, or a weekday that every language names."""
    facts = slot_facts(slot("wed-15"))
    said = [words("change.add_room", facts, locale) for locale in LOCALES]
    assert said == [
        "room for one more group at Wednesday 15:00-17:00",
        "tilaa yhdelle ryhmälle lisää aikaan ke 15:00-17:00",
        "rum för en grupp till onsdag 15:00-17:00",
    ]
    labelled = slot_facts(slot("wed-15", label="after lunch"))
    assert words("change.add_room", labelled) == "room for one more group at after lunch"


def test_a_rule_without_a_name_is_named_by_its_kind() -> None:
    """A new rule needs no entry here to be explained."""
    message = Message(code="change.relax_rule", facts={"rule": "some_new_rule"})
    assert message.text("sv") == "en regel får ge vika: some new rule"
