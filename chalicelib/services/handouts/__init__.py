"""Use cases of goods that are handed out."""
