"""Use cases of honours."""
