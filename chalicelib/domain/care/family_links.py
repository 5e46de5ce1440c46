"""The token of a family contact's link, and of a form on its page: signed as links to public pages are, with keys of
their own, so that none of the three is taken for another.

Nothing is stored for it. It ends with its time, and at once where the village takes links back: the count of that
stands in the token and with the beneficiary.
"""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from chalicelib.domain.reports import page_links

LINK, FORM = b"family-link", b"family-form"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What a token opens: `link` is the beneficiary's count of links taken back when it was made. Of a form, `once` is
    the word by which what was sent twice is done once."""

    beneficiary_id: str
    link: int
    expires_at: datetime
    once: str = ""


def written(ticket: Ticket, key: bytes) -> str:
    """The ticket as a word of letters, digits, `-` and `_`."""
    named = f"{ticket.beneficiary_id} {ticket.once}".rstrip()
    told = page_links.Ticket(report_id=named, page=ticket.link, expires_at=ticket.expires_at)
    return page_links.written(told, _own(key, FORM if ticket.once else LINK))


def read(token: str, key: bytes, *, now: datetime, form: bool = False) -> Ticket | None:
    """The ticket, unless the token is forged, cut, of the other kind, or its time is over."""
    told = page_links.read(token, _own(key, FORM if form else LINK), now=now)
    if told is None:
        return None
    id, _, once = told.report_id.partition(" ")
    return Ticket(beneficiary_id=id, link=told.page, expires_at=told.expires_at, once=once)


def _own(key: bytes, purpose: bytes) -> bytes:
    return hmac.new(key, purpose, sha256).digest()
