"""People decide while the verdict changes: whoever comes second knows of the first, and nothing stays behind."""

from collections.abc import Callable

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.domain.points.appeals import Appeal, AppealState, Decision
from chalicelib.domain.points.caps import Wallet
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import answering, appeals, points
from chalicelib.store.points import awards, ledger
from tests.awarding import FIRST, SECOND, adjust, approve, entries, reject, written
from tests.builders import COURIER, NOW, TOWNSHIP
from tests.histories import happened
from tests.lines import told

pytestmark = pytest.mark.usefixtures("everybody")
A, S = Action, Status
THREE = Decision(points=3, answer="应为较大")


def appeal(entry: str) -> Appeal:
    return appeals.appeal(entry, "应评为较大", key=None, by=COURIER, now=NOW)


def decide(id: str, decision: Decision) -> Appeal:
    return answering.decide(id, decision, award_id="w1", key=None, by=FIRST, now=NOW)


def between(monkeypatch: pytest.MonkeyPatch, deed: Callable[[], object]) -> None:
    """Something that happens once, after somebody looked at the entries and before he writes."""
    read, done = ledger.beginning, list[bool]()

    def beginning(account: str, prefix: str) -> list[Transfer]:
        found = read(account, prefix)
        if not done:
            done.append(True)
            deed()
        return found

    monkeypatch.setattr(ledger, "beginning", beginning)


def test_an_appeal_upheld_while_the_verdict_changes_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=2)
    happened(lines)
    points.follow(lines[1], now=NOW)
    made = appeal("r1#000002#P12")
    between(monkeypatch, lambda: points.follow(lines[2], now=NOW))
    with pytest.raises(Conflict, match="entry_taken_back"):
        decide(made.id, THREE)
    assert points.wallet(COURIER.id) == Wallet() and len(entries()) == 2
    assert appeals.view(made.id, by=FIRST, now=NOW).appeal.state is AppealState.OPEN


def test_a_verdict_that_changes_while_an_appeal_is_upheld_takes_that_too(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=2)
    happened(lines)
    points.follow(lines[1], now=NOW)
    made = appeal("r1#000002#P12")
    between(monkeypatch, lambda: decide(made.id, THREE))
    points.follow(lines[2], now=NOW)
    assert points.wallet(COURIER.id) == Wallet() and len(entries()) == 4


def test_an_adjustment_approved_while_the_verdict_changes_gives_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=2)
    happened(lines)
    points.follow(lines[1], now=NOW)
    made = adjust(3, "r1#000002#P12")
    between(monkeypatch, lambda: points.follow(lines[2], now=NOW))
    with pytest.raises(Conflict, match="award_closed"):
        approve(made.id, SECOND)
    assert points.wallet(COURIER.id) == Wallet()


def test_what_people_had_refused_is_given_for_a_true_report_only() -> None:
    lines = told((A.VERIFY, S.WITH_CENTRE), (A.REJECT, S.INVALID), severity=4)
    written(lines[:2])
    points.follow(lines[1], now=NOW)
    (held,) = awards.page(TOWNSHIP, ProposalState.OPEN, limit=9, cursor=None).proposals
    reject(held.id, SECOND)
    made = appeal("r1#000002#P14#outcome")
    written(lines[2:])
    with pytest.raises(Conflict, match="report_untrue"):
        decide(made.id, Decision(points=20, answer="属实"))
