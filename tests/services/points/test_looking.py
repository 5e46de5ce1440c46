"""Staff look into the ledger: by courier, report, days and rule, each look noted; and a draft of the rules is tried."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import Forbidden, Invalid, StaleVersion
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points.appeals import AppealState
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.people import access
from chalicelib.services.points import appeals, points, searching, trials, waiting
from chalicelib.services.points.searching import Found, Question
from chalicelib.services.points.trials import Wish
from tests.awarding import FIRST, SECOND, approve, entries, known, propose
from tests.builders import ADMIN, AUDITOR, COMMITTEE, COURIER, COURIER2, NOW
from tests.conftest import DATA
from tests.histories import happened
from tests.judging import appeal, decide, hear, raised
from tests.lines import told
from tests.suspects import P92
from tests.suspicions import VERIFIED, stored

pytestmark = pytest.mark.usefixtures("ledger")
A, S = Action, Status
LATER = NOW + timedelta(hours=3)
MINUTE = timedelta(minutes=1)
TODAY = {"first": "2026-11-23", "last": "2026-11-23"}
SHIPPED = (DATA / "points_rules.csv").read_text(encoding="utf-8")


@pytest.fixture
def ledger(rules: None) -> None:
    """Two reports of one courier, one verified and taken back; an award of his, one of another's."""
    known(AUDITOR, ADMIN)
    for name, severity in (("r1", 2), ("r2", 3)):
        lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), subject=name, severity=severity)
        happened(lines)
        points.follow(lines[1], now=LATER)
        if name == "r2":
            points.follow(lines[2], now=LATER)
    propose("P34", reason="宣传", now=NOW)
    propose("P34", reason="宣传", now=NOW, courier_id=COURIER2.id)


def question(**changes: object) -> Question:
    return Question(**({"purpose": "核对", "limit": 50, "cursor": None} | changes))  # type: ignore[arg-type]


def of_courier(by: Actor = FIRST, **changes: object) -> Found:
    return searching.of_courier(COURIER.id, question(**changes), by=by, now=LATER)


def test_the_centre_sees_what_a_courier_has_and_he_sees_that_it_looked() -> None:
    found = of_courier()
    assert found.holding and found.holding.wallet == Wallet(balance=7, honour=7)
    assert {entry.id for entry in found.entries} == {entry.id for entry in entries()} and found.name == "林小川"
    (line,) = [one for one in access.about(COURIER.id, now=LATER, limit=9, cursor=None).entries if one.at == LATER]
    assert (line.what, line.purpose) == ("saw_points", "核对")


def test_who_sees_what_waits_for_people_is_noted_by_whose_it_is() -> None:
    waits = propose("P17", now=NOW)
    made = appeals.appeal("r1#000002#P12", "应为较大", key=None, by=COURIER, now=LATER)
    looks: list[Callable[[datetime], object]] = [
        lambda at: waiting.listing(ProposalState.OPEN, by=COMMITTEE, now=at, limit=9, cursor=None),
        lambda at: waiting.view(waits.id, by=COMMITTEE, now=at),
        lambda at: appeals.listing(AppealState.OPEN, overdue=False, by=FIRST, now=at, limit=9, cursor=None),
        lambda at: appeals.view(made.id, by=FIRST, now=at),
    ]
    for number, look in enumerate(looks, start=1):
        look(LATER + number * MINUTE)
    appeals.view(made.id, by=COURIER, now=LATER + 5 * MINUTE)  # his own
    lines = access.about(COURIER.id, now=LATER + 9 * MINUTE, limit=9, cursor=None).entries
    noted = [(line.what, line.actor_id) for line in lines if line.at > LATER]
    saw = What.SAW_POINTS
    assert noted == [(saw, FIRST.id), (saw, FIRST.id), (saw, COMMITTEE.id), (saw, COMMITTEE.id)]


def test_by_rule_and_by_days() -> None:
    assert {entry.rule for entry in of_courier(rule="P13").entries} == {"P13"} and len(
        of_courier(rule="P13").entries
    ) == 2
    assert of_courier(first="2026-11-24", last="2026-11-24").entries == []
    everybody = searching.of_days(question(rule="P34", **TODAY), by=FIRST, now=LATER)
    assert {entry.courier_id for entry in everybody.entries} == {COURIER.id, COURIER2.id}


