"""The public page of a report: who gets its link, what it shows, and when it is gone. On both stores."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Conflict, DomainError
from chalicelib.domain.people.model import Actor
from chalicelib.domain.photos import Purpose
from chalicelib.domain.reports import page_links
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.outcome import Step
from chalicelib.domain.reports.page_links import Ticket
from chalicelib.domain.reports.terms import RejectReason
from chalicelib.services.reports import public_pages
from chalicelib.services.reports.public_pages import Page
from chalicelib.store import history
from tests.bench.calls import counted
from tests.builders import CENTRE, COMMITTEE, COURIER, COURIER2, GRID_MEMBER, NOW, RULES, VILLAGER, WORKS
from tests.published import (
    HOUR,
    KEY,
    act,
    closed,
    drawn,
    filed,
    head,
    merged,
    page_key,
    photographed,
    resolved,
    verified,
    withdraw,
)

__all__ = ["page_key"]
pytestmark = pytest.mark.usefixtures("rules", "page_key")
A = Action
KIND = RULES.taxonomy.kinds["0303"]
DAYS = timedelta(days=90)
LATER = NOW + 5 * HOUR


def give(id: str = "r1", *, by: Actor = COURIER, now: datetime = LATER) -> str:
    return public_pages.give(id, by=by, now=now).token


def show(token: str, *, now: datetime = LATER) -> Page | None:
    return public_pages.show(token, now=now)


def page(token: str) -> Page:
    shown = show(token)
    assert shown
    return shown


def refusal(id: str = "r1", *, by: Actor = COURIER) -> str:
    with pytest.raises(DomainError) as refused:
        give(id, by=by)
    return refused.value.rule


def test_reporter_centre_village_and_lead_get_a_link_and_others_do_not() -> None:
    resolved()
    assert all(page(give(by=who)).matter == (KIND.zh, KIND.en) for who in (COURIER, CENTRE, VILLAGER, WORKS))
    assert [refusal(by=who) for who in (GRID_MEMBER, COMMITTEE, COURIER2)] == [
        "not_your_part",
        "not_your_part",
        "no_such_report",
    ]


def test_it_shows_what_village_which_day_and_what_was_done() -> None:
    closed()
    shown = page(give())
    assert (shown.matter, shown.village) == ((KIND.zh, KIND.en), ("深青村", "Shenqing Village"))
    assert (shown.reported, shown.status) == ("2026-11-23", Status.CLOSED)
    assert [one.step for one in shown.past] == [
        Step.REPORTED,
        Step.VERIFIED,
        Step.GIVEN,
        Step.ANSWERED,
        Step.CLOSED,
    ]
    assert [one.answer for one in shown.past if one.answer] == ["路面已修补"]


def test_it_shows_no_person_no_place_and_no_word_that_was_not_for_everybody() -> None:
    verified(text="我家门口，13900000001王某")
    act("r1", A.COMMENT, CENTRE, text="请联系李某", internal=False)
    act("r1", A.ADD_INFO, COURIER, text="还是我")
    act("r1", A.DISPATCH, CENTRE, department="D04", text="快去")
    said = repr(page(give()))
    secrets = (
        "王某",
        "李某",
        "还是我",
        "快去",
        "1390",
        "24.60",
        "117.97",
        "r1'",
        f"'{COURIER.id}'",
        f"'{CENTRE.id}'",
        "001'",
    )
    assert [word for word in secrets if word in said] == []


def test_long_numbers_in_an_answer_are_starred() -> None:
    resolved(answer="已修补，可联系138 0000 0001；养护至2026-11-30")
    answers = [one.answer for one in page(give()).past if one.answer]
    assert answers == ["已修补，可联系138****0001；养护至2026-11-30"]


def test_photos_are_shown_that_somebody_has_marked_and_no_others() -> None:
    resolved()
    photographed()
    photographed(purpose=Purpose.AFTER, by=WORKS)
    photographed(purpose=Purpose.EVIDENCE)
    assert page(give()).photos == []
    drawn("r1", "before-1")
    ((photo, links),) = page(give()).photos
    assert photo.id == "before-1" and {link.size for link in links} == {320, 1024}
    assert all("/public/r1/before-1/1/" in link.url for link in links)
    withdraw()
    assert page(give()).photos == []


def test_a_link_lasts_its_days() -> None:
    resolved()
    token = give()
    assert show(token, now=LATER + DAYS - timedelta(seconds=1)) and show(token, now=LATER + DAYS) is None


@pytest.mark.parametrize("changes", [{"page": 1}, {"report_id": "r9"}, {"report_id": "r1#x"}])
def test_a_link_to_something_else_opens_nothing(changes: dict[str, object]) -> None:
    resolved()
    ticket = Ticket(report_id="r1", page=0, expires_at=NOW + DAYS)
    assert show(page_links.written(ticket, KEY))
    assert show(page_links.written(replace(ticket, **changes), KEY)) is None  # type: ignore[arg-type]
    assert show(page_links.written(ticket, b"another key")) is None


def test_nothing_is_public_before_somebody_has_found_it_true() -> None:
    filed()
    assert refusal() == "page_not_public"


@pytest.mark.parametrize("kind", ["0701", "0801", "0906", None])
def test_what_is_confidential_unclassified_or_about_care_has_no_page(kind: str | None) -> None:
    filed(kind=kind)
    assert refusal() == "page_not_public"


def test_reclassified_as_confidential_the_page_is_gone_at_once_and_back_with_the_class() -> None:
    verified()
    token = give()
    act("r1", A.RECLASSIFY, CENTRE, kind="0701", text="另有隐情")
    assert show(token) is None and refusal() == "page_not_public"
    act("r1", A.RECLASSIFY, CENTRE, kind="0303", text="没有")
    assert show(token)


@pytest.mark.parametrize("action", [A.CANCEL, A.REJECT])
def test_what_turns_out_to_be_nothing_is_gone(action: Action) -> None:
    verified()
    token = give()
    if action is A.CANCEL:
        act("r1", action, CENTRE, text="误报")
    else:
        act("r1", action, CENTRE, reason=RejectReason.NOT_FOUND)
    assert show(token) is None and refusal() == "page_not_public"


def test_of_what_was_merged_the_main_ones_page_is_shown_by_old_links_and_new_ones() -> None:
    verified("r1")
    verified("r2", by=COURIER2)
    old = give("r2", by=COURIER2)
    merged("r2", "r1")
    act("r1", A.DISPATCH, CENTRE, department="D04")
    new = give("r2", by=COURIER2)
    assert page(old).past == page(new).past and page(new).past[-1].step is Step.GIVEN
    public_pages.close("r1", by=CENTRE, now=LATER)
    assert show(old) is None and show(new) is None and refusal("r2", by=COURIER2) == "page_closed"


def test_the_centre_closes_a_page_for_good_until_it_opens_it_itself() -> None:
    resolved()
    old = give()
    for _ in range(2):
        public_pages.close("r1", by=CENTRE, now=LATER)
    assert show(old) is None and refusal() == "page_closed" and (head().page, head().page_closed) == (1, True)
    new = give(by=CENTRE)
    assert show(new) and show(old) is None and show(give())
    lines = [line for line in history.of("r1") if line.action in (A.CLOSE_PAGE, A.OPEN_PAGE)]
    assert [(line.action, line.actor_id, line.internal) for line in lines] == [
        (A.CLOSE_PAGE, CENTRE.id, True),
        (A.OPEN_PAGE, CENTRE.id, True),
    ]


def test_nobody_but_the_centre_closes_it() -> None:
    resolved()
    for who in (VILLAGER, WORKS, COURIER):
        with pytest.raises(DomainError, match="not_your_part"):
            public_pages.close("r1", by=who, now=LATER)


def test_the_link_dies_with_the_photos() -> None:
    closed()
    ended = head().ended_at
    assert ended
    kept = timedelta(days=1095)
    given = public_pages.give("r1", by=COURIER, now=ended + kept - timedelta(days=1))
    assert given.expires_at == ended + kept
    assert show(given.token, now=ended + kept - timedelta(seconds=1)) and show(given.token, now=ended + kept) is None
    with pytest.raises(Conflict, match="page_not_public"):
        public_pages.give("r1", by=COURIER, now=ended + kept)


def test_a_page_is_three_reads_and_one_more_where_it_was_merged() -> None:
    verified("r1")
    verified("r2")
    token, joined = give("r1"), give("r2")
    merged("r2", "r1")
    show(token)  # a process that knows the rules
    with counted() as calls:
        show(token)
        assert calls.names == ["GetItem", "Query", "Query"]
        calls.made.clear()
        show(joined)
        assert calls.names == ["GetItem", "GetItem", "Query", "Query"]
        calls.made.clear()
        show("nonsense")
        assert calls.names == [], "a forged link costs the store nothing"
