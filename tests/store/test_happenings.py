"""What happens to things that are no reports, in the same history."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.happenings import Happening, Line, Thing, happened
from chalicelib.domain.reports.model import Action, Status
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.figures import deeds
from tests.builders import NOW, TOWNSHIP, VILLAGE
from tests.lines import told

HOUR = timedelta(hours=1)


def line(number: int = 1, deed: str = "accepted", id: str = "p1.20261124") -> Happening:
    """A visit's line, an hour apart from the one before."""
    return happened(
        Thing.VISIT,
        id,
        number=number,
        deed=deed,
        at=NOW + number * HOUR,
        actor_id="c1",
        as_role="courier",
        township=TOWNSHIP,
        village=VILLAGE,
        person_id="c1",
        facts={"service": "meal", "items": 2},
    )


def store(*lines: Line) -> None:
    for one in lines:
        transaction = Transaction()
        history.append(one, transaction)
        transaction.commit()


def test_the_lines_of_a_thing_are_read_in_order(tables: str) -> None:
    lines = [line(1), line(2, "picked_up"), line(3, "done")]
    store(*lines)
    assert history.happenings("visit:p1.20261124") == lines
    assert [one.thing for one in lines] == [Thing.VISIT] * 3


def test_a_line_stands_once(tables: str) -> None:
    store(line())
    with pytest.raises(StaleVersion):
        store(line(deed="declined"))


def test_what_follows_reports_never_meets_another_thing_and_a_replay_meets_both(tables: str) -> None:
    events = told((Action.VERIFY, Status.WITH_CENTRE), subject="r1", at=NOW)
    store(*events, line(1), line(2))
    span = (NOW - HOUR, NOW + 9 * HOUR)
    assert list(history.since(*span)) == events
    assert [id for id, _ in history.begun(*span)] == ["r1"]
    assert {one.id for one in history.everything(*span)} == {*(one.id for one in events), line(1).id, line(2).id}


def test_a_deed_is_counted_once_on_its_local_day(tables: str) -> None:
    for one in (line(1), line(1), line(2), line(1, id="p2.20261124")):
        deeds.count(one)
    day = f"{NOW + HOUR:%Y-%m-%d}"
    found = list(deeds.of(TOWNSHIP, day[:7]))
    assert [(one.day, one.village, one.thing, one.deed, one.number) for one in found] == [
        (day, VILLAGE, "visit", "accepted", 3)
    ]
    assert list(deeds.of(TOWNSHIP, day[:7], day, day)) == found
    assert list(deeds.of(TOWNSHIP, "2020-01")) == []
