"""Cases of honours, and each year's sentinels."""
