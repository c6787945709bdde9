"""Solvers, each wrapped once, and what their use needs: clock, bounds, remote tasks."""
