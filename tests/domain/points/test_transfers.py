"""Entries of the ledger: what is earned, and what names it to take it back."""

from datetime import timedelta

from chalicelib.domain.points.awards import Grant
from chalicelib.domain.points.rules import read
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import (
    EXPIRY,
    ISSUANCE,
    REDEMPTION,
    corrected,
    granted,
    moved,
    outcome_id,
    settled,
    voided,
)
from chalicelib.domain.reports.model import Action, Status
from tests.builders import DATA, NOW
from tests.lines import told

RULES = read((DATA / "points_rules.csv").read_bytes()).on("2026-11-23").by_code
LINES = told((Action.VERIFY, Status.WITH_CENTRE), (Action.REJECT, Status.INVALID), at=NOW + timedelta(hours=14))


def test_what_is_earned_comes_from_the_issuance_and_names_rule_edition_and_event() -> None:
    entry = granted(Grant(event=LINES[1], rule="P12"), RULES["P12"], 7)
    assert (entry.id, entry.debit, entry.credit, entry.amount) == ("r1#000002#P12", ISSUANCE, "courier:courier", 5)
    assert (entry.state, entry.rule, entry.edition, entry.event_id) == (EntryState.POSTED, "P12", 7, "r1#000002")
    assert (entry.earned, entry.day, entry.honour) == (5, "2026-11-24", True)


def test_what_people_must_approve_is_pending() -> None:
    assert granted(Grant(event=LINES[1], rule="P14"), RULES["P14"], 1).state is EntryState.PENDING


def test_a_penalty_goes_the_other_way() -> None:
    entry = granted(Grant(event=LINES[1], rule="P91"), RULES["P91"], 1)
    assert (entry.debit, entry.amount, entry.earned) == ("courier:courier", 10, -10)


def test_a_correction_names_the_old_entry_and_counts_against_its_day() -> None:
    old = granted(Grant(event=LINES[1], rule="P12"), RULES["P12"], 7)
    entry = corrected(old, id="r1#000003#P12", event_id=LINES[2].id, at=LINES[2].at)
    assert (entry.id, entry.corrects, entry.event_id) == ("r1#000003#P12", old.id, "r1#000003")
    assert (entry.state, entry.earned, entry.day, entry.at) == (EntryState.POSTED, -5, old.day, LINES[2].at)


def test_what_was_pending_is_voided_or_made_good_and_never_both() -> None:
    pending = granted(Grant(event=LINES[1], rule="P14"), RULES["P14"], 7)
    void = voided(pending, event_id=LINES[2].id, at=LINES[2].at)
    good = settled(pending, event_id="approval", at=LINES[2].at)
    assert (void.state, void.earned, void.corrects) == (EntryState.VOIDED, -20, pending.id)
    assert (good.state, good.earned, good.settles, good.day) == (EntryState.POSTED, 20, pending.id, pending.day)
    assert void.id == good.id == outcome_id(pending.id)


def test_what_is_spent_goes_to_the_redemption_and_comes_back_from_it() -> None:
    spent = moved("c", -30, Kind.REDEEM, id="x#redeem", event_id="x", at=NOW, lots={"2026": -30})
    assert (spent.debit, spent.credit, spent.earned) == ("courier:c", REDEMPTION, -30)
    back = moved("c", 30, Kind.RETURN, id="x#return", event_id="x", at=NOW, lots={"2026": 30})
    assert (back.debit, back.credit, back.earned) == (REDEMPTION, "courier:c", 30)
    assert moved("c", -5, Kind.EXPIRE, id="e", event_id="2026", at=NOW, lots={"2026": -5}).credit == EXPIRY
