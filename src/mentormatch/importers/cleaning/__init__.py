"""Putting answers right where there is no doubt, and telling of it in every case."""
