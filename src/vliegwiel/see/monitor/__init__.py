"""The pages on which people read how a place is doing."""
