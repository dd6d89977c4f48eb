"""Notices (*berichten*): each message decided once, reminders with pauses, what a person prefers."""
