"""What lies on the map, what of it is shown to whom, and where nobody has reported from."""
