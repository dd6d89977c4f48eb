"""Areas (*gebieden*) and their borders through time. (code, year) is the identity."""
