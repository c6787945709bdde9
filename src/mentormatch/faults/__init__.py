"""Errors of pydantic as faults: where in a document they lie, and what is wrong in plain words."""
