"""Sammanställning: the members added up."""
