"""Facilities (*voorzieningen*): where they are, how far, what if one closes, which ones to keep."""