def test_pages_go_on_where_the_last_one_ended() -> None:
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = searching.of_days(question(limit=2, cursor=cursor, **TODAY), by=FIRST, now=LATER)
        seen += [entry.id for entry in page.entries]
        cursor = page.cursor
    assert len(seen) == len(set(seen)) == 5


def test_all_that_a_report_gave_and_took() -> None:
    found = searching.of_report("r2", question(), by=FIRST, now=LATER)
    assert {entry.id for entry in found.entries} == {"r2#000002#P13", "r2#000003#P13"} and not found.masked
    assert searching.of_report("r9", question(), by=FIRST, now=LATER).entries == []


def test_what_a_finding_about_it_took_hangs_on_the_report_as_well() -> None:
    stored("r3", *VERIFIED)
    made, other = raised(Signal.SPEED, "r3"), raised(Signal.SPEED, "r4")
    decide(made, P92)
    decide(other, P92)
    appeal(made)
    hear(made, True)
    found = searching.of_report("r3", question(rule="P92"), by=FIRST, now=LATER)
    assert {entry.id for entry in found.entries} == {f"{made.id}#P92", f"{made.id}.appeal#P92"}


def test_the_auditor_reads_masked_and_others_nothing() -> None:
    found = of_courier(AUDITOR)
    assert found.masked and found.name == "林**" and found.holding is None
    assert searching.of_report("r1", question(), by=AUDITOR, now=LATER).masked
    for who in (COMMITTEE, COURIER, ADMIN):
        with pytest.raises(Forbidden):
            of_courier(who)
    with pytest.raises(Invalid, match="export_purpose"):
        of_courier(purpose=" ")


def test_an_auditors_cursor_names_neither_instant_nor_entry_and_pages_go_on_whatever_comes_meanwhile() -> None:
    whole = [entry.id for entry in of_courier(AUDITOR).entries]
    seen: list[str] = []
    cursor = None
    while cursor or not seen:
        page = of_courier(AUDITOR, limit=2, cursor=cursor)
        seen += [entry.id for entry in page.entries]
        cursor = page.cursor
        if cursor:
            told = base64.urlsafe_b64decode(cursor + "==").decode()
            assert not any(entry.id in told or f"{entry.at:%H:%M:%S.%f}" in told for entry in entries())
            propose("P34", reason="宣传", now=LATER + timedelta(minutes=1))
    assert seen == whole and len(whole) == 4
    sifted = of_courier(AUDITOR, rule="P13", limit=1)
    assert sifted.cursor and len(sifted.entries) == 1
    (second,) = of_courier(AUDITOR, rule="P13", limit=1, cursor=sifted.cursor).entries
    assert second.rule == "P13" and second.id != sifted.entries[0].id


def test_a_page_by_entries_is_the_centres_alone() -> None:
    with pytest.raises(Invalid, match="bad_cursor"):
        of_courier(AUDITOR, limit=2, cursor=of_courier(limit=2).cursor)


def tried(table: str = SHIPPED, *, limit: int = 10, cursor: str | None = None, days: int = 30) -> trials.Found:
    wish = Wish(table=table.encode(), days=days, limit=limit, cursor=cursor)
    return trials.tried(wish, by=ADMIN, now=LATER)


def test_the_rules_in_force_tried_on_the_past_give_what_was_given() -> None:
    approve(propose(now=NOW).id, SECOND, now=NOW)
    found = tried()
    assert [share.courier_id for share in found.shares] == [COURIER.id, COURIER2.id]
    assert not any(share.changes for share in found.shares) and found.totals.entries_changed == 0
    assert (found.totals.couriers, found.totals.given, found.totals.draft) == (2, 9, 9)
    assert found.shares[0].given == points.wallet(COURIER.id) and found.names[COURIER.id] == "林小川"


