"""Inboxes, pushes, and what was sent to whom."""
