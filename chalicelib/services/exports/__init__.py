"""Use cases of taking reports away as a file."""
