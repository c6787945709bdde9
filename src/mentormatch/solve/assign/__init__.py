"""People into the groups of a template, and what groups cost."""
