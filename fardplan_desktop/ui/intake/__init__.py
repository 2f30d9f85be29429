"""Ta emot: packages in, one line a file."""
