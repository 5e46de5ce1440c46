"""Use cases of ranking."""
