"""A report's journey through the services, on a real store."""

import pytest

from chalicelib.domain.errors import Conflict, Forbidden, IllegalAction, NotFound, StaleVersion, TooManyRequests
from chalicelib.domain.idempotency import Key
from chalicelib.domain.photos import ContentType, Purpose
from chalicelib.domain.places import Point
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Basis, Outcome, ReturnReason
from chalicelib.services.reports import attachments, intake, listings, reports
from chalicelib.store import history
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, IN_GRID_1, NEIGHBOUR, NOW, VILLAGER, WORKS, draft

VERIFY = Command(action=Action.VERIFY, basis=Basis.ON_SITE)
RESOLVE = Command(action=Action.RESOLVE, text="已修好", no_photo_reason="夜间作业")


def submit(id: str = "r1", **changes: object) -> str:
    intake.accept(id, draft(**changes), key=None, by=COURIER, now=NOW)
    return id


def act(id: str, command: Command, by: object, version: int | None = None) -> Status:
    return reports.act(id, command, version=version, key=None, by=by, now=NOW).report.status  # type: ignore[arg-type]


def test_a_road_hole_goes_to_the_department_and_is_closed_by_a_recheck(rules: None) -> None:
    id = submit()
    assert act(id, VERIFY, GRID_MEMBER) is Status.WITH_CENTRE
    assert act(id, Command(action=Action.DISPATCH, department="D04"), CENTRE) is Status.DISPATCHED
    assert act(id, Command(action=Action.ACCEPT), WORKS) is Status.IN_HANDLING
    assert act(id, RESOLVE, WORKS) is Status.RESOLVED
    assert act(id, Command(action=Action.CONFIRM), GRID_MEMBER) is Status.CLOSED
    assert [line.number for line in history.of(id)] == [1, 2, 3, 4, 5, 6]


def test_refuse_is_the_villages_by_default(rules: None) -> None:
    id = submit(kind="0201")
    assert act(id, VERIFY, GRID_MEMBER) is Status.WITH_VILLAGE
    assert act(id, RESOLVE, VILLAGER) is Status.RESOLVED
    assert reports.view(id, by=COURIER, now=NOW).seen.open_actions == [Action.CONFIRM, Action.REOPEN, Action.ADD_INFO]
    assert act(id, Command(action=Action.REOPEN, text="还是满的"), COURIER) is Status.WITH_VILLAGE


def test_of_two_people_who_read_the_same_version_one_wins(rules: None) -> None:
    id = submit()
    assert act(id, VERIFY, GRID_MEMBER, version=1) is Status.WITH_CENTRE
    with pytest.raises(StaleVersion):
        act(id, VERIFY, GRID_MEMBER, version=1)
    with pytest.raises(IllegalAction):
        act(id, VERIFY, GRID_MEMBER)


def test_a_stranger_is_told_that_there_is_nothing(rules: None) -> None:
    id = submit()
    for stranger in (COURIER2, NEIGHBOUR, WORKS):
        with pytest.raises(NotFound):
            reports.view(id, by=stranger, now=NOW)
    with pytest.raises(Forbidden):
        act(id, VERIFY, VILLAGER)


def test_the_same_request_twice_is_one_request(rules: None) -> None:
    key = Key(caller_id="grid_member", key="k1", fingerprint="f")
    id = submit()
    for _ in range(2):
        seen = reports.act(id, VERIFY, version=None, key=key, by=GRID_MEMBER, now=NOW)
        assert seen.report.status is Status.WITH_CENTRE
    assert len(history.of(id)) == 2


def test_the_same_request_again_tells_nothing_of_what_went_out_of_sight(rules: None) -> None:
    """What the department sent back is somebody else's since, and known for something else; its own step is done."""
    id, key = submit(), Key(caller_id=WORKS.id, key="k1", fingerprint="f")
    act(id, VERIFY, GRID_MEMBER)
    act(id, Command(action=Action.DISPATCH, department="D04"), CENTRE)
    back = Command(action=Action.RETURN, return_reason=ReturnReason.NOT_OURS, text="非职责范围，属水利")
    first = reports.act(id, back, version=None, key=key, by=WORKS, now=NOW).report
    again = [reports.act(id, back, version=None, key=key, by=WORKS, now=NOW)]
    act(id, Command(action=Action.RECLASSIFY, kind="0902", text="涉及未成年人"), CENTRE)
    again.append(reports.act(id, back, version=None, key=key, by=WORKS, now=NOW))
    for seen in again:
        left = seen.report
        assert (left.id, left.status, left.version) == (id, Status.WITH_CENTRE, first.version)
        assert (seen.open_actions, seen.internal, seen.suggestion, seen.needs) == ([], False, None, None)
        assert (left.nature.kind, left.excerpt, left.holder, left.reporter_id) == (None, "", None, "")
        assert (left.place.point, left.place.grid, left.place.village) == (None, None, None)
    assert again[0] == again[1] and len(history.of(id)) == 5


def test_solved_on_the_spot_needs_a_photo_of_the_result(rules: None) -> None:
    id = submit()
    command = Command(
        action=Action.VERIFY, basis=Basis.ON_SITE, outcome=Outcome.SOLVED_ON_SPOT, after_photos=("after-1",)
    )
    with pytest.raises(Conflict) as refusal:
        act(id, command, GRID_MEMBER)
    assert refusal.value.rule == "photo_not_after"


def test_a_result_whose_photo_never_came_is_not_closed(rules: None) -> None:
    id = submit(kind="0201")
    act(id, VERIFY, GRID_MEMBER)
    attachments.add(id, [(Purpose.AFTER, ContentType.JPEG)], key=None, by=VILLAGER, now=NOW)
    act(id, Command(action=Action.RESOLVE, text="已清", after_photos=("after-1",)), VILLAGER)
    with pytest.raises(Conflict) as refusal:
        act(id, Command(action=Action.CONFIRM), GRID_MEMBER)
    assert refusal.value.rule == "photo_not_shown"
    assert act(id, Command(action=Action.REOPEN, text="没有照片"), GRID_MEMBER) is Status.WITH_VILLAGE


def test_a_report_is_found_nearby_under_the_kind_it_turned_out_to_be(rules: None) -> None:
    id = submit(kind=None)
    act(id, Command(action=Action.VERIFY, basis=Basis.PHOTO, kind="0204"), GRID_MEMBER)
    here = Point(lat=IN_GRID_1.lat, lon=IN_GRID_1.lon)
    assert [near.kind for near in listings.nearby(here, "0204", by=COURIER2, now=NOW)] == ["0204"]


def test_a_reporter_adds_twenty_remarks_an_hour_and_no_more(rules: None) -> None:
    id = submit()
    for _ in range(20):
        act(id, Command(action=Action.ADD_INFO, text="还有"), COURIER)
    with pytest.raises(TooManyRequests):
        act(id, Command(action=Action.ADD_INFO, text="还有"), COURIER)
    act(id, Command(action=Action.ADD_INFO, text="看过了"), GRID_MEMBER)
