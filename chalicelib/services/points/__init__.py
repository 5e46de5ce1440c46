"""Use cases of red points."""
