"""Points for hours that somebody confirmed: by the rules of their day, once, and put right by new entries."""

from random import Random

import pytest

from chalicelib.domain.happenings import Happening
from chalicelib.domain.points import audit
from chalicelib.domain.points.transfers import account
from chalicelib.domain.volunteering.terms import Direction, MediationOutcome, VolunteerKind
from chalicelib.services.points import auditing
from chalicelib.services.volunteering import hours, mediation, points
from chalicelib.store.points import ledger
from tests.builders import CENTRE, COURIER, VILLAGER
from tests.shop import balance, held
from tests.volunteers import (
    DAY,
    HOUR,
    SLOT,
    START,
    called,
    confirm,
    courier,
    fire,
    lines,
    matter,
    scan,
    served,
    sign_up,
    terms,
)

pytestmark = pytest.mark.usefixtures("rules")


def told(found: list[Happening] | None = None) -> None:
    """The queue tells it."""
    for line in lines() if found is None else found:
        points.follow(line, now=START + 10 * DAY)


def whole(points: int) -> None:
    """He has so many, and his books are right."""
    entries = ledger.all_of(account(COURIER.id))
    assert balance() == points
    assert audit.misfit(entries, auditing._stored(account(COURIER.id), entries)) is None


def there(kind: VolunteerKind = VolunteerKind.PATROL) -> None:
    """A courier was there for two hours."""
    called(terms(capacity=1), of=matter(kind))
    sign_up(by=courier())
    served()


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        (VolunteerKind.PATROL, 10),
        (VolunteerKind.TRAFFIC, 10),
        (VolunteerKind.MUTUAL_AID, 10),
        (VolunteerKind.PUBLICITY, 2),
    ],
)
def test_confirmed_hours_earn_by_their_kind_on_the_day_of_the_slot(kind: VolunteerKind, given: int) -> None:
    there(kind)
    told()
    assert balance() == 0
    confirm()
    told()
    told()
    whole(given)
    (entry,) = ledger.all_of(account(COURIER.id))
    assert entry.day == "2026-11-26" and held().honour == given and "第1版" in entry.zh


def test_a_day_gives_no_more_than_its_cap_whenever_hours_are_confirmed() -> None:
    each = [terms(start=START + number * 2 * HOUR) for number in range(3)]
    called(*each)
    courier()
    for number, one in enumerate(each, start=1):
        sign_up(f"c1.{number}")
        served(f"c1.{number}", start=one.start)
        confirm(slot_id=f"c1.{number}", now=START + number * DAY)
        told(lines(f"c1.{number}"))
    whole(20)


def test_a_settled_mediation_earns_for_who_mediated() -> None:
    courier()
    called(of=matter(VolunteerKind.MEDIATION), mediators=(COURIER.id,))
    mediation.end(SLOT, MediationOutcome.SETTLED, 60, by=VILLAGER, now=START)
    told()
    whole(8)


def test_an_absence_costs_and_comes_back_when_the_phone_tells_that_he_was_there() -> None:
    called()
    sign_up(by=courier())
    fire(START + 2 * HOUR + DAY)
    told()
    whole(-2)
    scan(Direction.IN, START, told=START + 2 * DAY)
    told()
    whole(0)


def test_a_dispute_that_changes_hours_is_put_right_by_new_entries_in_whatever_order_it_is_told() -> None:
    there()
    confirm(minutes=30, reason="早退")
    hours.dispute(SLOT, "没有早退", by=COURIER, now=START + 2 * DAY)
    hours.settle(SLOT, COURIER.id, 120, "看了监控", by=CENTRE, now=START + 3 * DAY)
    again = lines() * 2
    Random(5).shuffle(again)
    told(again)
    whole(10)
    assert [entry.earned for entry in sorted(ledger.all_of(account(COURIER.id)), key=lambda one: one.id)] == [5, 10, -5]
