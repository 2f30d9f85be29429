"""Aktiviteter: the plan's activities, one beside the others, with check-ins and history."""
