"""Ring och jämför: the card for the call, wherever a sender becomes known."""
