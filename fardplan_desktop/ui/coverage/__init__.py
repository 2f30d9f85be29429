"""Inlämningsläge: who has delivered what."""
