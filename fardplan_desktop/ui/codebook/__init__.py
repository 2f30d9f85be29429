"""Mått och listor: read by everyone, changed and sealed by the county."""
