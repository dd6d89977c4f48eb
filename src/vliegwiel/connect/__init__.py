"""The outside world, one folder per counterpart with a faithful fake beside it. No Django here."""
