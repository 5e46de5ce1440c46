"""Cursors: where the next page of a list begins, sealed opaque to clients.

They are no secret and not signed: the list a cursor belongs to comes from the request, so a forged one moves only
within what its sender may read.
"""

import base64
import binascii
from typing import Any

import msgspec

from chalicelib.domain.errors import Invalid


def sealed(position: Any) -> str:
    """A position (anything msgspec encodes) as text for a URL."""
    return base64.urlsafe_b64encode(msgspec.json.encode(position)).decode().rstrip("=")


def opened(cursor: str, shape: Any) -> Any:
    """The position, of this type, that was sealed. Raises Invalid (`bad_cursor`) for anything else."""
    try:
        return msgspec.json.decode(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)), type=shape)
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise Invalid("bad_cursor") from error
