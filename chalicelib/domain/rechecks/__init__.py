"""Blind re-checks: which closings a courier looks at once more (sampling), and what becomes of the task (tasks)."""
