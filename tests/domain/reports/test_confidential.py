"""A confidential matter through its life: who is told when, and what is kept from whom (DOMAIN §2 Confidential)."""

import pytest

from chalicelib.domain.events import event
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports import sight
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome, Service
from tests.builders import (
    CENTRE,
    COMMITTEE,
    COURIER,
    GRID_MEMBER,
    NEIGHBOUR,
    SANITATION,
    VILLAGER,
    WORKS,
    report,
)
from tests.deeds import PHOTO, dispatched, do, local, offered, refusal, rung

S, A = Status, Action
ON_SITE = Basis.ON_SITE


def sees(someone: Actor, held: Report) -> bool:
    return bool(sight.viewers(someone, held))


def read(change: Change, by: Actor) -> tuple[str, str]:
    """The note of a line and who is named in it, as somebody reads it."""
    line = sight.masked(event(change), sight.viewers(by, change.report))
    return line.note, line.actor_id


@pytest.mark.parametrize("kind", ["0701", None])
def test_the_village_is_told_once_it_is_given_to_it(kind: str | None) -> None:
    held = report(kind=kind)
    assert sees(GRID_MEMBER, held) and not sees(VILLAGER, held)
    assert offered(held, VILLAGER) == []
    given = do(held, A.VERIFY, GRID_MEMBER, basis=ON_SITE, kind="0701").report
    assert given.status is S.WITH_VILLAGE and sees(VILLAGER, given)
    escalated = do(given, A.ESCALATE, VILLAGER, text="x").report
    assert sees(VILLAGER, escalated)  # it has had it


def test_the_village_called_in_by_the_clock_sees_what_it_is_to_verify() -> None:
    held = rung(report(kind="0701"), local(11, 24, 9))[-1].report  # class C: eight hours
    assert sees(VILLAGER, held) and A.VERIFY in offered(held, VILLAGER)
    sorted_ = do(held, A.VERIFY, GRID_MEMBER, basis=ON_SITE, outcome=Outcome.TO_CENTRE).report
    assert not sees(VILLAGER, sorted_)


@pytest.mark.parametrize("kind", ["0703", "0705", "0801", "0902", "1203"])
def test_where_only_the_centre_looks_neither_grid_nor_village_is_told(kind: str) -> None:
    held = report(kind=kind)
    late = rung(held, local(12, 31))[-1].report
    sorted_ = do(held, A.VERIFY, CENTRE, basis=Basis.PHONE).report
    for one in (held, late, sorted_):
        assert not sees(GRID_MEMBER, one) and not sees(VILLAGER, one) and not sees(NEIGHBOUR, one)


def test_the_lead_sees_it_while_it_leads() -> None:
    held = dispatched("D04", "D03", kind="0906")
    assert sees(WORKS, held) and sees(SANITATION, held)
    passed_on = do(held, A.REASSIGN, CENTRE, department="D02", text="x").report
    assert not sees(WORKS, passed_on) and not sees(SANITATION, passed_on)


def test_no_body_reads_who_reported_it_and_the_reporter_no_names_of_staff() -> None:
    asked = do(dispatched("D04", kind="0906"), A.ASK_INFO, WORKS, text="门牌？")
    told = do(asked.report, A.SUPPLY_INFO, COURIER, text="三栋")
    for staff in (WORKS, COMMITTEE):
        assert read(told, staff) == ("三栋", "")
    assert read(told, CENTRE) == ("三栋", COURIER.id) == read(told, COURIER)
    assert read(asked, COURIER) == ("门牌？", "") and read(asked, CENTRE) == ("门牌？", WORKS.id)


def test_the_reporter_reads_answers_and_not_how_staff_dealt_with_it() -> None:
    held = dispatched("D04", kind="0906")
    accepted = do(held, A.ACCEPT, WORKS, text="转低保科").report
    ask = do(accepted, A.SUSPEND, WORKS, text="等审批", plan="下月")
    grant = do(ask.report, A.GRANT, CENTRE)
    for change in (ask, grant):
        line = sight.masked(event(change), sight.viewers(COURIER, change.report))
        assert line.note == "" and not {"plan", "wish", "hours"} & set(line.details)
    resolved = do(accepted, A.RESOLVE, WORKS, text="已纳入低保", after_photos=PHOTO)
    assert read(resolved, COURIER) == ("已纳入低保", "")


def test_suspected_harm_to_a_child_goes_to_the_police_and_comes_back_to_the_centre_alone() -> None:
    held = report(kind="0902")
    gone = do(held, A.TRANSFER, CENTRE, service=Service.POLICE, number="A1").report
    back = do(gone, A.TAKE_BACK, CENTRE, text="警方已介入").report
    ordered = do(back, A.DISPATCH, CENTRE, department="D10").report
    for one in (gone, back, ordered):
        assert not sees(GRID_MEMBER, one) and not sees(VILLAGER, one)
    assert refusal(back, A.RECLASSIFY, GRID_MEMBER, kind="0301", text="x")[1] == "not_your_part"
