"""The ledger of points, and what a courier has."""
