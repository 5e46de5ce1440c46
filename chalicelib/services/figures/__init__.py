"""Use cases of counting."""
