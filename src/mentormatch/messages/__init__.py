"""Codes with facts, and their words in English, Finnish and Swedish."""
