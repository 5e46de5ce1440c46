"""Use cases of the care relay."""
