"""How fast, how much memory: what the issue promises, measured beside something to compare with. Never part of the timed tests."""
