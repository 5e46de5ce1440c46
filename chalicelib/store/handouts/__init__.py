"""What was handed out to whom."""
