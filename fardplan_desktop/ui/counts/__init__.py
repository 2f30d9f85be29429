"""The page SIP-uppföljning: the grid of counts, the definition beside it, and the problems under it."""
