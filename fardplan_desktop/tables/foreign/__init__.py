"""Sheets that were built by somebody else: what they seem to say, what is only a guess, and what must be asked."""
