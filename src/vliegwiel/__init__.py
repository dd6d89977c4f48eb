"""Vliegwiel: see, support, agree, learn and account for the liveability of villages and neighbourhoods."""
