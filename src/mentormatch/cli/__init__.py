"""The command line: reads files, calls the library, shows and writes what comes of it."""
