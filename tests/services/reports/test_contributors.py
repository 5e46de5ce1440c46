"""Those who reported the same follow the main report, in whatever order its lines are heard of."""

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import CapReached, Conflict, NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.photos import ContentType
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.domain.reports.terms import Basis, Outcome, RejectReason, Source
from chalicelib.services.notifications import notices
from chalicelib.services.reports import contributors, intake, reports
from chalicelib.store import history
from chalicelib.store.notifications import inbox
from chalicelib.store.reports import merged
from chalicelib.store.reports import reports as store
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NOW, VILLAGER, actor, draft

pytestmark = pytest.mark.usefixtures("rules")
A, S = Action, Status
PHOTO = (ContentType.JPEG,)
LATER = NOW + timedelta(hours=1)


def courier(number: int) -> Actor:
    return actor(f"c{number}", (Role.COURIER, f"c{number}"))


def joined(number: int, main: str = "r0") -> str:
    """One more courier says "me too", a minute after the one before."""
    id, at = f"r{number}", NOW + timedelta(minutes=number)
    intake.accept(id, draft(joins=main, files=PHOTO), key=None, by=courier(number), now=at)
    return id


def main(*others: int) -> Report:
    """The first report, and who joined it."""
    report = intake.accept("r0", draft(), key=None, by=COURIER, now=NOW).report
    for number in others:
        joined(number)
    return report


def act(id: str, action: Action, by: Actor, **fields: Any) -> Report:
    return reports.act(id, Command(action=action, **fields), version=None, key=None, by=by, now=LATER).report


def hear(id: str, *numbers: int) -> None:
    """The follower hears of these lines of the report, of all by default."""
    lines = history.of(id)
    for line in lines if not numbers else [lines[number - 1] for number in numbers]:
        contributors.follow(line, now=LATER)


def steps(id: str) -> list[tuple[Action, object]]:
    return [(line.action, line.details.get("step") or line.details.get("main")) for line in history.of(id)]


def told(line: Event) -> None:
    notices.tell(line, now=LATER)


def test_who_joined_hears_of_every_public_line_once_however_often_it_is_told() -> None:
    main(1, 2)
    act("r0", A.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE, outcome=Outcome.TO_VILLAGE)
    act("r0", A.COMMENT, VILLAGER, text="内部", internal=True)
    act("r0", A.RESOLVE, VILLAGER, text="已填平", no_photo_reason="夜间")
    hear("r0", 4, 2, 4, 3, 2)
    for id in ("r1", "r2"):
        assert steps(id) == [(A.SUBMIT, "r0"), (A.FOLLOW, A.RESOLVE), (A.FOLLOW, A.VERIFY)]
        last = history.of(id)[1]
        assert (last.note, last.internal, last.standing.status) == ("已填平", False, S.DUPLICATE)
        told(last)
    (message,) = inbox.page("c1", limit=5, before=None, now=LATER)
    assert message.template == "resolved" and message.report_id == "r1" and "已填平" in message.zh


def test_who_joins_later_does_not_hear_what_was_said_before() -> None:
    main(1)
    said = Command(action=A.COMMENT, text="已在路上")
    reports.act("r0", said, version=None, key=None, by=GRID_MEMBER, now=NOW + timedelta(minutes=2))
    joined(3)
    hear("r0")
    assert len(history.of("r1")) == 2 and len(history.of("r3")) == 1


def test_a_person_joins_once_an_open_report_of_another() -> None:
    main(1)
    with pytest.raises(Conflict, match="joined_before"):
        intake.accept("again", draft(joins="r0", files=PHOTO), key=None, by=courier(1), now=LATER)
    with pytest.raises(NotFound):
        joined(7, main="nothing")
    act("r0", A.CANCEL, CENTRE, text="重复")
    with pytest.raises(Conflict, match="main_has_ended"):
        joined(2)


def test_me_too_counts_against_the_day_and_not_against_what_awaits_verification() -> None:
    for number in range(20):
        intake.accept(f"m{number}", draft(), key=None, by=courier(100 + number), now=NOW)
        intake.accept(f"j{number}", draft(joins=f"m{number}", files=PHOTO), key=None, by=COURIER, now=NOW)
    intake.accept("m20", draft(), key=None, by=courier(120), now=NOW)
    with pytest.raises(CapReached, match="submissions_per_day"):
        intake.accept("one more", draft(joins="m20", files=PHOTO), key=None, by=COURIER, now=NOW)


@pytest.mark.parametrize("order", [(2,), (2, 2), (2, 1, 2)])
def test_where_the_first_is_none_the_oldest_takes_its_place_and_the_others_go_along(order: tuple[int, ...]) -> None:
    main(3, 1, 2)
    act("r0", A.REJECT, GRID_MEMBER, reason=RejectReason.NOT_FOUND)
    hear("r0", *order)
    assert store.get("r0").successor == "r1"
    heads = {id: store.get(id) for id in ("r1", "r2", "r3")}
    assert [(one.status, one.main) for one in heads.values()] == [
        (S.SUBMITTED, None),
        (S.DUPLICATE, "r1"),
        (S.DUPLICATE, "r1"),
    ]
    assert merged.of("r0") == [] and [one.id for one in merged.of("r1")] == ["r2", "r3"]
    assert [line.action for line in history.of("r1")].count(A.PROMOTE) == 1


