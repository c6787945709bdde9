"""Everything that the library answers to a fixed set of inputs, kept to be compared later."""
