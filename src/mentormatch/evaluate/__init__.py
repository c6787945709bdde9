"""What a solution costs and whether it is valid; nothing here knows a solver."""
