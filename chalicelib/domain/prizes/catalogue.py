"""What the centre may write into the catalogue, and change in it."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.domain.prizes import activities
from chalicelib.domain.prizes.ending import LATE
from chalicelib.domain.prizes.model import CalledOff, Offer, Prize, PrizeKind, PrizeState
from chalicelib.domain.reference.numbers import Numbers


def checked(offer: Offer, *, villages: Collection[str], numbers: Numbers) -> Offer:
    """The offer, if it makes sense. Raises Invalid (`prize_name_needed`, `prize_schedule`, `prize_times`,
    `prize_village`, `activity_is_service`, and what `activities.check` does)."""
    names = (offer.zh, offer.en, offer.pick_up.place, offer.pick_up.place_en)
    if not all(name.strip() for name in names):
        raise Invalid("prize_name_needed")
    if (offer.kind is PrizeKind.SERVICE) is not (offer.schedule is not None):
        raise Invalid("prize_schedule", kind=offer.kind)
    if not _in_order(offer):
        raise Invalid("prize_times")
    if offer.pick_up.village is not None and offer.pick_up.village not in villages:
        raise Invalid("prize_village", village=offer.pick_up.village)
    if offer.activity:
        if offer.schedule is None:
            raise Invalid("activity_is_service")
        activities.check(offer.activity, begins_at=offer.schedule.begins_at, numbers=numbers)
    return offer


def _in_order(offer: Offer) -> bool:
    if offer.valid_from and offer.valid_until and offer.valid_until <= offer.valid_from:
        return False
    times = offer.schedule
    return times is None or times.cancel_until <= times.begins_at < times.ends_at


def edited(prize: Prize, offer: Offer, photos: Collection[str]) -> Prize:
    """Its next version. Raises Conflict (`prize_called_off`, `prize_was_open`, `prize_is_booked`), NotFound
    (`no_such_prize_photo`).

    While codes are out, neither its kind nor when it takes place changes: they were promised a time.
    """
    if prize.called_off:
        raise Conflict("prize_called_off")
    if offer.state is PrizeState.DRAFT and prize.offer.state is not PrizeState.DRAFT:
        raise Conflict("prize_was_open")
    if prize.stock.reserved and is_rescheduled(prize.offer, offer):
        raise Conflict("prize_is_booked", reserved=prize.stock.reserved)
    for photo in photos:
        if photo not in prize.photos:
            raise NotFound("no_such_prize_photo", photo=photo)
    return replace(prize, offer=offer, photos=tuple(dict.fromkeys(photos)), version=prize.version + 1)


def called_off(prize: Prize, *, by: str, reason: str, now: datetime, numbers: Numbers) -> Prize:
    """Its next version, closed for good: whoever has a code for it is given back what he paid (ADR 0042).

    A service also for days after its end, where it did not take place: as long as a counter may tell what happened
    there. Raises Invalid (`reason_needed`), Conflict (`prize_long_over`).
    """
    if not reason.strip():
        raise Invalid("reason_needed")
    times = prize.offer.schedule
    if times and now > times.ends_at + numbers.days(LATE):
        raise Conflict("prize_long_over", days=numbers.count(LATE))
    said = CalledOff(by=by, at=now, reason=reason.strip())
    offer = replace(prize.offer, state=PrizeState.CLOSED)
    return replace(prize, offer=offer, called_off=said, version=prize.version + 1)


def is_rescheduled(before: Offer, after: Offer) -> bool:
    """Whether those who have a code would be affected."""
    return (before.kind, before.schedule, _activity(before)) != (after.kind, after.schedule, _activity(after))


def _activity(offer: Offer) -> activities.ActivityKind | None:
    return offer.activity.kind if offer.activity else None


def changed_fields(before: Offer, after: Offer) -> tuple[str, ...]:
    """The names of what an edit changed, for the record of it."""
    return tuple(name for name in Offer.__slots__ if getattr(before, name) != getattr(after, name))
