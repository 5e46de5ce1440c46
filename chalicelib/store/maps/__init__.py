"""Counters of the map."""
