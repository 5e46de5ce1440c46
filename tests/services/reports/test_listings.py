"""Lists and look-ups as their callers may see them."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, TooManyRequests
from chalicelib.domain.people.model import Actor
from chalicelib.domain.places import Crs, Point
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Watch
from chalicelib.services.reports import intake, listings, reports
from chalicelib.services.reports.intake import Spot
from chalicelib.services.reports.listings import Filter
from tests.builders import (
    AUDITOR,
    CENTRE,
    COMMITTEE,
    COURIER,
    COURIER2,
    DISTRICT,
    GRID,
    GRID_MEMBER,
    NOW,
    VILLAGE,
    VILLAGER,
    draft,
)

HERE = Point(lat=24.6085, lon=117.9795)


def submit(id: str, **changes: object) -> None:
    intake.accept(id, draft(**changes), key=None, by=COURIER, now=NOW)


def near(by: Actor = COURIER2, kind: str = "0303", later: timedelta = timedelta(hours=1), lat: float = 24.6085) -> int:
    return len(listings.nearby(Point(lat=lat, lon=117.9795), kind, by=by, now=NOW + later))


def test_a_hint_shows_what_lies_within_fifty_metres_and_three_days_of_the_same_kind(rules: None) -> None:
    submit("r1")
    assert near() == 1
    assert near(lat=24.6085 + 60 / 111_195) == 0
    assert near(later=timedelta(hours=73)) == 0
    assert near(kind="0302") == 0


def test_a_hint_tells_kind_distance_and_age_only(rules: None) -> None:
    submit("r1")
    (hint,) = listings.nearby(HERE, "0303", by=COURIER2, now=NOW + timedelta(hours=2))
    assert (hint.kind, round(hint.distance_m), hint.age) == ("0303", 0, timedelta(hours=2))


def test_confidential_and_unclassified_reports_never_appear(rules: None) -> None:
    submit("secret", kind="0701")
    submit("unknown", kind=None)
    assert near(kind="0701") == 0


def test_look_ups_are_limited_and_kinds_are_checked(rules: None) -> None:
    with pytest.raises(Invalid):
        near(kind="9999")
    for _ in range(30):
        near()
    with pytest.raises(TooManyRequests):
        near()


def test_an_inbox_is_ones_own(rules: None) -> None:
    submit("r1")
    held = listings.inbox(post=None, by=GRID_MEMBER, limit=10, cursor=None)
    assert [report.id for report in held.reports] == ["r1"]
    for someone, post in ((COURIER, f"grid_member:{GRID}"), (GRID_MEMBER, "centre:350211102"), (DISTRICT, None)):
        with pytest.raises(Forbidden):
            listings.inbox(post=post, by=someone, limit=10, cursor=None)


def area(by: Actor, village: str | None = VILLAGE, **more: object) -> list[str]:
    wanted = Filter(village=village, month=None, **more)  # type: ignore[arg-type]
    page = listings.area(wanted, by=by, now=NOW, limit=10, cursor=None)
    return sorted(report.id for report in page.reports)


def test_an_area_shows_each_what_he_may_see(rules: None) -> None:
    submit("open")
    submit("secret", kind="0701")
    submit("police", kind="0801")
    assert area(CENTRE) == ["open", "police", "secret"]
    assert area(GRID_MEMBER) == ["open", "secret"]
    assert area(VILLAGER) == ["open"]
    assert area(CENTRE, grid=GRID, kind="0303") == ["open"]
    assert area(CENTRE, grid="350211102202002") == []
    for stranger in (COURIER, DISTRICT):
        with pytest.raises(Forbidden):
            area(stranger)


def test_what_no_village_holds_is_listed_outside(rules: None) -> None:
    submit("far", spot=Spot(lat=24.9, lon=118.3, crs=Crs.WGS84, accuracy=None))
    assert area(CENTRE, village=None) == ["far"]
    assert [r.id for r in listings.inbox(post=None, by=CENTRE, limit=10, cursor=None).reports] == ["far"]


def test_the_committee_sees_what_it_supervises_by_deadline_in_one_query(rules: None) -> None:
    submit("r1")
    submit("r2")
    watch = Command(action=Action.SUPERVISE, watch=Watch.RED, text="限期办理")
    reports.act("r2", watch, version=None, key=None, by=COMMITTEE, now=NOW)
    for by in (COMMITTEE, CENTRE, AUDITOR):
        found = listings.supervised(None, by=by, now=NOW, limit=10, cursor=None)
        assert [report.id for report in found.reports] == ["r2"]
    assert listings.supervised(Watch.YELLOW, by=COMMITTEE, now=NOW, limit=10, cursor=None).reports == []
    reports.act("r2", Command(action=Action.CANCEL, text="重复"), version=None, key=None, by=CENTRE, now=NOW)
    assert listings.supervised(None, by=COMMITTEE, now=NOW, limit=10, cursor=None).reports == []
    with pytest.raises(Forbidden):
        listings.supervised(None, by=VILLAGER, now=NOW, limit=10, cursor=None)
