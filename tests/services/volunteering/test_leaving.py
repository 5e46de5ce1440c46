"""Who leaves gives back what he promised; a copy has it all, and who is forgotten leaves no words and no places."""

import pytest

from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.volunteering.presence import Whereabouts
from chalicelib.domain.volunteering.terms import Direction, SignUpState, VolunteerKind
from chalicelib.services.people import own_data, person_actions
from chalicelib.services.people.own_parts import Part
from chalicelib.services.volunteering import clock, hours
from chalicelib.store import cursors
from chalicelib.store.reports.reports import ReportItem
from chalicelib.store.volunteering import due
from chalicelib.store.volunteering import slots as store
from tests.builders import CENTRE, COURIER, NOW
from tests.volunteers import DAY, SLOT, START, called, confirm, courier, matter, own, scan, sign_up, slot, terms

pytestmark = pytest.mark.usefixtures("rules")
VOLUNTEERING = cursors.sealed({"part": Part.VOLUNTEERING})


def leave() -> None:
    """He leaves."""
    person_actions.act(COURIER.id, Wish(action=PersonAction.LEAVE), version=None, key=None, by=COURIER, now=NOW)


def test_who_leaves_gives_back_his_places_at_the_next_sweep() -> None:
    called(terms(capacity=1))
    sign_up(by=courier())
    sign_up(by=courier(1))
    leave()
    assert ReportItem.get(COURIER.id, due.GONE).next_at == NOW
    clock.release(COURIER.id, at=NOW, now=NOW)
    assert slot().taken == ("rider-1",) and own().state is SignUpState.RELEASED
    assert ReportItem.count(COURIER.id, ReportItem.part == due.GONE) == 0


def test_a_copy_of_ones_own_data_has_the_sign_ups_and_who_hands_it_over_sees_no_mediation() -> None:
    courier()
    called(of=matter(VolunteerKind.MEDIATION), mediators=(COURIER.id,), id="m1")
    called(terms(start=START + DAY))
    sign_up()
    mine = own_data.copy(COURIER, limit=9, cursor=VOLUNTEERING, now=NOW)
    assert [one.slot_id for one in mine.volunteering] == [SLOT, "m1.1"]
    leave()
    handed = own_data.copy_of(COURIER.id, "本人来取", by=CENTRE, limit=9, cursor=VOLUNTEERING, now=NOW)
    assert [one.slot_id for one in handed.volunteering] == [SLOT]


def test_who_is_forgotten_leaves_hours_without_words_and_places() -> None:
    called()
    sign_up(by=courier())
    scan(Direction.IN, START, where=Whereabouts(reason="在家附近没有信号"))
    scan(Direction.OUT, START + DAY / 24)
    confirm(vouches=True)
    hours.dispute(SLOT, "我多待了一会儿", by=COURIER, now=START + DAY)
    leave()
    assert own_data.erase(COURIER.id, now=START + 30 * DAY)
    left = own()
    assert left.minutes == 60 and left.disputed and left.disputed.reason == ""
    assert left.check_in and (left.check_in.reason, left.check_in.metres) == ("", None)
    assert store.books([COURIER.id])[COURIER.id].version == 0
