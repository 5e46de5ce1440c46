"""How much one person may ask of the others' time (DOMAIN §2 Duplicates, §3)."""

PER_DAY = 20  # submissions of one courier on one local day; class E exempt
AWAITING = 10  # of his reports waiting for verification at once; class E exempt
REMARKS = 20  # of one reporter on his reports, an hour
LOOK_UPS = 30  # of what lies nearby, an hour
