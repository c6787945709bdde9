"""The recipe of a made-up round: how many people offer and ask what, every number a knob."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from itertools import product
from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field, model_validator

from mentormatch.data.calendar import WEEKDAYS, DayRange, Slot, Term, Weekday
from mentormatch.data.languages import Language, Level
from mentormatch.data.people import Noun, Text
from mentormatch.data.round import GroupShape

Difficulty = Literal["easy", "standard", "hard"]
Share = Annotated[float, Field(ge=0, le=1)]
Weight = Annotated[float, Field(ge=0)]
Number = Annotated[int, Field(ge=1)]

AUTUMN_2026 = Term(
    first_day=date(2026, 9, 14),
    last_day=date(2026, 12, 11),
    skipped=(
        DayRange(first=date(2026, 10, 12), last=date(2026, 10, 16), why="examination week"),
        DayRange(first=date(2026, 10, 31), last=date(2026, 10, 31), why="All Saints' Day"),
        DayRange(first=date(2026, 12, 6), last=date(2026, 12, 6), why="Independence Day"),
    ),
    meetings=6,
    every_weeks=2,
)
"""Thirteen weeks that hold six fortnightly meetings and cross the end of summer time."""


class Recipe(Noun):
    """What the people of a made-up round are like.

    The defaults describe a doctoral programme like that of Aalto University: the six schools
    with their departments, a week of 25 possible times, and what people there tend to answer.
    Weights need not add up to 1.
    """

    term: Term = AUTUMN_2026
    shape: GroupShape = GroupShape(target_students=7)
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = Field(
        default=("en",), description="Languages in which groups can meet."
    )
    mentors_per_hundred: Number = Field(
        default=30, description="Mentors for 100 students, where their number is not given."
    )

    weekdays: Mapping[Weekday, Weight] = Field(
        default={1: 0.90, 2: 1.15, 3: 1.15, 4: 1.10, 5: 0.60},
        description="How well liked each weekday of the grid is.",
    )
    hours: Mapping[Annotated[int, Field(ge=0, le=23)], Weight] = Field(
        default={9: 0.80, 11: 0.60, 13: 1.00, 15: 1.15, 17: 0.45},
        description="How well liked each start of the grid is.",
    )
    minutes: int = Field(default=120, ge=5, le=1440, description="Length of a meeting.")
    offered: Mapping[Number, Weight] = Field(
        default={
            1: 0.05,
            2: 0.10,
            3: 0.13,
            4: 0.13,
            5: 0.12,
            6: 0.11,
            7: 0.09,
            8: 0.08,
            10: 0.09,
            12: 0.06,
            15: 0.03,
            25: 0.01,
        },
        description="Slots that a student offers; more than the grid has means all.",
    )
    mentor_extra_slots: Annotated[int, Field(ge=0)] = Field(
        default=1, description="Slots that a mentor offers more than a student would."
    )
    favourite_share: Share | None = Field(
        default=0.6, description="Slots on favourite days; null: people have no favourite days."
    )
    two_favourites: Share = Field(default=0.5, description="People with two favourite days.")
    if_need_be: Share = Field(default=0.3, description="Offered slots that are second choices.")
    empty: Share = Field(default=0.0, description="Students who gave no availability.")
    absent: Share = Field(default=0.04, description="People away for some days of the term.")
    longest_absence: Number = Field(default=5, description="Most days in a row away.")

    schools: Mapping[Text, Weight] = Field(
        default={"ARTS": 300, "BIZ": 212, "CHEM": 420, "ELEC": 640, "ENG": 750, "SCI": 1154},
        description="Doctoral students of each school.",
    )
    signup_skew: Mapping[Text, Weight] = Field(
        default={"ARTS": 1.3, "BIZ": 1.3}, description="Schools that sign up more or less."
    )
    departments: Mapping[Text, Annotated[tuple[Text, ...], Field(min_length=1)]] = Field(
        default={
            "ARTS": ("Architecture", "Art and Media", "Design", "Film"),
            "BIZ": (
                "Accounting",
                "Economics",
                "Finance",
                "Information and Service Management",
                "Management Studies",
                "Marketing",
            ),
            "CHEM": (
                "Bioproducts and Biosystems",
                "Chemical and Metallurgical Engineering",
                "Chemistry and Materials Science",
            ),
            "ELEC": (
                "Electrical Engineering and Automation",
                "Electronics and Nanoengineering",
                "Information and Communications Engineering",
            ),
            "ENG": ("Built Environment", "Civil Engineering", "Energy and Mechanical Engineering"),
            "SCI": (
                "Applied Physics",
                "Computer Science",
                "Industrial Engineering and Management",
                "Mathematics and Systems Analysis",
                "Neuroscience and Biomedical Engineering",
            ),
        },
        description="Departments of each school, in no order of size.",
    )
    department_exponent: Weight = Field(
        default=0.7, description="Zipf's exponent: the n-th department weighs n to its negative."
    )
    stages: Mapping[Text, Weight] = Field(
        default={"starting": 0.33, "midway": 0.45, "finishing": 0.22},
        description="How far people are with their studies.",
    )

    english: Share = Field(default=0.97, description="Comfortable in English.")
    finnish: Share = Field(default=0.45, description="Comfortable in Finnish.")
    swedish: Share = Field(default=0.06, description="Comfortable in Swedish.")
    english_only: Share = Field(default=0.52, description="Of these three, only in English.")
    finnish_only: Share = Field(default=0.02, description="Of these three, only in Finnish.")
    other_language: Share = Field(default=0.30, description="Comfortable in a further one.")
    others: Mapping[Language, Weight] = Field(
        default={"zh": 1, "fa": 1, "hi": 1, "es": 1, "ru": 1, "de": 1, "ar": 1},
        description="The further languages.",
    )
    levels: Mapping[Level, Weight] = Field(
        default={"B2": 0.25, "C1": 0.40, "C2": 0.20, "native": 0.15},
        description="Levels of those who are comfortable in a language.",
    )
    learners: Share = Field(
        default=0.3, description="Of those not comfortable in Finnish or English, who learn it."
    )
    learner_levels: Mapping[Level, Weight] = Field(
        default={"A1": 0.4, "A2": 0.35, "B1": 0.25}, description="Levels of learners."
    )

    active: Share = Field(
        default=0.33, description="Of a school's doctoral students, who are around to sign up."
    )
    supervised: Mapping[Number, Weight] = Field(
        default={1: 0.40, 2: 0.25, 3: 0.15, 4: 0.10, 5: 0.06, 6: 0.04},
        description="Active doctoral students of one supervisor.",
    )
    second_supervisor: Share = Field(default=0.4, description="People with a second supervisor.")
    mentor_shares_supervisor: Share = Field(
        default=0.03, description="Mentors who have a supervisor in common with some student."
    )
    avoids: Share = Field(
        default=0.02, description="Students who ask not to meet another student of the round."
    )
    modes: Mapping[Literal["campus", "online", "either"], Weight] = Field(
        default={"campus": 0.45, "online": 0.15, "either": 0.40},
        description="How people can take part.",
    )
    access: Share = Field(default=0.04, description="People who need something of the room.")
    needs: Mapping[Text, Weight] = Field(
        default={"step_free": 0.4, "hearing_loop": 0.3, "captioning": 0.3},
        description="What they need.",
    )

    deadline: AwareDatetime = datetime(2026, 8, 31, 23, 59, tzinfo=ZoneInfo("Europe/Helsinki"))
    signup_days: Number = Field(default=14, description="Days before the deadline to sign up in.")
    late: Share = Field(default=0.10, description="Students who sign up after the deadline.")
    late_days: Number = Field(default=14, description="Days over which the late ones spread.")

    @model_validator(mode="after")
    def _weighted(self) -> Recipe:
        for name, value in self:
            if not isinstance(value, Mapping) or name in ("departments", "signup_skew"):
                continue
            if not any(weight > 0 for weight in value.values()):
                raise ValueError(f"{name} has no weight above 0")
        return self

    @model_validator(mode="after")
    def _schools_known(self) -> Recipe:
        if missing := sorted(set(self.schools) - set(self.departments)):
            raise ValueError(f"departments has no entry for {missing[0]!r} of schools")
        if unknown := sorted(set(self.signup_skew) - set(self.schools)):
            raise ValueError(f"signup_skew names {unknown[0]!r}, which is not among schools")
        return self

    @model_validator(mode="after")
    def _languages_add_up(self) -> Recipe:
        if min(self.language_groups.values()) < 0:
            raise ValueError(
                "the shares of English, Finnish and Swedish contradict each other: "
                + ", ".join(
                    f"{'+'.join(group) or 'none'} {share:.4g}"
                    for group, share in self.language_groups.items()
                )
            )
        return self

    @property
    def language_groups(self) -> Mapping[tuple[str, ...], float]:
        """Shares of the people comfortable in exactly these of English, Finnish and Swedish.

        Swedish goes first to those who have no Finnish, as far as the other shares leave room.
        """
        both = self.finnish - self.finnish_only
        english_swedish = self.english - both - self.english_only
        rest = 1 - self.english - self.finnish_only
        swedish_alone = min(rest, self.swedish - english_swedish)
        all_three = self.swedish - english_swedish - swedish_alone
        shares = {
            ("en",): self.english_only,
            ("fi",): self.finnish_only,
            ("en", "fi"): both - all_three,
            ("en", "fi", "sv"): all_three,
            ("en", "sv"): english_swedish,
            ("sv",): swedish_alone,
            (): rest - swedish_alone,
        }
        return {group: round(share, 9) for group, share in shares.items()}

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The grid: every weekday at every hour."""
        return tuple(
            Slot(
                id=f"{WEEKDAYS[weekday - 1][:3]}-{hour:02d}",
                weekday=weekday,
                start=time(hour),
                minutes=self.minutes,
            )
            for weekday, hour in product(self.weekdays, self.hours)
        )

    @property
    def department_weights(self) -> Mapping[tuple[str, str], float]:
        """School and department to the doctoral students there who might sign up."""
        weights = {}
        for school, size in self.schools.items():
            names = self.departments[school]
            # Rounded, because powers may differ in the last bit from machine to machine.
            zipf = [round((rank + 1) ** -self.department_exponent, 9) for rank in range(len(names))]
            for name, part in zip(names, zipf, strict=True):
                weights[school, name] = size * part / sum(zipf)
        return weights


PRESETS: Mapping[Difficulty, Recipe] = {
    "easy": Recipe(
        favourite_share=None,
        mentors_per_hundred=35,
        shape=GroupShape(min_students=4, max_students=8, target_students=7),
    ),
    "standard": Recipe(),
    "hard": Recipe(
        hours={13: 1.00, 15: 1.15},
        offered={1: 0.35, 2: 0.30, 3: 0.20, 4: 0.10, 10: 0.05},
        favourite_share=0.8,
        mentors_per_hundred=25,
        shape=GroupShape(min_students=6, max_students=8, target_students=7),
    ),
}
"""Three rounds by how hard it is to place everybody: slots, mentor pairs, sizes, clumping."""
