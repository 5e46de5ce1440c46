"""Findings, and what reports leave behind for the checks."""
