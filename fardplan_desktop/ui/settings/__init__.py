"""Inställningar: who we are, our seal, mått och listor, backups, the look, and the history."""
