"""Codes, sessions, keys of tokens."""
