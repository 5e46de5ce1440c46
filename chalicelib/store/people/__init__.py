"""People, applications, and who looked at whose data."""
