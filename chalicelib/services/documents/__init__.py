"""Use cases on monthly reports and weekly summaries."""
