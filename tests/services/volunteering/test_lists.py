"""What volunteers are called for: a courier's villages and the township in one list, page by page."""

import pytest

from chalicelib.domain.people.model import Actor
from chalicelib.domain.volunteering.terms import OpenTo, SlotState, VolunteerKind
from chalicelib.services.volunteering import slots
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, VILLAGE, VILLAGER
from tests.shop import rule
from tests.volunteers import DAY, HOUR, START, called, courier, matter, sign_up, terms

pytestmark = pytest.mark.usefixtures("rules")
OTHER = "350211102004"


def listed(by: Actor, village: str | None = None, *, limit: int = 2, state: SlotState = SlotState.OPEN) -> list[str]:
    """All pages."""
    found: list[str] = []
    cursor: str | None = None
    while True:
        page = slots.listing(village, state, since=None, by=by, now=NOW + HOUR, limit=limit, cursor=cursor)
        found += [one.slot.id for one in page.slots]
        if (cursor := page.cursor) is None:
            return found


def test_a_courier_finds_his_villages_and_the_township_what_begins_first_in_front() -> None:
    called(terms(), terms(start=START + 2 * DAY), id="here")
    called(terms(start=START + DAY), id="all", of=matter(open_to=OpenTo.TOWNSHIP), by=CENTRE)
    called(terms(start=START + 3 * DAY), id="there", of=matter(village=OTHER), by=CENTRE)
    assert listed(courier()) == ["here.1", "all.1", "here.2"]
    assert listed(courier(1, villages=(VILLAGE, OTHER)), limit=1) == ["here.1", "all.1", "here.2", "there.1"]
    assert listed(courier(2, villages=())) == ["all.1"]
    assert listed(COURIER, OTHER) == ["there.1"] and listed(VILLAGER) == listed(GRID_MEMBER) == [
        "here.1",
        "all.1",
        "here.2",
    ]
    assert rule(lambda: listed(COURIER, "350211102999")) == "unknown_area"


def test_what_was_called_off_or_has_begun_is_not_on_the_list_of_what_is_open() -> None:
    called(terms(), terms(start=START + DAY), terms(start=NOW + HOUR / 2, closes_at=NOW))
    slots.call_off("c1.1", "台风", by=VILLAGER, now=NOW)
    assert listed(COURIER, VILLAGE) == ["c1.2"]
    assert listed(COURIER, VILLAGE, state=SlotState.CALLED_OFF) == ["c1.1"]


def test_where_a_resident_lives_is_shown_to_who_goes_there_and_to_staff() -> None:
    called(terms(capacity=1), of=matter(VolunteerKind.MUTUAL_AID))
    sign_up(by=courier())
    seen = {who.id: slots.view("c1.1", by=who).place for who in (COURIER, COURIER2, VILLAGER, GRID_MEMBER, CENTRE)}
    assert seen == {"courier": True, "courier2": False, "village": True, "grid_member": True, "centre": True}
    ask = matter(VolunteerKind.MUTUAL_AID)
    assert rule(lambda: called(terms(capacity=1), id="c2", of=ask, by=CENTRE)) == "not_your_area"
    assert rule(lambda: called(terms(capacity=2), id="c2", of=ask)) == "slot_capacity"
