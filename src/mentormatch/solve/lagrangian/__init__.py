"""Large rounds: Lagrangian relaxation with multipliers from a sample, then flows."""
