"""Other ways to form groups, written for comparison."""
