"""The machine we run on: paths, resources, preferences, clock, ids, secrets, logging."""
