"""Others who reported the same: how they join, what they hear, who takes over, and what theirs is worth."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain import contributors
from chalicelib.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from chalicelib.domain.people.model import Role
from chalicelib.domain.places import Point
from chalicelib.domain.reports.commands import Around
from chalicelib.domain.reports.intake import Intake, submit
from chalicelib.domain.reports.model import ENDED, Action, Change, Report, Status
from chalicelib.domain.reports.terms import Source
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, RULES, TOWNSHIP, actor, report
from tests.deeds import do, local
from tests.lines import by, told

A, S = Action, Status
HOUR = timedelta(hours=1)
LATER = NOW + HOUR


def me_too(main: Report, *, by: Any = COURIER2, kind: str = "0303", photos: int = 1, **changes: Any) -> Change:
    """Another courier joins what lies nearby."""
    place = replace(main.place, **changes)
    wanted = Intake(text="也看到了", kind=kind, place=place, observed_at=None, photos=photos)
    change = submit("r2", wanted, by=by, now=LATER, rules=RULES)
    return contributors.joined(change, main, photos=photos, rules=RULES)


def refused(main: Report, **changes: Any) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as caught:
        me_too(main, **changes)
    return type(caught.value), caught.value.rule


def test_who_joins_has_a_report_of_his_own_that_nobody_has_to_look_at() -> None:
    change = me_too(report())
    joined = change.report
    assert (joined.status, joined.main) == (S.DUPLICATE, "r1")
    assert (joined.holder, joined.due_at, joined.next_at) == (None, None, None)
    assert not joined.counted and joined.earns
    assert change.details == {"main": "r1", "joined": True}


def test_parted_again_it_is_verified_like_any_other_with_all_its_time() -> None:
    back = do(me_too(report()).report, A.UNMERGE, CENTRE, text="是另一处", now=local(11, 24, 9)).report
    assert (back.status, back.main) == (S.SUBMITTED, None)
    assert back.due_at == local(11, 24, 15)  # four hours of class B
    assert do(back, A.VERIFY, GRID_MEMBER, basis="on_site", now=local(11, 24, 10)).report.verified_by


@pytest.mark.parametrize(
    ("main", "changes", "rule"),
    [
        (report(), {"kind": "0302"}, (NotFound, "no_such_report")),
        (report(), {"point": Point(lat=24.6085 + 60 / 111_195, lon=117.9795)}, (NotFound, "no_such_report")),
        (report(), {"point": None}, (NotFound, "no_such_report")),
        (report(kind="0801"), {"kind": "0801"}, (NotFound, "no_such_report")),
        (report(created_at=NOW - timedelta(hours=72)), {}, (NotFound, "no_such_report")),
        (report(reporter_id=COURIER2.id), {}, (Forbidden, "own_report")),
        (report(), {"photos": 0}, (Invalid, "photo_needed")),
    ],
)
def test_he_joins_what_he_could_be_shown_with_a_photo_of_his_own(
    main: Report, changes: dict[str, Any], rule: tuple[type[DomainError], str]
) -> None:
    assert refused(main, **changes) == rule


@pytest.mark.parametrize("status", sorted(ENDED))
def test_he_joins_only_what_is_open(status: Status) -> None:
    assert refused(report(status)) == (Conflict, "main_has_ended")


def test_a_public_line_is_for_all_who_reported_it_and_what_is_asked_of_the_first_is_not() -> None:
    assert contributors.update(told((A.VERIFY, S.WITH_VILLAGE))[1]) == "verified"
    assert contributors.update(told((A.ASK_INFO, S.NEEDS_INFO))[1]) is None
    resolved = told((A.RESOLVE, S.RESOLVED))[1]
    assert contributors.said(replace(resolved, note="已修好")) == "已修好"
    assert contributors.said(replace(told((A.ESCALATE, S.WITH_CENTRE))[1], note="没有经费")) == ""


def test_what_the_first_reporter_does_himself_the_others_hear() -> None:
    line = replace(told((A.CONFIRM, S.CLOSED), (A.REOPEN, S.IN_HANDLING))[2], actor_id=COURIER.id, as_role="reporter")
    assert contributors.update(line) == "reopened"


@pytest.mark.parametrize(
    ("main", "child", "worth"),
    [
        (report(S.WITH_VILLAGE), {}, True),
        (report(S.SUBMITTED), {}, False),  # nobody has said yet that it is true
        (report(S.INVALID), {}, False),
        (report(S.WITH_VILLAGE), {"created_at": NOW + timedelta(hours=24)}, True),
        (report(S.WITH_VILLAGE), {"created_at": NOW + timedelta(hours=24, seconds=1)}, False),
        (report(S.WITH_VILLAGE), {"created_at": NOW - HOUR}, False),  # he was first
        (report(S.WITH_VILLAGE), {"reporter_id": COURIER.id}, False),  # the same person twice
    ],
)
def test_another_persons_report_of_the_first_day_corroborates_what_is_true(
    main: Report, child: dict[str, Any], worth: bool
) -> None:
    fields: dict[str, Any] = {"reporter_id": COURIER2.id, "created_at": LATER} | child
    other = replace(report(S.DUPLICATE, id="r2", main="r1"), **fields)
    assert contributors.corroborates(other, main, hours=24) is worth


def test_the_oldest_takes_the_place_with_what_was_left_of_its_time() -> None:
    held = report(id="r2", reporter_id=COURIER2.id)
    merged = do(held, A.MERGE, GRID_MEMBER, around=Around(main=report(id="r1")), now=local(11, 23, 10)).report
    now = local(11, 24, 9)
    change = contributors.promoted(merged, now=now, rules=RULES)
    assert (change.report.status, change.report.main, change.action) == (S.SUBMITTED, None, A.PROMOTE)
    assert change.report.due_at == local(11, 24, 12)  # three of four hours were left
    line = contributors.succeeded(report(S.INVALID), change.report, now=now)
    assert (line.report.successor, line.internal) == ("r2", True)


def test_objected_to_it_has_no_successor_any_more() -> None:
    gone = replace(report(S.INVALID), successor="r2", ended_at=NOW)
    assert do(gone, A.OBJECT, COURIER, text="还在", now=LATER).report.successor is None


def test_nothing_public_is_merged_into_a_secret() -> None:
    secret = report(S.WITH_CENTRE, id="r0", kind="0801")
    with pytest.raises(Conflict, match="main_confidential"):
        do(report(), A.MERGE, CENTRE, around=Around(main=secret))


def test_a_line_that_moves_nothing_and_says_nothing_concerns_nobody() -> None:
    assert not contributors.concerns(told()[0])
    assert not contributors.concerns(by(told((A.SUPPLY_INFO, S.SUBMITTED))[1], COURIER.id, "reporter"))
    for gone in (S.INVALID, S.WITHDRAWN, S.DUPLICATE):
        assert contributors.concerns(replace(told((A.CANCEL, gone))[1], internal=True))


def test_what_the_first_reporter_writes_is_nobody_elses() -> None:
    reopened = told((A.CONFIRM, S.CLOSED), (A.REOPEN, S.IN_HANDLING))[2]
    own = replace(by(reopened, COURIER.id, "reporter"), note="我是圆通的小王")
    assert contributors.update(own) == "reopened" and contributors.said(own) == ""


def test_of_a_main_report_that_has_become_a_secret_its_contributors_hear_no_more() -> None:
    child, secret = report(id="r2"), report(kind="0701")
    assert contributors.may_hear(child, report()) and not contributors.may_hear(child, secret)
    assert contributors.may_hear(report(kind="0701", id="r2"), secret)


def test_a_clerk_records_several_callers_of_one_matter() -> None:
    main = report(reporter_id="clerk", filed_by="clerk", source=Source.PHONE)
    wanted = Intake(text="又有人来电", kind="0303", place=main.place, observed_at=None, photos=1, source=Source.HOTLINE)
    change = submit("r2", wanted, by=actor("clerk", (Role.CENTRE, TOWNSHIP)), now=LATER, rules=RULES)
    assert contributors.joined(change, main, photos=1, rules=RULES).report.status is S.DUPLICATE
