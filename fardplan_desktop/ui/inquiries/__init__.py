"""Fråga ansvariga: who is asked, who has answered, and the units."""
