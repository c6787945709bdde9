from __future__ import annotations

from string import Formatter

import pytest

from mentormatch.explain import (
    REASONS,
    Message,
    words,
)
from mentormatch.messages.catalogue import MESSAGES
from mentormatch.messages.names import LANGUAGE_NAMES, RULE_NAMES, WEEKDAY_NAMES
from mentormatch.messages.wording import LOCALES, slot_facts
from mentormatch.rules import RULES
from mentormatch.whatif import AnyChange
from tests.support.build import slot


@pytest.mark.parametrize("code", MESSAGES)
def test_a_message_has_words_in_every_language_with_the_same_facts(code: str) -> None:
    """A fact that one language forgets is told to two thirds of the readers."""
    said = MESSAGES[code]
    assert set(said) == set(LOCALES)
    facts = {
        locale: {name for _, name, _, _ in Formatter().parse(text) if name}
        for locale, text in said.items()
    }
    assert facts["en"] == facts["fi"] == facts["sv"]
    assert len(set(said.values())) == len(LOCALES)


def test_every_code_that_can_be_told_has_a_message() -> None:
    """A code without words would end in an error in front of a coordinator."""
    from typing import get_args

    assert {f"left_out.{code}" for code in REASONS} <= set(MESSAGES)
    kinds = {kind.model_fields["kind"].default for kind in get_args(get_args(AnyChange)[0])}
    assert {f"change.{kind}" for kind in kinds} <= set(MESSAGES)


def test_names_are_there_in_every_language() -> None:
    """A rule that has names has them for every reader, and is a rule that there is."""
    kinds = {rule.model_fields["kind"].default for rule in RULES}
    assert set(RULE_NAMES) == kinds
    for names in (*RULE_NAMES.values(), *LANGUAGE_NAMES.values()):
        assert set(names) == set(LOCALES)
    assert all(len(WEEKDAY_NAMES[locale]) == 7 for locale in LOCALES)


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
