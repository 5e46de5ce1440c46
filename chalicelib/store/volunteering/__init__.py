"""Table `slots`."""
