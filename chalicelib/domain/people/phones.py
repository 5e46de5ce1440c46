"""Phone numbers: however one is written, it is one number."""

import re
from unicodedata import normalize

from chalicelib.domain.errors import Invalid

PHONE = re.compile(r"(?:\+|00)?(?:86)?(1[0-9]{10})")
BETWEEN_DIGITS = re.compile(r"[\s().-]")


def phone_of(text: str) -> str:
    """The eleven digits of a mainland mobile number, however it is written. Raises Invalid (`phone_malformed`)."""
    found = PHONE.fullmatch(BETWEEN_DIGITS.sub("", normalize("NFKC", text)))
    if not found:
        raise Invalid("phone_malformed")
    return found[1]
