"""The knobs of a family: how many people there are of what kind, and when they can come."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Knobs:
    """What the rounds of a family are like, whatever their size.

    Attributes
    ----------
    departments, department_skew
        How many departments, and the exponent of their sizes: the i-th has a share proportional
        to ``i ** -skew``; 0 makes all alike.
    slots, slot_skew, minutes
        How many weekly times, up to 60; the exponent of their popularity; the length of a
        meeting. Starts are an hour apart, so that times longer than 60 minutes overlap.
    offered, mentors_offered
        Fewest and most slots that a student, and a mentor, offers.
    if_need_be
        Share of the offered slots that are second choices.
    mentors, capacity
        Mentors of a group, 0 to 3, and how often a mentor can lead 1, 2, 3 groups.
    enough
        Places that all mentors together can give, at the largest size, for each student: below
        1 mentors are scarce. It says nothing of times.
    sizes
        Fewest and most students of a group.
    languages
        How many languages groups can meet in. Everybody uses some of them.
    modes
        Whether some people take part on campus or online only.
    supervised
        Students of one supervisor, who may not meet; 0 draws no supervisors.
    topics
        Topics of which each group has one; 0 for none.
    priorities
        Whether leaving out one student can cost more than leaving out another.
    """

    departments: int = 12
    department_skew: float = 0.0
    slots: int = 20
    slot_skew: float = 0.5
    minutes: int = 60
    offered: tuple[int, int] = (2, 8)
    mentors_offered: tuple[int, int] = (3, 10)
    if_need_be: float = 0.3
    mentors: int = 2
    capacity: tuple[float, ...] = (1.0,)
    enough: float = 1.3
    sizes: tuple[int, int] = (5, 8)
    languages: int = 1
    modes: bool = False
    supervised: int = 4
    topics: int = 0
    priorities: bool = False

    def mentors_for(self, students: int) -> int:
        """Return how many mentors a round of so many students has."""
        if not self.mentors:
            return 0
        weights = enumerate(self.capacity, 1)
        mean = sum(groups * weight for groups, weight in weights) / sum(self.capacity)
        groups = self.enough * students / self.sizes[1]
        return max(self.mentors, round(groups * self.mentors / mean))
