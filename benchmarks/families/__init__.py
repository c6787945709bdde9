"""Rounds of many makes, and what is reached and proven on each of them."""
