"""Avvikelser: deviations in collaboration, registered, followed through and looked at together."""
