"""A result is frozen once, after the days in which late events count; its first three are awarded once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.access import Entry, What
from chalicelib.domain.people.model import Role
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.rankings.results import Count
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.notifications import inbox
from chalicelib.services.people import access
from chalicelib.services.points import points, posting
from chalicelib.services.rankings import results, showing
from chalicelib.store.figures import marks
from chalicelib.store.rankings import boards
from tests.builders import AUDITOR, CENTRE, COMMITTEE, COURIER, NOW, actor
from tests.machine import Dead, Machine, plugged_in
from tests.ranked import earned, enrolled, post, ranked, sent_for

pytestmark = pytest.mark.usefixtures("rules")
MONTH = "2026-11"
DUE = datetime(2026, 12, 4, 8, tzinfo=ZONE)
LATER = DUE + timedelta(hours=5)


@pytest.fixture(autouse=True)
def sent() -> Iterator[list[str]]:
    with sent_for() as sent:
        yield sent


@pytest.fixture(autouse=True)
def four(rules: None) -> None:
    for number in range(1, 5):
        enrolled(f"p{number}")
        post(f"p{number}", 100 - number)


def order(period: str = MONTH) -> list[str]:
    result = boards.result(period)
    return [row.courier_id for row in result.rows] if result else []


def awards(courier: str) -> list[tuple[str, int, Kind, str]]:
    entries = points.page(courier, limit=50, cursor=None).entries
    return [(one.id, one.earned, one.kind, one.zh) for one in entries if one.kind is Kind.RANK]


def test_a_month_is_frozen_at_eight_when_its_late_events_are_in() -> None:
    assert results.freeze_due(now=DUE - timedelta(hours=1)) == 0 and order() == []
    assert results.freeze_due(now=DUE) == 1 and order() == ["p1", "p2", "p3", "p4"]
    assert results.freeze_due(now=DUE) == 0
    assert not any(marks.is_set(f"ranking#{name}") for name in ("2026-Q4", "2026"))


def test_what_happened_in_the_last_second_and_came_late_counts_what_happened_after_does_not() -> None:
    last = datetime(2026, 11, 30, 23, 59, 59, tzinfo=ZONE)
    post("p4", 90, at=last)
    post("p3", 95, at=last + timedelta(seconds=1))
    results.freeze_due(now=DUE)
    assert order() == ["p4", "p1", "p2", "p3"]


def test_the_first_three_are_awarded_once_with_a_sentence_and_a_message() -> None:
    results.freeze_due(now=DUE)
    ((id, amount, _, zh),) = awards("p1")
    assert (id, amount) == ("rank-2026-11#P51", 30)
    assert zh == "月度第一：30分（2026-11排名第1，荣誉分99、办结0件；规则P51第1版）。"
    assert [awards(one)[0][:2] for one in ("p2", "p3")] == [("rank-2026-11#P52", 20), ("rank-2026-11#P53", 10)]
    assert awards("p4") == []
    assert points.wallet("p1") == Wallet(balance=129, honour=99)  # an award does not rank
    (message,) = inbox.page("p1", limit=5, cursor=None, now=LATER).messages
    assert message.template == "rank_awarded" and "列第1名" in message.zh and "number 1 of 2026-11" in message.en


def test_who_shares_the_first_place_gets_the_same_and_the_second_award_is_left_out() -> None:
    post("p2", 1, event="more")  # equal in honour and solved; the moment is the same
    results.freeze_due(now=DUE)
    assert [awards(one)[0][0] for one in ("p1", "p2", "p3")] == [
        "rank-2026-11#P51",
        "rank-2026-11#P51",
        "rank-2026-11#P53",
    ]


def test_what_broke_off_between_the_result_and_the_awards_goes_on_in_the_next_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(posting, "post", lambda entries: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            results.freeze_due(now=DUE)
    assert order() == ["p1", "p2", "p3", "p4"] and awards("p1") == []
    post("p4", 90, event="late")
    assert results.freeze_due(now=LATER) == 1
    assert order() == ["p1", "p2", "p3", "p4"] and awards("p4") == [] and len(awards("p3")) == 1


def test_several_at_once_freeze_and_award_once() -> None:
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: results.freeze_due(now=DUE), range(6)))
    assert [len(awards(f"p{number}")) for number in range(1, 5)] == [1, 1, 1, 0]
    assert len(inbox.page("p1", limit=5, cursor=None, now=LATER).messages) == 1


def test_a_late_event_changes_no_result_and_is_shown_as_a_correction() -> None:
    results.freeze_due(now=DUE)
    before = boards.result(MONTH)
    post("p4", 90, event="late")
    posting.post([taken("p1", 99)])
    ranked(now=LATER)
    assert boards.result(MONTH) == before
    found = results.corrections(MONTH, by=CENTRE, now=LATER)
    assert [(one.name, one.correction.before, one.correction.after) for one in found.listed] == [
        ("林p1", Count(rank=1, honour=99, solved=0), Count(rank=None, honour=0, solved=0)),
        ("林p4", Count(rank=4, honour=96, solved=0), Count(rank=1, honour=186, solved=0)),
    ]
    assert found.total == 2 and before and found.frozen_at == before.as_of < found.as_of
    assert len(awards("p1")) == 1  # a person decides


def test_a_frozen_board_is_read_as_it_stood_with_what_is_known_now_beside_it() -> None:
    results.freeze_due(now=DUE)
    post("p4", 90, event="late")
    ranked(now=LATER)
    found = showing.page(MONTH, area=None, employer=None, by=actor("p4", (Role.COURIER, "p4")), now=LATER)
    assert found.frozen and found.as_of == DUE
    assert [(one.rank, one.honour, one.now) for one in found.top][-1] == (4, 96, (186, 0))
    assert [one.now for one in found.top[:3]] == [None] * 3


def test_a_board_ranked_before_the_result_was_frozen_is_not_what_is_known_now() -> None:
    ranked(now=DUE - timedelta(minutes=10))
    post("p4", 90, event="late")
    results.freeze_due(now=DUE)
    found = showing.page(MONTH, area=None, employer=None, by=actor("p4", (Role.COURIER, "p4")), now=LATER)
    assert found.frozen and found.top[0].honour == 186 and [one.now for one in found.top] == [None] * 4
    difference = results.corrections(MONTH, by=CENTRE, now=LATER)
    assert (difference.total, difference.as_of) == (0, DUE)


@pytest.mark.parametrize("after", [False, True])
def test_a_death_between_any_two_calls_freezes_awards_and_tells_once(after: bool) -> None:
    for number in range(60):
        with suppress(Dead), plugged_in(Machine(dies_at=number, after=after)) as machine:
            results.freeze_due(now=DUE + number * timedelta(minutes=1))
        if machine.dies_at is not None:
            break
        post("p4", 1, event=f"late-{number}")  # what comes after the result changes nothing of it
    assert number > 5 and results.freeze_due(now=LATER) == 0
    first = order()
    assert len(first) == 4 and [len(awards(one)) for one in first] == [1, 1, 1, 0]
    for one in first[:3]:
        found = inbox.page(one, limit=9, cursor=None, now=LATER).messages
        assert [message.template for message in found] == ["rank_awarded"]


def test_who_is_awarded_is_told_once_though_the_days_of_grace_were_edited_between_two_tries(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(marks, "set_once", lambda id, at: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            results.freeze_due(now=DUE)
    monkeypatch.setattr(results, "grace", lambda book: timedelta(days=2))
    assert results.freeze_due(now=LATER) == 1
    assert len(inbox.page("p1", limit=9, cursor=None, now=LATER).messages) == len(awards("p1")) == 1


def test_nothing_is_frozen_of_a_period_in_which_nobody_earned() -> None:
    enrolled("p1")
    results.freeze_due(now=datetime(2026, 11, 4, 9, tzinfo=ZONE))
    assert order("2026-10") == [] and marks.is_set("ranking#2026-10")


def test_quarter_and_year_are_frozen_without_awards() -> None:
    results.freeze_due(now=datetime(2027, 1, 4, 8, tzinfo=ZONE))
    assert order("2026-Q4") == order("2026") == order() == ["p1", "p2", "p3", "p4"]
    assert len(awards("p1")) == 1 and order("2026-12") == []


def test_who_hides_takes_no_award_and_no_place_in_the_result() -> None:
    enrolled("p1", hidden_in_ranking=True)
    results.freeze_due(now=DUE)
    assert awards("p1") == [] and awards("p2")[0][0] == "rank-2026-11#P51"


def test_awards_made_late_lie_on_the_day_they_were_due() -> None:
    """Else those of two months might fall into one, whose limit is one."""
    post("p1", 60, at=datetime(2026, 12, 5, tzinfo=ZONE))
    results.freeze_due(now=datetime(2027, 1, 5, 9, tzinfo=ZONE))
    entries = [one for one in points.page("p1", limit=50, cursor=None).entries if one.kind is Kind.RANK]
    days = {one.event_id: one.day for one in entries}
    assert days == {"rank-2026-12": "2027-01-04", "rank-2026-11": "2026-12-04"}
    assert points.wallet("p1").balance == 99 + 60 + 30 + 30


def test_corrections_are_the_offices_without_names_for_the_auditor() -> None:
    with pytest.raises(NotFound):
        results.corrections(MONTH, by=CENTRE, now=NOW)
    results.freeze_due(now=DUE)
    post("p4", 90, event="late")
    ranked(now=LATER)
    for by in (AUDITOR, COMMITTEE):
        assert [one.name for one in results.corrections(MONTH, by=by, now=LATER).listed] == ["林**"]
    own = access.page(actor=AUDITOR.id, by=AUDITOR, now=LATER, limit=9, cursor=None).entries
    assert (What.READ_RANKINGS, MONTH) in [(one.what, one.subject) for one in own]
    with pytest.raises(Forbidden):
        results.corrections(MONTH, by=COURIER, now=LATER)


def test_who_is_seen_by_nobody_is_in_no_correction_and_who_reads_names_is_noted() -> None:
    results.freeze_due(now=DUE)
    for number in (2, 3, 4):
        post(f"p{number}", 90, event="late")
    showing.show(False, by=actor("p2", (Role.COURIER, "p2")), now=LATER)
    ranked(now=LATER)
    showing.show(False, by=actor("p3", (Role.COURIER, "p3")), now=LATER)  # no ranking knows it yet
    found = results.corrections(MONTH, by=CENTRE, now=LATER)
    assert [one.correction.courier_id for one in found.listed] == ["p4"]
    assert [(line.what, line.actor_id) for line in about("p4")] == [(What.SAW_PERSON, CENTRE.id)]
    assert What.SAW_PERSON not in {line.what for id in ("p2", "p3") for line in about(id)}


def about(person: str) -> list[Entry]:
    return access.about(person, now=LATER, limit=9, cursor=None).entries


def taken(courier: str, points: int) -> Transfer:
    return earned(courier, -points, rule="P91", event="fraud")
