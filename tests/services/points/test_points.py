"""Points follow the history, in whatever order and however often it is told."""

from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import NotFound
from chalicelib.domain.events import Event
from chalicelib.domain.points import caps
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.scores import Score
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.reports.life import TRANSITIONS
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import points
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.reference import reference
from tests.builders import COURIER, NOW
from tests.lines import Step, by, told
from tests.services.points.memory import SHIPPED, Memory, in_memory

A, S = Action, Status
LATER = NOW + timedelta(days=90)


def ended(lines: Sequence[Event], telling: Iterable[Event]) -> Memory:
    """What stands after the events of `telling` were followed one by one."""
    with in_memory(lines) as memory:
        for line in telling:
            points.follow(line, now=LATER)
    return memory


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Some reports of one courier, each a walk through the status table."""
    lines: list[Event] = []
    for number in range(draw(st.integers(1, 5))):
        steps: list[Step] = []
        status = S.SUBMITTED
        for _ in range(draw(st.integers(1, 8))):
            step = draw(
                st.sampled_from([(a, after) for (s, a), nexts in TRANSITIONS.items() if s is status for after in nexts])
            )
            steps.append(step)
            status = step[1]
        at = NOW + timedelta(hours=draw(st.integers(0, 60)))
        severity = draw(st.sampled_from([1, 2, 3, 3, 4]))
        kind = draw(st.sampled_from(["0303", "0303", "0801"]))
        lines += told(*steps, subject=f"r{number}", at=at, severity=severity, kind=kind)
    return lines


@given(histories(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_any_order_with_duplicates_ends_in_the_same_ledger_and_wallet(lines: list[Event], random: object) -> None:
    in_order = ended(lines, lines)
    telling = lines * 2
    random.shuffle(telling)  # type: ignore[attr-defined]  # hypothesis' own Random
    mixed = ended(lines, telling)
    assert mixed.entries == in_order.entries and mixed.wallet == in_order.wallet
    assert {key: window.tally for key, window in mixed.windows.items()} == {
        key: window.tally for key, window in in_order.windows.items()
    }
    assert {key: replace(score, version=0) for key, score in mixed.scores.items()} == {
        key: replace(score, version=0) for key, score in in_order.scores.items()
    }
    assert +mixed.lots == +in_order.lots


@given(histories())
@settings(max_examples=150)
def test_the_wallet_is_what_the_ledger_makes_it_and_no_report_is_paid_twice(lines: list[Event]) -> None:
    memory = ended(lines, lines)
    entries = list(memory.entries.values())
    assert memory.wallet == caps.wallet(entries)
    assert 0 <= memory.wallet.balance == memory.wallet.honour <= 30 * 30
    assert sum(memory.lots.values()) == memory.wallet.balance
    ever = memory.scores.get("ever", Score())
    assert ever.honour == memory.wallet.honour
    closes = [entry for entry in entries if entry.rule == "P15"]
    assert ever.solved == sum(-1 if entry.corrects else 1 for entry in closes)
    for report in {line.subject_id for line in lines}:
        paid = [entry for entry in entries if entry.report_id == report]
        close = sum(entry.earned for entry in paid if entry.rule == "P15")
        verdict = sum(entry.earned for entry in paid if entry.rule != "P15")
        assert close in (0, 2) and verdict in (0, 2, 5, 10, 20)
        assert all(entry.zh and entry.en for entry in paid)


def test_taking_back_first_and_giving_second_leaves_both_entries_and_no_points() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID))
    memory = ended(lines, [lines[2], lines[1], lines[2]])
    given_, taken = memory.entries["r1#000002#P12"], memory.entries["r1#000003#P12"]
    assert taken.corrects == given_.id and memory.wallet == Wallet()


def test_a_pending_award_is_voided_with_the_verdict() -> None:
    lines = told((A.DISPATCH, S.DISPATCHED), (A.RETURN, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=4)
    assert ended(lines, lines[:2]).wallet == Wallet(pending=20)
    memory = ended(lines, lines)
    assert memory.wallet == Wallet() and memory.entries["r1#000002#P14#outcome"].state is EntryState.VOIDED


def test_an_event_that_is_not_in_the_history_fails() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE))
    with in_memory(lines[:1]), pytest.raises(NotFound):
        points.follow(lines[1], now=LATER)


def test_an_entry_explains_itself_in_both_languages() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID))
    entries = ended(lines, lines).entries
    assert entries["r1#000002#P12"].zh == "核实有效·一般：5分（规则P12第1版，2026-11-23）。"
    assert entries["r1#000002#P12"].en == "Found true, ordinary: 5 points (rule P12, edition 1, 2026-11-23)."
    assert entries["r1#000003#P12"].zh == "改判：收回5分（规则P12第1版，2026-11-23）。"


def test_a_rule_that_the_edition_does_not_know_pays_nothing() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE))
    with in_memory(lines, rules=SHIPPED.splitlines()[0]) as memory:
        points.follow(lines[1], now=LATER)
    assert memory.entries == {}


@pytest.fixture
def points_rules(tables: str) -> None:
    """The points rules as shipped, in force since the year began."""
    reference.publish("points_rules", SHIPPED, base=None, by="test", now=datetime(2026, 1, 1, tzinfo=UTC))


def stored(*histories: list[Event]) -> list[Event]:
    """The lines, in the history of the store."""
    for line in (lines := [line for each in histories for line in each]):
        transaction = Transaction()
        history.append(line, transaction)
        transaction.commit()
    return lines


@pytest.mark.usefixtures("points_rules")
def test_a_day_of_reports_is_paid_up_to_the_cap_on_a_real_table() -> None:
    lines = stored(*(told((A.VERIFY, S.WITH_CENTRE), subject=f"r{number}", severity=3) for number in range(4)))
    for line in (*lines[::-1], *lines):
        points.follow(line, now=LATER)
    page = points.page(COURIER.id, limit=10, cursor=None)
    assert points.wallet(COURIER.id) == caps.wallet(page.entries) == Wallet(balance=30, honour=30)
    assert [entry.report_id for entry in page.entries] == ["r3", "r2", "r1", "r0"] and page.cursor is None


@pytest.mark.usefixtures("points_rules")
def test_entries_come_back_as_they_were_written_page_by_page() -> None:
    lines = stored(told((A.VERIFY, S.WITH_VILLAGE), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED)))
    expected = ended(lines, lines).entries
    for line in lines:
        points.follow(line, now=LATER)
    first = points.page(COURIER.id, limit=1, cursor=None)
    second = points.page(COURIER.id, limit=1, cursor=first.cursor)
    assert [*first.entries, *second.entries] == [expected["r1#000004#P15"], expected["r1#000002#P12"]]
    assert first.cursor and second.cursor is None


@pytest.mark.usefixtures("points_rules")
def test_many_at_once_pay_each_report_once() -> None:
    lines = stored(*(told((A.VERIFY, S.WITH_CENTRE), subject=f"r{number}", severity=1) for number in range(6)))
    verified = [line for line in lines if line.action is A.VERIFY]
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda line: points.follow(line, now=LATER), verified * 2))
    assert points.wallet(COURIER.id) == Wallet(balance=12, honour=12)


@pytest.mark.usefixtures("points_rules")
def test_giving_and_taking_back_at_once_end_in_nothing() -> None:
    reports = [told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), subject=f"r{number}") for number in range(3)]
    lines = stored(*reports)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda line: points.follow(line, now=LATER), lines[::-1] * 2))
    entries = points.page(COURIER.id, limit=50, cursor=None).entries
    assert points.wallet(COURIER.id) == caps.wallet(entries) == Wallet() and len(entries) == 6


def test_somebody_without_entries_has_an_empty_wallet(tables: str) -> None:
    assert points.wallet("nobody") == Wallet()


def test_closing_by_the_reporter_leaves_no_entry() -> None:
    lines = told((A.VERIFY, S.RESOLVED), (A.CONFIRM, S.CLOSED))
    lines[2] = by(lines[2], COURIER.id, "reporter")
    assert list(ended(lines, lines).entries) == ["r1#000002#P12"]
