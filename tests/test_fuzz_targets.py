"""What is fuzzed for hours holds for the bytes from which the fuzzers start, and near them."""

from __future__ import annotations

import random

import pytest

from tests.fuzz.chances import Chances
from tests.fuzz.documents import PROBLEM, problem
from tests.fuzz.spoiling import spoilt
from tests.fuzz.targets import TARGETS


def spoil(data: bytes, chance: random.Random) -> bytes:
    """Return bytes with a few of them changed, repeated, moved or cut."""
    made = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        match chance.randrange(4):
            case 0:
                made[at:at] = chance.randbytes(chance.randint(1, 4))
            case 1:
                made[at : at + chance.randint(1, 9)] = b""
            case 2:
                made[at : at + 1] = chance.choice([b"9", b"\xff", b";", b'"', b"\n", b"0", b"-"])
            case _:
                start = chance.randrange(len(made) + 1)
                made[at:at] = made[start : start + chance.randint(1, 30)]
    return bytes(made)


@pytest.mark.parametrize("name", TARGETS)
def test_readers_keep_their_promises_near_sound_bytes(name: str) -> None:
    """The targets themselves must not rot until somebody lets them run."""
    chance = random.Random(f"{name} 1")
    for seed in TARGETS[name].seeds():
        TARGETS[name].attempt(seed)
        for _ in range(15):
            TARGETS[name].attempt(spoil(seed, chance))
        TARGETS[name].attempt(chance.randbytes(200))


def test_the_problem_that_is_spoilt_is_sound_and_is_spoilt() -> None:
    """Otherwise the fuzzers would look at nothing but the first fault."""
    assert len(problem().students) == 3
    chance = random.Random(2)
    made = [spoilt(PROBLEM, Chances(chance.randbytes(100))) for _ in range(50)]
    assert sum(document != PROBLEM for document in made) > 40
