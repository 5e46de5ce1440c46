"""Use cases of the map."""
