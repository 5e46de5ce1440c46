"""Who is told: who did not do it himself, once, and of a mediation never what it is."""

import pytest

from chalicelib.domain.notifications.messages import read
from chalicelib.domain.volunteering import telling
from chalicelib.domain.volunteering.terms import Deed, MediationOutcome, VolunteerKind
from chalicelib.services.volunteering import happenings, mediation, slots
from chalicelib.store.notifications import inbox
from tests.builders import COURIER, DATA, NOW, VILLAGER
from tests.volunteers import (
    DAY,
    HOUR,
    SLOT,
    START,
    called,
    confirm,
    courier,
    fire,
    leave,
    lines,
    matter,
    served,
    sign_up,
    terms,
)

pytestmark = pytest.mark.usefixtures("rules")


def told(who: str) -> list[str]:
    """What lies in somebody's inbox, oldest first, though every line is told twice."""
    for line in lines() * 2:
        happenings.follow(line, now=START + 10 * DAY)
    return [one.template for one in reversed(inbox.page(who, limit=50, before=None, now=START + 10 * DAY))]


def test_every_template_is_written_and_every_deed_that_is_told_is_one() -> None:
    templates = read((DATA / "messages.csv").read_bytes()).templates
    assert set(telling.TEMPLATES.values()) <= templates.keys()
    assert {deed.partition("#")[0] for deed in telling.TEMPLATES} <= set(Deed)


def test_who_comes_in_is_told_and_who_pressed_himself_is_not() -> None:
    called(terms(capacity=1))
    sign_up(by=courier(0))
    sign_up(by=courier(1))
    leave(by=courier(0))
    assert (told("rider-0"), told("rider-1")) == ([], ["slot_promoted"])


def test_whoever_has_a_place_is_told_that_it_moved_or_is_not_held() -> None:
    called()
    sign_up(by=courier())
    slots.change(SLOT, terms(start=START + HOUR), version=1, by=VILLAGER, now=NOW)
    fire(NOW)
    slots.call_off(SLOT, "台风", by=VILLAGER, now=NOW + HOUR)
    fire(NOW + HOUR)
    assert told(COURIER.id) == ["slot_moved", "slot_not_held"]
    assert "2026-11-26 10:00" in inbox.page(COURIER.id, limit=1, before=None, now=NOW + DAY)[0].zh


def test_he_hears_what_is_confirmed_and_the_caller_where_too_few_come() -> None:
    called(terms(least=2))
    sign_up(by=courier())
    fire(START - HOUR)
    served()
    confirm()
    assert (told(COURIER.id), told(VILLAGER.id)) == (["slot_hours_confirmed"], ["slot_fell_short"])
    assert "120分钟" in inbox.page(COURIER.id, limit=1, before=None, now=START + 2 * DAY)[0].zh


def test_a_mediator_is_asked_and_thanked_without_a_word_of_what_it_is() -> None:
    courier()
    called(of=matter(VolunteerKind.MEDIATION, zh="邻里噪音"), mediators=(COURIER.id,))
    mediation.end(SLOT, MediationOutcome.SETTLED, 60, by=VILLAGER, now=START)
    assert told(COURIER.id) == ["slot_appointed", "slot_mediated"]
    assert not [one for one in inbox.page(COURIER.id, limit=9, before=None, now=START) if "调解" in one.zh + one.en]
