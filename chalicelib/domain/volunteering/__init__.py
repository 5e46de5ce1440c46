"""Volunteering: calls with slots, who signs up, check-in and hours, mediation (DOMAIN §5)."""
