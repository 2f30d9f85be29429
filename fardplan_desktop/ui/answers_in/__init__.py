"""Answers from colleagues into the store, from whatever page they are let go on."""
