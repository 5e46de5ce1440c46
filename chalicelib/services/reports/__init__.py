"""Use cases on reports: file, act, see, list; what the clock does to them."""
