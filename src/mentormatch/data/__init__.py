"""What goes in and comes out: people, calendar, languages, the problem, the matching."""
