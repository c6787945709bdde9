"""Local search on groups: every move of a person is weighed at once, on the compiled forms."""
