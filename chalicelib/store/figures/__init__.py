"""Counters, and what was counted."""
