"""What counts as coming back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain import recurrences
from chalicelib.domain.places import Point
from chalicelib.domain.reports.model import Action, Report, Status
from tests.builders import NOW, report
from tests.lines import event, standing

DAY = timedelta(days=1)
OLD = report(Status.CLOSED, id="old", ended_at=NOW)
SECRET = "0801"
NEARBY = Point(lat=24.6085 + 40 / 111_195, lon=117.9795)  # 40 m to the north
TOO_FAR = Point(lat=24.6085 + 60 / 111_195, lon=117.9795)


def fresh(**changes: Any) -> Report:
    return report(Status.SUBMITTED, id="new", **({"created_at": NOW + 10 * DAY} | changes))


def repeats(new: Report, old: Report = OLD) -> bool:
    return recurrences.repeats(new, old, metres=50, within=30 * DAY)


def at(new: Report, point: Point | None) -> Report:
    return replace(new, place=replace(new.place, point=point))


def test_the_same_kind_near_and_soon_after_its_end_is_a_recurrence() -> None:
    assert repeats(fresh()) and repeats(at(fresh(), NEARBY)) and repeats(fresh(created_at=NOW + 30 * DAY))


@pytest.mark.parametrize(
    "new",
    [
        at(fresh(), TOO_FAR),
        at(fresh(), None),
        fresh(kind="0201"),
        fresh(kind=None),
        fresh(created_at=NOW + 30 * DAY + timedelta(seconds=1)),
        fresh(created_at=NOW - DAY),  # a duplicate, while the other was open
        replace(fresh(), id="old"),
        replace(fresh(), status=Status.INVALID),
        replace(fresh(), status=Status.DUPLICATE),
        replace(fresh(), status=Status.WITHDRAWN),
    ],
)
def test_whatever_else_is_none(new: Report) -> None:
    assert not repeats(new)


@pytest.mark.parametrize("status", [Status.INVALID, Status.TRANSFERRED, Status.RESOLVED])
def test_only_what_was_closed_comes_back(status: Status) -> None:
    assert not repeats(fresh(), replace(OLD, status=status))


def test_confidential_kinds_never_do() -> None:
    old, new = report(Status.CLOSED, id="old", kind=SECRET), fresh(kind=SECRET)
    assert old.nature.confidential and not repeats(new, old)


def test_a_closing_and_a_kind_concern_it_and_nothing_else_does() -> None:
    open_, closed = standing(Status.RESOLVED), standing(Status.CLOSED)
    unknown, secret = standing(Status.SUBMITTED, kind=None), standing(Status.SUBMITTED, kind=SECRET)
    known = standing(Status.SUBMITTED)
    wanted = [
        event(Action.CONFIRM, open_, closed),
        event(Action.SUBMIT, None, known),
        event(Action.VERIFY, unknown, known),
        event(Action.RECLASSIFY, secret, known),
    ]
    others = [
        event(Action.COMMENT, closed, closed),
        event(Action.SUBMIT, None, unknown),
        event(Action.RECLASSIFY, known, secret),
        event(Action.VERIFY, known, standing(Status.WITH_VILLAGE)),
        event(Action.CONFIRM, standing(Status.RESOLVED, kind=SECRET), standing(Status.CLOSED, kind=SECRET)),
        event(Action.REJECT, known, standing(Status.INVALID)),
    ]
    assert all(map(recurrences.concerns, wanted)) and not any(map(recurrences.concerns, others))
