"""What a team sees of its area: what is open there, with no more than each of its members may know."""

from dataclasses import replace

import pytest

from chalicelib.domain.places import Point
from chalicelib.domain.reports.matter import Place
from chalicelib.domain.reports.model import Report, Status
from chalicelib.services.teams import ground, joining
from chalicelib.store.base import Transaction
from chalicelib.store.reports import reports
from tests.builders import CENTRE, COURIER, COURIER2, GRID, GRID_MEMBER, NEXT_GRID, NOW, TOWNSHIP, VILLAGE, report
from tests.honouring import known, rule
from tests.services.teams.test_teams import ENVOY, KEEPER, found

pytestmark = pytest.mark.usefixtures("rules")


def filed(id: str, kind: str | None = "0303", *, grid: str = GRID, status: Status = Status.SUBMITTED) -> None:
    made: Report = report(status, kind=kind, id=id, version=1)
    place = Place(point=Point(lat=24.6085, lon=117.9795), grid=grid, village=VILLAGE, township=TOWNSHIP)
    transaction = Transaction()
    reports.put(replace(made, place=place), before=None, transaction=transaction)
    transaction.commit()


@pytest.fixture(autouse=True)
def team(rules: None) -> None:
    known(COURIER, COURIER2, GRID_MEMBER)
    found()
    for person, role in ((COURIER.id, ENVOY), (COURIER2.id, ENVOY), (GRID_MEMBER.id, KEEPER)):
        joining.appoint("t1", person, (role,), key=None, by=CENTRE, now=NOW)


def test_each_sees_what_is_open_there_and_the_id_only_of_what_is_his_to_see() -> None:
    filed("r1")
    filed("r2", status=Status.CLOSED)
    filed("r3", grid=NEXT_GRID)
    seen = {by.id: ground.view("t1", by=by, now=NOW).open for by in (COURIER, COURIER2, GRID_MEMBER)}
    assert [one.id for one in seen[COURIER.id]] == [one.id for one in seen[GRID_MEMBER.id]] == ["r1"]
    (stranger,) = seen[COURIER2.id]
    assert stranger.id is None and (stranger.kind, stranger.grid) == ("0303", GRID)


def test_nothing_confidential_nothing_unclassified_and_nothing_of_the_centres_alone() -> None:
    filed("r1", None)
    filed("r2", "0801")
    assert ground.view("t1", by=CENTRE, now=NOW).open == []


def test_only_who_is_in_it_the_centre_and_the_committee_look() -> None:
    joining.leave("t1", by=COURIER2, now=NOW)
    assert rule(lambda: ground.view("t1", by=COURIER2, now=NOW)) == "team_not_yours"
