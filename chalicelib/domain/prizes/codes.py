"""Pick-up codes: eight characters without look-alikes (Crockford's base 32), as somebody types them.

Forty random bits. They are good at a counter only, where somebody looks at who stands before it, and there so many an
hour may be looked up and no more.
"""

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
MEANT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


def normal(typed: str) -> str | None:
    """The code that was meant: any case, with blanks and dashes, O for 0, I and L for 1; None if it can be none."""
    code = typed.upper().translate(MEANT)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
