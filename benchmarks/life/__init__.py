"""Whole terms, lived through with several policies."""
