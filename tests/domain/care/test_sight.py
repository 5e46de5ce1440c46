"""Who may know what of a visit, and when: the table cell by cell, and the door's window to the minute."""

from datetime import timedelta

import pytest

from chalicelib.domain.care.sight import SHOWN, Field, Moment, Viewer, Window, moment, shown
from chalicelib.domain.care.terms import VisitState
from tests.builders import NOW

F, M, V, S = Field, Moment, Viewer, VisitState
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
WINDOW = Window(start=NOW + 3 * HOUR, end=NOW + 4 * HOUR, before=HOUR, after=30 * MINUTE, late=2 * HOUR)

# Viewer by viewer, field by field: before, at the door, after. What is not named here nobody of them sees.
CELLS: dict[Viewer, dict[Field, str]] = {
    V.ASKED: {F.TIME: "xx-", F.LOAD: "xx-"},
    V.TAKER: {F.TIME: "xxx", F.LOAD: "xxx", F.DOOR: "-x-"},
    V.VILLAGE: dict.fromkeys(F, "xxx") | {F.CODE: "xx-"},
    V.CENTRE: dict.fromkeys(F, "xxx") | {F.CODE: "---", F.CONTACT: "-x-", F.DOOR: "xx-"},
    V.FAMILY: {F.TIME: "xxx", F.COURIER: "xx-", F.RESULT: "-xx", F.LOOKS: "xxx"},
    V.AUDITOR: {F.TIME: "xxx", F.COURIER_ID: "xxx", F.RESULT: "xxx", F.LOOKS: "xxx"},
    V.STRANGER: {},
}


@pytest.mark.parametrize("viewer", V)
@pytest.mark.parametrize("field", F)
def test_each_cell_is_as_it_was_decided(viewer: Viewer, field: Field) -> None:
    seen = "".join("x" if field in shown(viewer, at) else "-" for at in (M.BEFORE, M.DOOR, M.AFTER))
    assert seen == CELLS[viewer].get(field, "---")


def test_the_table_has_every_cell() -> None:
    assert SHOWN.keys() == {(viewer, at) for viewer in V for at in M}


@pytest.mark.parametrize("viewer", [V.ASKED, V.TAKER])
def test_who_carries_it_never_learns_whom_he_serves(viewer: Viewer) -> None:
    known = frozenset().union(*(shown(viewer, at) for at in M))
    assert not known & {F.NAME, F.CONTACT, F.NOTES, F.CODE, F.LOOKS}


@pytest.mark.parametrize(
    ("state", "taken", "done", "now", "at"),
    [
        (S.OFFERED, False, None, 4 * HOUR, M.BEFORE),
        (S.ACCEPTED, True, None, 2 * HOUR - MINUTE, M.BEFORE),
        (S.ACCEPTED, True, None, 2 * HOUR, M.DOOR),
        (S.ARRIVED, True, None, 6 * HOUR, M.DOOR),
        (S.ARRIVED, True, None, 6 * HOUR + MINUTE, M.AFTER),
        (S.DONE, True, 3 * HOUR, 3 * HOUR + 30 * MINUTE, M.DOOR),
        (S.DONE, True, 3 * HOUR, 3 * HOUR + 31 * MINUTE, M.AFTER),
        (S.DONE, True, 6 * HOUR - MINUTE, 6 * HOUR + MINUTE, M.AFTER),
        (S.CANCELLED, True, None, 3 * HOUR, M.AFTER),
        (S.MISSED, False, None, 5 * HOUR, M.AFTER),
    ],
)
def test_the_door_opens_and_shuts_to_the_minute(
    state: VisitState, taken: bool, done: timedelta | None, now: timedelta, at: Moment
) -> None:
    done_at = NOW + done if done is not None else None
    assert moment(WINDOW, state, taken=taken, done_at=done_at, now=NOW + now) is at
