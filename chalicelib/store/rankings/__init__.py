"""The boards of periods."""