def test_a_chain_of_reports_that_are_none_ends_at_the_last_one() -> None:
    main(1, 2)
    act("r0", A.REJECT, CENTRE, reason=RejectReason.NOT_FOUND)
    hear("r0", 2)
    act("r1", A.REJECT, CENTRE, reason=RejectReason.NOT_FOUND)
    hear("r1")
    assert (store.get("r2").status, store.get("r2").main) == (S.SUBMITTED, None)


def test_heard_of_late_the_others_go_to_whatever_is_the_main_one_by_then() -> None:
    main(1, 2, 3)
    act("r0", A.WITHDRAW, COURIER)
    other = intake.accept("other", draft(), key=None, by=courier(9), now=NOW).report
    hear("r0", 2)
    act("r1", A.MERGE, CENTRE, main=other.id)
    hear("r1")
    assert {store.get(id).main for id in ("r1", "r2", "r3")} == {"other"}
    assert [one.id for one in merged.of("other")] == ["r1", "r2", "r3"] and merged.of("r1") == []


def test_what_was_merged_into_a_report_goes_along_when_that_is_merged() -> None:
    main(1, 2)
    intake.accept("other", draft(), key=None, by=courier(9), now=NOW)
    act("r0", A.MERGE, CENTRE, main="other")
    hear("r0")
    assert {store.get(id).main for id in ("r0", "r1", "r2")} == {"other"}


def test_parted_by_a_person_it_follows_no_more() -> None:
    main(1)
    act("r1", A.UNMERGE, CENTRE, text="是另一处")
    assert merged.of("r0") == []
    act("r0", A.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE, outcome=Outcome.TO_VILLAGE)
    hear("r0")
    assert [line.action for line in history.of("r1")] == [A.SUBMIT, A.UNMERGE]


def test_a_merged_report_lies_on_nobodys_list_and_nothing_of_it_falls_due() -> None:
    main()
    intake.accept("other", draft(), key=None, by=courier(9), now=NOW)
    merged_one = act("other", A.MERGE, CENTRE, main="r0")
    assert (merged_one.holder, merged_one.due_at, merged_one.next_at, merged_one.run) == (None,) * 4


def test_fifty_reports_of_one_matter_are_merged_told_and_taken_over() -> None:
    main()
    for number in range(1, 51):
        intake.accept(f"r{number}", draft(), key=None, by=courier(number), now=NOW + timedelta(seconds=number))
        act(f"r{number}", A.MERGE, CENTRE, main="r0")
    assert len(merged.of("r0")) == 50
    act("r0", A.REJECT, CENTRE, reason=RejectReason.NOT_FOUND)
    hear("r0", 2)
    assert store.get("r1").status is S.SUBMITTED
    assert len(merged.of("r1")) == 49 and {store.get(f"r{n}").main for n in range(2, 51)} == {"r1"}


def test_a_secret_main_report_tells_its_contributors_no_more() -> None:
    main(1)
    act("r0", A.RECLASSIFY, CENTRE, kind="0701", severity=2, text="涉密线索")
    act("r0", A.COMMENT, CENTRE, text="派出所已掌握情况")
    hear("r0")
    assert [line.action for line in history.of("r1")] == [A.SUBMIT]


def test_of_one_persons_reports_of_a_matter_the_first_alone_corroborates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributors, "_has_photo", lambda _: True)  # the worker that develops photos is another test's
    main(1)
    intake.accept("mine", draft(files=PHOTO), key=None, by=courier(1), now=NOW + timedelta(minutes=5))
    act("mine", A.MERGE, GRID_MEMBER, main="r0")
    act("r0", A.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE, outcome=Outcome.TO_VILLAGE)
    act("r0", A.RESOLVE, VILLAGER, text="已填平", no_photo_reason="夜间")
    hear("r0")
    assert [history.of(id)[-1].details["corroborates"] for id in ("r1", "mine")] == [True, False]


def test_danger_to_life_is_joined_beyond_the_cap_and_clerks_have_none() -> None:
    danger = "0301"
    for number in range(20):
        intake.accept(f"m{number}", draft(), key=None, by=courier(100 + number), now=NOW)
        intake.accept(f"j{number}", draft(joins=f"m{number}", files=PHOTO), key=None, by=COURIER, now=NOW)
    intake.accept("e0", draft(kind=danger), key=None, by=courier(9), now=NOW)
    joined = intake.accept("e1", draft(kind=danger, joins="e0", files=PHOTO), key=None, by=COURIER, now=NOW)
    assert joined.report.main == "e0"
    for number in range(2):
        wanted = draft(joins="m0", files=PHOTO, source=Source.HOTLINE)
        assert intake.accept(f"call{number}", wanted, key=None, by=CENTRE, now=NOW).report.main == "m0"


def test_whom_somebody_has_just_parted_does_not_take_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    main(1, 2)
    intake.accept("other", draft(), key=None, by=courier(9), now=NOW)
    act("r0", A.REJECT, CENTRE, reason=RejectReason.NOT_FOUND)
    real, moved = merged.of, list[str]()

    def of(id: str) -> Any:
        children = real(id)
        if id == "r0" and len(children) == 2 and not moved:  # r1 goes elsewhere right after this was read
            moved.append("r1")
            act("r1", A.UNMERGE, CENTRE, text="是另一处")
            act("r1", A.MERGE, CENTRE, main="other")
        return children

    monkeypatch.setattr(merged, "of", of)
    hear("r0", len(history.of("r0")))
    assert moved and store.get("r1").main == "other" and [one.id for one in real("other")] == ["r1"]
    assert store.get("r0").successor == "r2"
