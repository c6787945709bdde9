"""Made-up rounds: realistic ones from a recipe, and ones whose best answer is known."""

from __future__ import annotations

from mentormatch.synthetic.corner_cases import CornerCase, adversarial
from mentormatch.synthetic.generation import generate
from mentormatch.synthetic.planting import Planted, planted
from mentormatch.synthetic.recipe import AUTUMN_2026, PRESETS, Difficulty, Recipe
from mentormatch.synthetic.terms import TermRecipe, generate_term

__all__ = [
    "AUTUMN_2026",
    "PRESETS",
    "CornerCase",
    "Difficulty",
    "Planted",
    "Recipe",
    "TermRecipe",
    "adversarial",
    "generate",
    "generate_term",
    "planted",
]
