"""The files that a set of pinned versions stands for, and an audit of what is installed."""
