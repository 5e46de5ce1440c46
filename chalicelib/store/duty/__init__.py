"""Rosters and alarms."""
