"""Prizes and services that red points are redeemed for (DOMAIN §3)."""
