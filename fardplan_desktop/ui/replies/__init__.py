"""Återkoppling och frågor: what comes back about what was reported, and what is asked about it."""
