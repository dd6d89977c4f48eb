"""Confidential casework on buildings and groups, for one team only."""
