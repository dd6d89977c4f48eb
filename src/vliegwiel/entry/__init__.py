"""The only place that composes the rooms; nobody imports it."""