def test_a_draft_shows_each_entry_side_by_side_and_what_the_caps_leave() -> None:
    for _ in range(5):
        propose("P34", now=NOW)
    draft = SHIPPED.replace("confirmed action,2,2,1", "confirmed action,4,4,1")
    assert draft != SHIPPED
    before = points.wallet(COURIER.id)
    found = tried(draft)
    mine = found.shares[0]
    assert [(one.given.earned, one.draft.earned) for one in mine.tried if one.draft and one.changes] == [(2, 4)] * 6
    assert (mine.given.balance, mine.draft.balance) == (15, 15)  # ten a day at most, either way
    assert (found.shares[1].given.balance, found.shares[1].draft.balance) == (2, 4)
    assert points.wallet(COURIER.id) == before


def test_what_a_draft_drops_gives_nothing_and_takes_nothing_back() -> None:
    draft = "\n".join(line for line in SHIPPED.splitlines() if not line.startswith("P13"))
    mine = tried(draft).shares[0]
    assert [one.draft for one in mine.tried if one.given.rule == "P13"] == [None, None]
    assert mine.draft == mine.given


def test_a_trial_is_read_in_pages_and_belongs_to_its_draft() -> None:
    first = tried(limit=1)
    assert first.cursor and first.totals.couriers == 1
    second = tried(limit=1, cursor=first.cursor)
    assert [share.courier_id for share in second.shares] == [COURIER2.id] and second.totals.couriers == 2
    with pytest.raises(StaleVersion, match="changed_meanwhile"):
        tried(SHIPPED + "\n", limit=1, cursor=first.cursor)
    with pytest.raises(Invalid, match="bad_cursor"):
        tried(limit=1, cursor=first.cursor, days=31)
    with pytest.raises(Invalid, match="points_trial_span"):
        tried(days=93)
    with pytest.raises(Invalid, match="reference"):
        tried("code\nP12")
    with pytest.raises(Forbidden):
        trials.tried(Wish(table=SHIPPED.encode(), days=3, limit=1, cursor=None), by=FIRST, now=LATER)


def in_october(*days: int) -> None:
    """Ten points on each of these days."""
    for day in days:
        at = datetime(2026, 10, day, 2, tzinfo=UTC)
        lines = told((A.VERIFY, S.WITH_CENTRE), subject=f"o{day}", severity=3, at=at)
        happened(lines)
        points.follow(lines[1], now=LATER)


def test_what_lies_before_the_trial_takes_up_its_part_of_a_months_limit() -> None:
    in_october(*range(1, 32))
    mine = tried(days=29).shares[0]  # since the 25th, at noon
    october = [one for one in mine.tried if one.given.day < "2026-11"]
    assert len(october) == 6 and all(not one.changes for one in mine.tried)
    assert mine.given.balance == points.wallet(COURIER.id).balance - 250  # 250 until the 25th, 300 at most
    assert mine.draft == mine.given
    assert [one.given.at for one in mine.tried] == sorted(one.given.at for one in mine.tried)


def test_what_takes_back_an_older_entry_goes_by_the_rules_of_that_one() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), subject="old", severity=3)
    at = datetime(2026, 9, 3, 2, tzinfo=UTC)
    lines = [replace(line, at=at if line.number < 3 else NOW) for line in lines]
    happened(lines)
    for line in lines[1:]:
        points.follow(line, now=LATER)
    draft = SHIPPED.replace("severity 3,10,10", "severity 3,20,20")
    assert draft != SHIPPED
    mine = tried(draft).shares[0]
    (back,) = [one for one in mine.tried if one.given.report_id == "old"]
    assert back.draft == back.given and back.given.earned == -10
    assert mine.given.balance == 7 - 10 == mine.draft.balance


def test_it_is_said_who_agrees_by_the_draft_and_of_whom_not_all_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = SHIPPED.replace("points,,300,,2", "points,,300,,1")
    assert tried(draft).approvers == {"P14": (2, 1)} and tried().approvers == {}
    assert tried().totals.couriers_cut == 0
    monkeypatch.setattr(trials, "MOST", 2)
    found = tried()
    assert (found.shares[0].cut, found.shares[1].cut, found.totals.couriers_cut) == (True, False, 1)
