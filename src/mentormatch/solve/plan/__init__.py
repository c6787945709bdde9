"""The integer program over templates: built, relaxed, searched tier by tier."""
