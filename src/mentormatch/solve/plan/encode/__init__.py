"""What each kind of form adds to the integer program, one file a kind."""
