"""Evidence says of the ledger what the ledger says, whatever the order, and of reports only what is no secret."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.honours.evidence import MOST_NAMED, Evidence, drawn
from chalicelib.domain.points import caps
from chalicelib.domain.points.rules import Cap, CapUnit
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import Transfer, corrected
from chalicelib.domain.reports.model import Report, Status
from tests.builders import NOW, report
from tests.honouring import entry

CAP = Cap(group="report", unit=CapUnit.POINTS, day=30, month=40, ever=None)


def evidence(
    entries: Sequence[Transfer] = (), reports: Sequence[Report] = (), forfeited: Collection[str] = ()
) -> Evidence:
    return drawn(1, entries, reports, forfeited=forfeited, major=3, by="a", now=NOW)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Transfer]:
    """Entries under a cap and without, of two years, honour and none, pending ones, some taken back."""
    found: list[Transfer] = []
    for number in range(draw(st.integers(0, 14))):
        made = entry(
            f"e{number}",
            draw(st.sampled_from([2, 10, 20, -5])),
            rule=draw(st.sampled_from(["P11", "P13", "P91"])),
            day=draw(st.sampled_from(["2025-12-31", "2026-11-22", "2026-11-23"])),
            honour=True,
            state=draw(st.sampled_from([EntryState.POSTED, EntryState.POSTED, EntryState.PENDING])),
        )
        capped = made.earned > 0 and draw(st.booleans())
        made = replace(made, cap=CAP) if capped else made
        found.append(made)
        if made.state is EntryState.POSTED and draw(st.booleans()):
            found.append(corrected(made, id=f"x{number}", event_id="x", at=NOW))
    return found


@given(ledgers(), st.randoms(use_true_random=False))
def test_the_score_is_the_wallets_and_the_rows_add_up_to_the_entries(entries: list[Transfer], random: object) -> None:
    made = evidence(entries)
    posted = [one for one in entries if one.honour and one.state is EntryState.POSTED]
    assert made.score == caps.wallet(entries).honour == sum(made.scores.values())
    assert made.points == sum(row.points for row in made.earned) == sum(one.earned for one in posted)
    assert sum(row.entries for row in made.earned) == len(posted)
    shuffled = list(entries)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert evidence(shuffled) == made


def test_rows_are_by_month_and_rule() -> None:
    made = evidence([entry("a", 50), entry("b", 60), entry("c", 5, rule="P12", day="2025-01-02")])
    assert [(row.month, row.rule, row.entries, row.points) for row in made.earned] == [
        ("2025-01", "P12", 1, 5),
        ("2026-11", "P17", 2, 110),
    ]
    assert made.scores == {"2025": 5, "2026": 110} and made.score == 115


def test_what_counts_no_honour_is_no_evidence() -> None:
    assert evidence([entry("a", 30, honour=False), entry("b", 20, state=EntryState.PENDING)]).earned == ()


def test_reports_are_counted_once_found_true_and_solved_once_somebody_looked_again() -> None:
    nature = report().nature
    found = [
        report(Status.CLOSED, id="solved"),
        report(Status.CLOSED, id="unchecked", unchecked=True),
        report(Status.CLOSED, id="unsolved", unsolved=True),
        report(Status.IN_HANDLING, id="grave", nature=replace(nature, severity=3)),
        report(Status.SUBMITTED, id="new"),
        report(Status.INVALID, id="false"),
        report(Status.WITH_CENTRE, id="unverified", verified_by=None),
        report(Status.CLOSED, id="secret", nature=replace(nature, confidential=True)),
        report(Status.CLOSED, id="kindless", nature=replace(nature, kind=None)),
    ]
    made = evidence(reports=found)
    assert set(made.verified.ids) == {"solved", "unchecked", "unsolved", "grave"}
    assert (made.solved.ids, made.major.ids) == (("solved",), ("grave",))


def test_of_very_many_reports_all_are_counted_and_the_newest_named() -> None:
    made = evidence(reports=[report(Status.CLOSED, id=f"r{number:04}") for number in range(MOST_NAMED + 50)])
    assert (made.verified.count, len(made.verified.ids)) == (MOST_NAMED + 50, MOST_NAMED)
    assert made.verified.ids[0] == f"r{MOST_NAMED + 49:04}"


def test_a_report_that_was_found_forged_is_evidence_of_nothing() -> None:
    nature = replace(report().nature, severity=3)
    found = [report(Status.CLOSED, id=id, nature=nature) for id in ("r1", "r2")]
    made = evidence(reports=found, forfeited={"r2"})
    for counted in (made.verified, made.solved, made.major):
        assert counted.ids == ("r1",) and counted.count == 1
