"""The Django ground floor: what every room with pages stands on."""
