"""Documents that are made once and kept."""
