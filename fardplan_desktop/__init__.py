"""Färdplan Desktop: follow-up of the joint strategy for good and close care in Västra Götaland."""

__version__ = "1.0.0"
PROGRAM_NAME = "Färdplan Desktop"
