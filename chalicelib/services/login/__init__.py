"""Use cases of signing in, and of letting a request in."""
