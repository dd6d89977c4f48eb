"""Figures (*cijfers*): immutable releases in columns, each value with its source, period, status and reason when missing."""
