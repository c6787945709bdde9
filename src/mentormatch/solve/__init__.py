"""The engine: from a problem to a matching with a certified bound in every tier."""
