"""Prizes, their stock, and who redeemed them: tables `prizes` and `redemptions`."""
