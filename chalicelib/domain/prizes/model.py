"""A prize or a service of the catalogue: what it is, what it costs, how many there are (DOMAIN §3 Prizes).

A booking of a service is the same thing: its places are the stock.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from chalicelib.domain.prizes.activities import Activity

PHOTOS = 9


class PrizeKind(StrEnum):
    """Something to take home, or a place at something that takes place: film, family activity, legal hour."""

    GOODS = "goods"
    SERVICE = "service"


class PrizeState(StrEnum):
    """Whether it can be redeemed."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class Period(StrEnum):
    """In which time a person's limit counts: a local day, a local month, or all time."""

    DAY = "day"
    MONTH = "month"
    EVER = "ever"


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When a service takes place, and until when a booking may be given back (UTC)."""

    begins_at: datetime
    ends_at: datetime
    cancel_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PickUp:
    """Where it is handed over or takes place. `village`: whose staff hand it over besides the centre, by its code."""

    place: str
    place_en: str
    opening: str = ""
    opening_en: str = ""
    village: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What one of it cost the township, in fen, and the budget line that paid: for centre and auditor only."""

    price: int = 0
    budget_line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What the centre writes. `price` in points, may be 0; `limits`: how many one person may have in a period.

    Of an `activity` a booking costs its price once, whoever comes along.
    It can be redeemed from `valid_from` on and before `valid_until` (UTC), while `state` is open.
    """

    kind: PrizeKind
    zh: str
    en: str
    text_zh: str = ""
    text_en: str = ""
    price: int
    limits: Mapping[Period, int] = field(default_factory=dict)
    pick_up: PickUp
    purchase: Purchase = field(default_factory=Purchase)
    schedule: Schedule | None = None
    activity: Activity | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None
    state: PrizeState = PrizeState.DRAFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """How many are `free`, how many `reserved` by a code, how many `handed` over: none is ever negative.

    A place that somebody booked and did not come to counts as handed over: it is used up.
    """

    free: int = 0
    reserved: int = 0
    handed: int = 0

    @property
    def shelf(self) -> int:
        """What lies there to be counted."""
        return self.free + self.reserved

    @property
    def total(self) -> int:
        """What changes by purchases and stock-taking only."""
        return self.shelf + self.handed


@dataclass(frozen=True, slots=True, kw_only=True)
class CalledOff:
    """It does not take place, or is handed over no more: by whom that was said, when (UTC), and why."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prize:
    """An offer with its stock. `version` counts edits of the offer, not movements of the stock; `photos` are ids."""

    id: str
    township: str
    offer: Offer
    made_by: str
    made_at: datetime
    photos: tuple[str, ...] = ()
    stock: Stock = field(default_factory=Stock)
    called_off: CalledOff | None = None
    version: int = 1


def offered_until(offer: Offer) -> datetime | None:
    """From when on it can be redeemed no longer: its validity or registration is over, or it has begun."""
    begins, closes = offer.schedule and offer.schedule.begins_at, offer.activity and offer.activity.closes_at
    return min((at for at in (offer.valid_until, begins, closes) if at), default=None)


def is_offered(offer: Offer, now: datetime) -> bool:
    """Whether it can be redeemed now, as far as state and time go."""
    until = offered_until(offer)
    begun = offer.valid_from is None or offer.valid_from <= now
    return offer.state is PrizeState.OPEN and begun and (until is None or now < until)
