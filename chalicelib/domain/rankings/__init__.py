"""Ranking of couriers: who stands where in a period, who reads it, and what a period ends with."""
