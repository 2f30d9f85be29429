"""Rapportera: check, review, seal and send a period; and what has been sent."""
