"""The tables a township edits, and what is reckoned from them."""
