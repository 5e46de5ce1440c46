"""Jobs of writing a file, and what they read."""
