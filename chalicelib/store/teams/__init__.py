"""Teams with their members and applications."""
