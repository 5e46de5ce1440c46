"""Reports, their photos and places, what is due, lists."""
