"""The one job runner: the only place in the program with threads."""
