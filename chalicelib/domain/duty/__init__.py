"""Who is on duty, and who is called for danger to life."""
