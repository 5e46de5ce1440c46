"""Exports: who may take which reports away as a file, what stands in it, and how its writing goes on after a crash."""
