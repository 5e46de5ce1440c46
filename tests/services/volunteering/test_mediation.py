"""A mediation is its team's alone: nobody else finds it, in no list and by no id."""

import pytest

from chalicelib.domain.people.model import Role
from chalicelib.domain.volunteering.terms import MediationOutcome, SignUpState, SlotState, VolunteerKind
from chalicelib.services.volunteering import calls, hours, mediation, signing, slots
from tests.builders import AUDITOR, CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, VILLAGE, VILLAGER, actor
from tests.shop import rule
from tests.volunteers import SLOT, START, called, confirm, courier, leave, lines, matter, own, terms

pytestmark = pytest.mark.usefixtures("rules")
COLLEAGUE = actor("village2", (Role.VILLAGE, VILLAGE))
QUARREL = matter(VolunteerKind.MEDIATION, zh="邻里噪音")


@pytest.fixture
def opened(rules: None) -> None:
    """The village asks two couriers to mediate."""
    team = (courier().id, courier(1).id)
    called(terms(capacity=2, waits=False), of=QUARREL, mediators=team)


def end(outcome: MediationOutcome = MediationOutcome.SETTLED) -> None:
    mediation.end(SLOT, outcome, 60, by=VILLAGER, now=START)


@pytest.mark.usefixtures("opened")
@pytest.mark.parametrize("other", [COURIER2, GRID_MEMBER, COLLEAGUE, CENTRE, AUDITOR], ids=lambda one: one.id)
def test_to_others_there_is_none(other: object) -> None:
    for look in (
        lambda: slots.view(SLOT, by=other),  # type: ignore[arg-type]
        lambda: calls.view("c1", by=other),  # type: ignore[arg-type]
        lambda: mediation.notes(SLOT, by=other),  # type: ignore[arg-type]
        lambda: slots.roster(SLOT, by=other, now=NOW),  # type: ignore[arg-type]
        lambda: mediation.end(SLOT, MediationOutcome.SETTLED, 1, by=other, now=START),  # type: ignore[arg-type]
        lambda: slots.call_off(SLOT, "x", by=other, now=NOW),  # type: ignore[arg-type]
    ):
        assert rule(look) in ("no_such_slot", "no_such_call")
    page = slots.listing(VILLAGE, SlotState.OPEN, since=None, by=other, now=NOW, limit=9, cursor=None)  # type: ignore[arg-type]
    assert page.slots == []


@pytest.mark.usefixtures("opened")
def test_its_mediators_and_who_opened_it_find_it() -> None:
    assert slots.view(SLOT, by=COURIER).own and slots.view(SLOT, by=VILLAGER).runs
    assert [one.slot.id for one in signing.opened(VILLAGER.id, limit=9, cursor=None).slots] == [SLOT]
    assert [one.slot_id for one in signing.own(COURIER.id, limit=9, cursor=None).sign_ups] == [SLOT]


@pytest.mark.usefixtures("opened")
def test_the_team_writes_down_what_it_finds() -> None:
    mediation.write(SLOT, "双方愿意谈", key=None, by=COURIER, now=NOW)
    found = mediation.write(SLOT, "周四再谈", key=None, by=VILLAGER, now=START)
    assert (
        [note.text for note in found]
        == ["双方愿意谈", "周四再谈"]
        == [note.text for note in mediation.notes(SLOT, by=VILLAGER)]
    )


@pytest.mark.usefixtures("opened")
def test_history_says_nothing_of_where_and_what() -> None:
    end()
    facts = [line.facts for line in lines()]
    assert all("邻里噪音" not in str(fact) and "广场" not in str(fact) for fact in facts)
    assert own().zh == ""


@pytest.mark.usefixtures("opened")
def test_its_end_is_said_once_by_the_village_that_opened_it_and_counts_for_who_took_part() -> None:
    leave(by=courier(1))
    assert rule(lambda: mediation.end(SLOT, MediationOutcome.SETTLED, 60, by=VILLAGER, now=NOW)) == "slot_not_begun"
    assert rule(lambda: mediation.end(SLOT, MediationOutcome.SETTLED, 60, by=COURIER, now=START)) == "not_your_slot"
    end()
    end()
    assert rule(lambda: end(MediationOutcome.NOT_SETTLED)) == "mediation_over"
    said = [(line.person_id, line.facts["outcome"]) for line in lines() if line.deed == "mediated"]
    assert said == [(COURIER.id, "settled")] and own().state is SignUpState.CONFIRMED
    assert hours.statement(COURIER.id, "all").minutes == 60


@pytest.mark.usefixtures("opened")
def test_it_has_no_code_and_its_hours_are_not_confirmed_one_by_one() -> None:
    from chalicelib.domain.volunteering.terms import Direction

    assert rule(lambda: slots.code(SLOT, Direction.IN, by=VILLAGER, now=START)) == "no_code_now"
    assert rule(lambda: confirm(by=VILLAGER, minutes=1, reason="x")) == "mediation_ends_by_outcome"


def test_nobody_mediates_what_he_opened_and_the_centre_opens_none() -> None:
    both = actor("both", (Role.COURIER, "both"), (Role.VILLAGE, VILLAGE))
    courier("both", posts=both.posts)
    assert rule(lambda: called(of=QUARREL, mediators=("both",), by=both)) == "mediators_needed"
    assert rule(lambda: called(of=QUARREL, mediators=())) == "mediators_needed"
    assert rule(lambda: called(of=QUARREL, mediators=("both",), by=CENTRE)) == "not_your_area"
    assert rule(lambda: called(of=matter(), mediators=("both",))) == "mediators_only"
    assert rule(lambda: called(of=QUARREL, mediators=("nobody",))) == "no_such_person"


def test_a_mediator_is_free_then() -> None:
    courier()
    called(of=QUARREL, mediators=(COURIER.id,))
    assert rule(lambda: called(id="c2", of=QUARREL, mediators=(COURIER.id,))) == "slot_clash"
