"""One file for each kind of form: what it adds to the integer program."""
