"""Start: what is left of the period, the key figures, what to do, and what has happened."""
