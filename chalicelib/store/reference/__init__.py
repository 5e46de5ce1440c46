"""Editions of reference data."""
