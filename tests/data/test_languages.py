"""Language tags, levels, and who uses a language well enough."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from mentormatch.data.languages import (
    LEVELS,
    TAGS,
    Level,
    canonical_tag,
    reaches,
    same_language,
    twin_tags,
)

LEVEL: TypeAdapter[Level] = TypeAdapter(Level)


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("en", "en"),
        (" EN ", "en"),
        ("en_gb", "en-GB"),
        ("ZH-hans-cn", "zh-Hans-CN"),
        ("es-419", "es-419"),
        ("smn", "smn"),
    ],
)
def test_a_tag_gets_its_usual_spelling(written: str, usual: str) -> None:
    """People and forms spell one tag in many ways; comparing needs one spelling."""
    assert canonical_tag(written) == usual
    assert canonical_tag(usual) == usual


@pytest.mark.parametrize("word", ["", "e", "english", "en-", "en-GBR", "12", "en GB", "en-x-me"])
def test_what_is_no_tag_is_refused(word: str) -> None:
    """A name in place of a tag would silently match nobody."""
    with pytest.raises(ValueError, match="is not a language tag"):
        canonical_tag(word)


def test_every_offered_tag_is_one() -> None:
    """A hint that is itself refused would send people in a circle."""
    assert {canonical_tag(tag) for tag in TAGS.values()} == set(TAGS.values())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("sv", "sv-FI", True),
        ("sv-FI", "sv-FI", True),
        ("pt-BR", "pt-PT", False),
        ("en", "fi", False),
        ("zh-Hans", "zh-Hant", False),
        ("zh-Hans-CN", "zh-CN", True),
        ("zh-Hans-CN", "zh-Hans-TW", False),
    ],
)
def test_regions_and_scripts_count_only_where_both_state_them(
    one: str, other: str, same: bool
) -> None:
    """Whoever says Swedish can join a group in the Swedish of Finland."""
    assert same_language(one, other) is same
    assert same_language(other, one) is same


@pytest.mark.parametrize("level", LEVELS)
def test_a_level_is_read_without_regard_to_case(level: Level) -> None:
    """Sheets hold b2 as often as B2, and nothing else can be meant."""
    assert LEVEL.validate_python(f" {level.lower()} ") == level
    assert LEVEL.validate_python(level.upper()) == level


@pytest.mark.parametrize("word", ["", "B3", "good", 2, None])
def test_what_is_no_level_is_refused(word: object) -> None:
    """A level that does not exist would count for nothing."""
    with pytest.raises(ValidationError):
        LEVEL.validate_python(word)


def test_a_level_serves_for_those_below_it() -> None:
    """Levels are in order, and native stands above C2."""
    for skill_rank, skill in enumerate(LEVELS):
        for asked_rank, asked in enumerate(LEVELS):
            assert reaches({"en": skill}, "en", asked) is (skill_rank >= asked_rank)


def test_one_of_several_skills_is_enough() -> None:
    """The better of two varieties of one language decides."""
    skills: dict[str, Level] = {"pt-BR": "A1", "pt": "C1", "fi": "native"}
    assert reaches(skills, "pt-BR", "B2")
    assert not reaches(skills, "en", "A1")
    assert not reaches({}, "en", "A1")


def test_two_spellings_of_one_tag_are_found() -> None:
    """Otherwise the last of them would silently win."""
    assert twin_tags({"EN": 1, "fi": 2, "en": 3}) == ("EN", "en")
    assert twin_tags({"en": 1, "en-GB": 2, "nonsense!": 3}) is None
