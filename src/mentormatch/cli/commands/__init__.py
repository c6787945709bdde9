"""The commands, one in each file, each with a function `run`."""
