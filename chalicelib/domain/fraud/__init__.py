"""Anti-fraud: what looks wrong (habits, photos), what a person makes of it (findings, decisions), and trust (DOMAIN §3)."""
