"""Immutable records, the code book, periods, value states and errors: what every other room speaks of."""
