"""The care relay: meals, medicine and knocks for elderly people who live alone (DOMAIN §4)."""
