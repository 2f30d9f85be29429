"""Mötesunderlag: the paper in preview, the meeting it is for, and what the meeting decided."""
