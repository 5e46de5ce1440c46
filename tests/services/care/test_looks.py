"""What each viewer gets of a visit at each moment, cell by cell of the table; and each look at who it is, is noted."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.api.visit_looks import _view
from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.sight import SHOWN, Field, Moment, Viewer
from chalicelib.domain.care.terms import Service, VisitState, Welfare
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.care import codes, looks, visited
from chalicelib.store.people import access
from tests.builders import AUDITOR, CENTRE, COURIER, COURIER2, DISTRICT, NOW, TOWNSHIP, VILLAGE, VILLAGER, actor
from tests.cared_for import ELDER, active, sealing
from tests.honouring import known, rule

__all__ = ["sealing"]
HOUR = timedelta(hours=1)
VISIT = Seen(
    id="p1.20261123",
    beneficiary_id="b1",
    township=TOWNSHIP,
    village=VILLAGE,
    service=Service.MEAL,
    start=NOW,
    end=NOW + HOUR,
    state=VisitState.ACCEPTED,
    items=2,
    seal="试点食堂",
    courier_id=COURIER.id,
    welfare=Welfare.FINE,
    handed_over_at=NOW,
)
WHO: dict[Viewer, Actor] = {
    Viewer.ASKED: COURIER,
    Viewer.TAKER: COURIER,
    Viewer.VILLAGE: VILLAGER,
    Viewer.CENTRE: CENTRE,
    Viewer.AUDITOR: AUDITOR,
    Viewer.STRANGER: COURIER2,
}
WHEN = {Moment.BEFORE: NOW - 2 * HOUR, Moment.DOOR: NOW, Moment.AFTER: NOW + 4 * HOUR}
CELLS = [(viewer, when) for viewer, when in SHOWN if viewer is not Viewer.FAMILY]
# What of an answer tells each field.
TELLS: dict[Field, Any] = {
    Field.LOAD: lambda view: view.items,
    Field.DOOR: lambda view: view.personal and view.personal.door,
    Field.NAME: lambda view: view.personal and view.personal.name,
    Field.CONTACT: lambda view: view.personal and view.personal.contact_phone,
    Field.NOTES: lambda view: view.personal and view.personal.notes,
    Field.CODE: lambda view: view.code,
    Field.COURIER: lambda view: view.courier_surname,
    Field.COURIER_ID: lambda view: view.courier_id,
    Field.RESULT: lambda view: view.welfare,
    Field.LOOKS: lambda view: view.beneficiary_id,
}


@pytest.fixture(autouse=True)
def doors(rules: None, sealing: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    seen: list[str] = []
    monkeypatch.setattr(codes, "door", lambda _: "1234")
    monkeypatch.setattr(visited, "note_door", lambda id, *, now: seen.append(id))
    known(COURIER)
    active()
    yield seen


def has(visit: Seen, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(visited, "get", lambda id: visit)


def look(viewer: Viewer | Actor, when: Moment, *, whole: bool = True) -> looks.Shown:
    by = viewer if isinstance(viewer, Actor) else WHO[viewer]
    return looks.of_visit(VISIT.id, by=by, whole=whole, now=WHEN[when])


@pytest.mark.parametrize(("viewer", "when"), CELLS, ids=str)
def test_an_answer_tells_what_its_cell_names_and_nothing_else(
    viewer: Viewer, when: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = viewer is Viewer.ASKED
    has(
        replace(VISIT, state=VisitState.OFFERED, asked_until=WHEN[Moment.DOOR] + HOUR) if offered else VISIT,
        monkeypatch,
    )
    if offered and when is not Moment.BEFORE:
        when = Moment.BEFORE  # a door opens to who has it: until then it is before
    named = SHOWN[viewer, when]
    if not named:
        assert rule(lambda: look(viewer, when)) == "no_such_visit"
        return
    view = _view(look(viewer, when))
    assert {field for field, told in TELLS.items() if told(view)} == named & TELLS.keys()


def test_an_offer_that_is_over_is_no_offer(monkeypatch: pytest.MonkeyPatch) -> None:
    has(replace(VISIT, state=VisitState.OFFERED, asked_until=WHEN[Moment.BEFORE]), monkeypatch)
    assert rule(lambda: look(Viewer.ASKED, Moment.BEFORE)) == "no_such_visit"


def test_a_courier_who_sees_the_door_is_noted_with_the_visit_and_in_the_record(
    doors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    has(VISIT, monkeypatch)
    look(Viewer.TAKER, Moment.BEFORE)
    assert doors == [] and access.of("b1", limit=9) == []
    shown = look(Viewer.TAKER, Moment.DOOR, whole=False)
    assert (shown.personal.door, shown.personal.language, shown.personal.name) == (ELDER.door, "闽南话", "")
    assert doors == [VISIT.id]
    (line,) = access.of("b1", limit=9)
    assert (line.what, line.actor_id, line.details) == (What.SAW_BENEFICIARY, COURIER.id, {"fields": ["door"]})


def test_staff_see_who_it_is_where_they_ask_and_an_auditors_look_is_noted(
    doors: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    has(VISIT, monkeypatch)
    assert Field.NAME not in look(Viewer.VILLAGE, Moment.DOOR, whole=False).fields and access.of("b1", limit=9) == []
    look(Viewer.VILLAGE, Moment.DOOR)
    assert len(access.of("b1", limit=9)) == 1 and doors == []
    look(Viewer.AUDITOR, Moment.DOOR)
    assert [line.what for line in access.of(f"visit:{VISIT.id}", limit=9)] == [What.READ_HISTORY]


def test_who_is_more_than_one_sees_what_any_of_them_may(monkeypatch: pytest.MonkeyPatch) -> None:
    has(VISIT, monkeypatch)
    both = actor(COURIER.id, (Role.COURIER, COURIER.id), (Role.VILLAGE, VILLAGE))
    assert look(both, Moment.BEFORE).fields == SHOWN[Viewer.VILLAGE, Moment.BEFORE]
    assert rule(lambda: look(DISTRICT, Moment.DOOR)) == "no_such_visit"
    has(replace(VISIT, courier_id=COURIER2.id), monkeypatch)
    assert rule(lambda: look(COURIER, Moment.DOOR)) == "no_such_visit"


def test_a_visit_that_is_not_needed_shows_no_door_any_more(monkeypatch: pytest.MonkeyPatch) -> None:
    has(replace(VISIT, state=VisitState.CANCELLED), monkeypatch)
    assert rule(lambda: look(Viewer.TAKER, Moment.DOOR)) == "no_such_visit"
    assert Field.DOOR not in look(Viewer.CENTRE, Moment.DOOR).fields
