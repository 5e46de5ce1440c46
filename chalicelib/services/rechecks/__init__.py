"""Use cases of blind re-checks."""
