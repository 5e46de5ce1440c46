"""Use cases on who comes along to an activity, and on the guardian's consent that children are counted by."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.people import consents as wordings
from chalicelib.domain.people.consents import Consent
from chalicelib.domain.people.model import Actor
from chalicelib.domain.prizes import families as rules
from chalicelib.domain.prizes import movements, powers
from chalicelib.domain.prizes.activities import Guests
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.domain.prizes.families import GuardianConsent
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.services.prizes import following
from chalicelib.services.prizes.trying import tried
from chalicelib.services.reference import terms
from chalicelib.store.base import Transaction
from chalicelib.store.prizes import consents, prizes
from chalicelib.store.prizes import redemptions as store
from chalicelib.store.reference import reference

GUARDIAN, TABLE, TERM = "guardian", "consents", "guardian_consent"


def wording(*, now: datetime) -> Consent:
    """What a guardian is asked to agree to, as it is worded now. Raises NotFound."""
    return wordings.read(reference.current(TABLE, now=now)[TABLE].body).newest[GUARDIAN]


def change(redemption_id: str, guests: Guests, *, version: int | None, by: Actor, now: datetime) -> Redemption:
    """Bring more or fewer family members: two reads, one more where a consent ends, and a transaction.

    The same again changes nothing. Raises NotFound, StaleVersion, Invalid, Conflict (see `families.changed`;
    `consent_outdated`), Busy.
    """

    def do() -> Redemption | int:
        before = store.get(redemption_id)
        powers.require_own(by, before)
        if version not in (None, before.version):
            return before.version
        prize = prizes.get(before.prize_id)
        after = rules.changed(before, prize, guests, now=now)
        return _store(before, after, guests, offer=prize.version, now=now)

    done = tried(do)  # who is overtaken at the stock looks again; who changed the booking itself is told
    if isinstance(done, int):
        raise StaleVersion("stale_version", version=done)
    return done


def withdraw(redemption_id: str, *, by: Actor, now: datetime) -> Redemption:
    """Take a guardian's consent back: the children's places return at once. Three reads and a transaction; twice is
    once. Raises NotFound, Busy."""

    def do() -> Redemption:
        before = store.get(redemption_id)
        powers.require_own(by, before)
        return _store(before, rules.without_children(before), Guests(), offer=None, now=now)

    return tried(do)


def record(booking: Redemption, guests: Guests, *, now: datetime, transaction: Transaction) -> None:
    """Put the consent that a booking was given with on record, if it was. Raises Conflict (`consent_outdated`)."""
    if booking.consent != booking.version:
        return
    wordings.read(reference.current(TABLE, now=now)[TABLE].body).require(GUARDIAN, guests.consent)
    given = GuardianConsent(
        redemption_id=booking.id,
        courier_id=booking.courier_id,
        given_with=booking.version,
        wording=guests.consent,
        children=booking.family.children,
        at=now,
    )
    consents.add(given, expires_at=booking.until + terms.kept(TERM, now=now), transaction=transaction)


def _store(before: Redemption, after: Redemption, guests: Guests, *, offer: int | None, now: datetime) -> Redemption:
    if after == before:
        return before
    transaction = Transaction()
    store.change(after, transaction)
    if before.consent not in (0, after.consent):
        consents.withdraw(before.id, before.consent, now=now, transaction=transaction)
    record(after, replace(guests, family=after.family), now=now, transaction=transaction)
    if after.places != before.places:
        moved = movements.family(before, after, at=now)
        prizes.move(after.prize_id, moved, transaction, version=offer)
    following.note(after, Deed.FAMILY_CHANGED, by=after.courier_id, at=now, transaction=transaction)
    transaction.commit()
    return after
