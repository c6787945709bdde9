"""The problem as arrays, and the components into which it falls."""
