"""Who comes along to an activity changes: more while places are offered, fewer until it begins; and what a guardian
agreed to can be taken back at any time (DOMAIN §6)."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Conflict
from chalicelib.domain.prizes import activities
from chalicelib.domain.prizes.activities import Family, Guests
from chalicelib.domain.prizes.model import Prize, is_offered
from chalicelib.domain.prizes.redemptions import Redemption


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardianConsent:
    """Somebody agreed, as their guardian, that so many children are counted for a booking: when, and to which wording.

    `given_with` is the version of the booking by which he did; `withdrawn_at`: when he took it back (UTC).
    """

    redemption_id: str
    courier_id: str
    given_with: int
    wording: int
    children: int
    at: datetime
    withdrawn_at: datetime | None = None


def changed(redemption: Redemption, prize: Prize, guests: Guests, *, now: datetime) -> Redemption:
    """The booking with other family members; the same where nothing changes.

    Children beyond those agreed to take a guardian's consent anew. Raises Invalid (as `require_guests` does), Conflict
    (`redemption_over`, `activity_begun`, `prize_not_open`, `not_enough_places`).
    """
    if not redemption.is_open:
        raise Conflict("redemption_over", state=redemption.state)
    if redemption.schedule and now >= redemption.schedule.begins_at:
        raise Conflict("activity_begun")
    if guests.family == redemption.family:
        return redemption
    more_children = guests.family.children > redemption.family.children
    if not guests.family.within(redemption.family):
        known = 0 if more_children else redemption.consent
        activities.require_guests(prize.offer.activity, replace(guests, consent=guests.consent or known))
        if not is_offered(prize.offer, now):
            raise Conflict("prize_not_open")
    if (added := guests.family.size - redemption.family.size) > prize.stock.free:
        raise Conflict("not_enough_places", free=prize.stock.free, needed=added)
    version = redemption.version + 1
    consent = version if more_children else redemption.consent
    return _with(redemption, guests.family, consent=consent if guests.family.children else 0)


def without_children(redemption: Redemption) -> Redemption:
    """The booking once a guardian's consent was taken back: while it is open their places return; afterwards only their
    number is forgotten. The same where no consent stands."""
    if not redemption.consent:
        return redemption
    family = replace(redemption.family, children=0)
    if redemption.is_open:
        return _with(redemption, family, consent=0)
    came = replace(redemption.came, children=0)
    return replace(redemption, family=family, came=came, consent=0, version=redemption.version + 1)


def forgotten(redemption: Redemption) -> Redemption:
    """The booking without how many came along: of who is forgotten. Its places stay: the stock was moved by them."""
    return replace(redemption, family=Family(), came=Family(), consent=0, reason="")


def _with(redemption: Redemption, family: Family, *, consent: int) -> Redemption:
    places, version = 1 + family.size, redemption.version + 1
    return replace(redemption, family=family, places=places, consent=consent, version=version)
