"""A draft is tried on past reports: side by side, a page at a time, and nothing changes by it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError, Forbidden, Invalid, NotFound, StaleVersion
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.model import Report, Status
from chalicelib.domain.reports.trials import Order
from chalicelib.services.reference import routing, routing_trials
from chalicelib.services.reference.routing_trials import Found, Position, Wish
from chalicelib.store import cursors
from tests import bulk
from tests.bench.calls import counted
from tests.builders import ADMIN, CENTRE, NOW, VILLAGE, report
from tests.domain.reference.test_routing import HEAD, row

pytestmark = pytest.mark.usefixtures("rules")
WORKS_AND_VILLAGE = row("hole", "0303", VILLAGE, lead="D04", co="V")


def save(*rows: str) -> int:
    return routing.save("\n".join([HEAD, *rows]).encode(), version=None, by=ADMIN, now=NOW).version


def tried(by: Actor = ADMIN, **wish: Any) -> Found:
    asked = Wish(**({"days": 30, "as_of": None, "limit": 200, "cursor": None} | wish))
    return routing_trials.tried(asked, version=None, by=by, now=NOW)


def refused(**wish: Any) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as refusal:
        tried(**wish)
    return type(refusal.value), refusal.value.rule


def at_work(id: str, *helpers: str, days_ago: float = 1, **changes: Any) -> Report:
    """A road hole that works and parks were given."""
    at = NOW - timedelta(days=days_ago)
    given: dict[str, Any] = {
        "department": "D04",
        "co_handlers": helpers,
        "ordered_at": at,
        "created_at": at,
        "version": 1,
    }
    return replace(report(Status.IN_HANDLING, id=id), **(given | changes))


def test_every_report_is_shown_with_what_was_ordered_what_is_suggested_and_what_would_be() -> None:
    save(WORKS_AND_VILLAGE)
    bulk.put([at_work("a"), at_work("b", "V", days_ago=0.5)])
    found = tried()
    first, second = found.trials
    assert (first.report.id, first.ordered) == ("a", Order(lead="D04", co_handlers=()))
    assert first.in_force and (first.in_force.table, first.in_force.co_handlers) == ("taxonomy", ())
    assert first.draft and (first.draft.rule, first.draft.co_handlers) == ("hole", ("V",))
    assert (first.changes, first.followed, first.would_follow) == (True, True, False)
    assert (second.changes, second.followed, second.would_follow) == (True, False, True)
    totals = found.totals
    assert (totals.reports, totals.changed, totals.ordered, totals.followed, totals.would_follow) == (2, 2, 2, 1, 1)
    assert found.cursor is None and found.edition == 1


def test_only_what_came_in_within_these_days_and_was_taken_up_is_looked_at() -> None:
    save(WORKS_AND_VILLAGE)
    unverified = report(id="new", created_at=NOW - timedelta(hours=1), version=1)
    bulk.put([at_work("a", days_ago=6.9), at_work("old", days_ago=7.1), unverified])
    assert [one.report.id for one in tried(days=7).trials] == ["a"]
    assert [one.report.id for one in tried(days=8).trials] == ["old", "a"]
    assert refused(days=93) == refused(days=0) == (Invalid, "routing_trial_span")


def test_a_rule_of_days_to_come_is_tried_as_of_one_of_them() -> None:
    save(row("later", "0303", lead="D01", valid_from="2026-12-01"))
    bulk.put([at_work("a")])
    assert tried().totals.changed == 0
    assert tried(as_of=date(2026, 12, 1)).totals.changed == 1


def test_confidential_reports_are_counted_and_named_only_to_who_may_see_them() -> None:
    save(row("family", "07", lead="D12"))
    secret = report(Status.WITH_CENTRE, id="secret", kind="0702", created_at=NOW - timedelta(days=1), version=1)
    bulk.put([at_work("a"), secret])
    found = tried()
    assert [one.report.id for one in found.trials] == ["a"]
    assert (found.totals.reports, found.totals.changed, found.totals.withheld) == (2, 1, 1)
    both = replace(ADMIN, posts=(*ADMIN.posts, *CENTRE.posts))
    seen = tried(by=both)
    assert {one.report.id for one in seen.trials} == {"a", "secret"} and seen.totals.withheld == 0


@pytest.mark.parametrize("limit", [1, 3, 7, 40])
def test_pages_hold_each_report_once_and_carry_the_totals_on(limit: int) -> None:
    save(WORKS_AND_VILLAGE)
    made = bulk.made(23, start=NOW - timedelta(days=40), every=timedelta(hours=41))
    bulk.put([replace(one, verified_by="g", status=Status.WITH_CENTRE) for one in made])
    whole = tried(days=92, limit=500)
    assert whole.totals.reports == 23
    ids: list[str] = []
    page, queries = tried(days=92, limit=limit), 0
    while True:
        ids += [one.report.id for one in page.trials]
        if page.cursor is None:
            break
        with counted() as calls:
            page = tried(days=92, limit=limit, cursor=page.cursor)
        queries = max(queries, calls.names.count("Query"))
    assert ids == [one.report.id for one in whole.trials] and len(set(ids)) == 23
    assert page.totals == whole.totals
    assert queries <= 3 * 4  # villages and outside, in each month that is left


def test_a_page_of_another_draft_or_another_trial_is_refused() -> None:
    save(WORKS_AND_VILLAGE)
    bulk.put([at_work(f"a{number}", days_ago=number) for number in range(1, 4)])
    cursor = tried(limit=1).cursor
    assert refused(limit=1, cursor=cursor, days=31) == (Invalid, "bad_cursor")
    assert refused(limit=1, cursor=cursor, as_of=date(2026, 12, 1)) == (Invalid, "bad_cursor")
    save(row("other", "0303", lead="D01"))
    assert refused(limit=1, cursor=cursor) == (StaleVersion, "changed_meanwhile")


@pytest.mark.parametrize(
    "forged",
    [
        {"until": "0001-01-01T00:00:00Z"},
        {"until": "2026-11-23T01:00:00"},
        {"until": "9999-12-31T23:59:59Z"},
        {"after": ["9999-12-31T23:59:59Z", "x"]},
        {"after": ["0001-01-01T00:00:00Z", "x"]},
        {"after": ["yesterday", "x"]},
        {"totals": {"reports": "many"}},
        {"days": 10**30},
    ],
)
def test_a_forged_cursor_is_refused_or_harms_nobody(forged: dict[str, Any]) -> None:
    version = save(WORKS_AND_VILLAGE)
    plain: dict[str, Any] = {
        "days": 30,
        "as_of": "2026-11-23",
        "until": NOW.isoformat(),
        "version": version,
        "edition": 1,
        "after": None,
        "totals": {},
    }
    assert cursors.opened(cursors.sealed(plain), Position)
    try:
        found = tried(cursor=cursors.sealed(plain | forged))
    except DomainError as refusal:
        assert refusal.rule == "bad_cursor"
    else:
        assert "after" in forged and found.cursor is None


def test_a_draft_that_could_not_be_published_is_not_tried_and_none_neither() -> None:
    assert refused() == (NotFound, "no_draft")
    save(row("x", lead="D99"))
    assert refused() == (Invalid, "routing_unknown")


def test_only_the_townships_admin_tries() -> None:
    save(WORKS_AND_VILLAGE)
    for by in (CENTRE, replace(ADMIN, posts=())):
        with pytest.raises(Forbidden):
            tried(by=by)


def test_a_trial_reads_and_writes_nothing() -> None:
    save(WORKS_AND_VILLAGE)
    bulk.put([at_work("a")])
    with counted() as calls:
        tried()
    assert calls.reads == len(calls.names)
    assert calls.names[:2] == ["GetItem", "BatchGetItem"] and set(calls.names[2:]) == {"Query"}
