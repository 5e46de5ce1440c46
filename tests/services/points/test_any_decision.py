"""Whatever people and verdicts do to decided points, in any order and however often: one outcome, and the caps hold."""

from contextlib import suppress
from datetime import timedelta
from hashlib import sha256

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.points import audit, caps
from chalicelib.domain.points.appeals import Decision
from chalicelib.domain.points.proposals import ProposalState
from chalicelib.domain.points.terms import EntryState, Kind
from chalicelib.domain.points.transfers import account
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.points import answering, appeals, auditing, points
from chalicelib.store.points import awards
from tests.awarding import CENTRES, adjust, approve, entries, known, propose, reject
from tests.builders import COURIER, NOW
from tests.histories import happened
from tests.lines import told
from tests.services.points.test_machine import Broken, breaking

A, S = Action, Status
LINES = {"verify": 1, "invalid": 2, "object": 4, "again": 5}
DEEDS = ("P17", "P34", "adjust", "approve", "reject", "appeal", "uphold", "refuse", *LINES)
STEPS = (
    (A.VERIFY, S.WITH_CENTRE),
    (A.REJECT, S.INVALID),
    (A.OBJECT, S.WITH_CENTRE),
    (A.DISPATCH, S.DISPATCHED),
    (A.REJECT, S.INVALID),
)
BREAKS = ("nowhere", "nowhere", "before", "after")
KEYS = {"ledger": ("account", "id"), "wallets": ("account",), "awards": ("id",), "history": ("subject_id", "number")}

type Deed = tuple[str, int, int]


class Township:
    """One courier, his reports, and what was proposed so far: each deed is done to one of them, if it can be."""

    def __init__(self, name: str) -> None:
        self.lines = [told(*STEPS, subject=f"{name}{number}", severity=4 - number) for number in range(2)]
        self.proposed: list[str] = []
        self.name, self.number = name, 0
        for lines in self.lines:
            happened(lines)

    def do(self, deed: Deed) -> None:
        what, which, who = deed
        person, self.number = CENTRES[who], self.number + 1
        with suppress(DomainError, Broken), breaking(BREAKS[(which + self.number) % len(BREAKS)]):
            match what:
                case "P17" | "P34":
                    self.proposed.append(propose(what, by=person).id)
                case "adjust":
                    posted = [one.id for one in entries()]
                    self.proposed.append(adjust(5 * (which - 3) or 7, posted[which % len(posted)], by=person).id)
                case "approve":
                    approve(self._one(which), person)
                case "reject":
                    reject(self._one(which), person)
                case "appeal":
                    all_ = entries()
                    appeals.appeal(all_[which % len(all_)].id, "不服", key=None, by=COURIER, now=NOW)
                case "uphold" | "refuse":
                    self._answer(what, which, who)
                case _:
                    points.follow(self.lines[which % 2][LINES[what]], now=NOW + timedelta(days=1))

    def end(self) -> None:
        """All that happened is told: both reports were false in the end."""
        for lines in self.lines:
            for line in lines:
                points.follow(line, now=NOW + timedelta(days=1))

    def _one(self, which: int) -> str:
        page = awards.page("350211102", ProposalState.OPEN, limit=50, cursor=None)
        ids = [*self.proposed, *(one.id for one in page.proposals)]
        return ids[which % len(ids)] if ids else "none"

    def _answer(self, what: str, which: int, who: int) -> None:
        found = appeals.mine(by=COURIER, limit=50, cursor=None).appeals
        decision = Decision(points=6 if what == "uphold" else None, answer="已核")
        if found:
            id = found[which % len(found)].id
            answering.decide(id, decision, award_id=f"{self.name}-{self.number}", key=None, by=CENTRES[who], now=NOW)


def check() -> None:
    """What must hold at every moment."""
    found = entries()
    assert points.wallet(COURIER.id) == caps.wallet(found)
    assert audit.misfit(found, auditing._stored(account(COURIER.id), found)) is None
    assert audit.sums(found, points.wallet(COURIER.id)).total == 0
    by_id = {entry.id: entry for entry in found}
    waiting = [entry for entry in found if entry.state is EntryState.PENDING]
    for entry in waiting:
        outcome = by_id.get(f"{entry.id}#outcome")
        held = awards.find(entry.event_id if entry.kind is not Kind.EARN else _proposal(entry.id))
        assert held and held.is_open is (outcome is None), entry.id
        if outcome:
            assert (outcome.state is EntryState.POSTED) is (held.state is ProposalState.APPROVED)
    taken = [entry.corrects for entry in found if entry.corrects and not entry.id.startswith(f"{entry.corrects}#")]
    assert len(taken) == len(set(taken)), "taken back twice"
    publicity = [entry for entry in found if entry.rule == "P34" and entry.state is EntryState.POSTED]
    assert caps.wallet(publicity).balance <= 10
    assert all(entry.zh and entry.en for entry in found)


def _proposal(entry_id: str) -> str:
    return sha256(entry_id.encode()).hexdigest()[:32]


@pytest.mark.usefixtures("rules")
@given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 6), st.integers(0, 4)), min_size=6, max_size=22))
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_deeds_in_any_order_and_twice_leave_one_outcome_each(tables: str, deeds: list[Deed]) -> None:
    emptied(tables)
    known()
    township = Township("r")
    for deed in [("verify", 0, 0), *deeds]:
        township.do(deed)
        township.do(deed)
        check()
    township.end()
    check()
    posted = [one for one in entries() if one.state is EntryState.POSTED]
    for lines in township.lines:
        assert sum(one.earned for one in posted if one.id.startswith(f"{lines[0].subject_id}#")) == 0


def emptied(url: str) -> None:
    """Each example begins anew; the rules stay."""
    client = boto3.client("dynamodb", endpoint_url=url)
    for name, keys in KEYS.items():
        for item in client.scan(TableName=f"fenjian-test-{name}")["Items"]:
            client.delete_item(TableName=f"fenjian-test-{name}", Key={key: item[key] for key in keys})


@pytest.mark.usefixtures("rules")
@pytest.mark.parametrize("where", ["before", "after"])
def test_a_crash_at_the_last_word_leaves_all_of_it_or_nothing(where: str) -> None:
    known()
    made = propose()
    approve(made.id, CENTRES[1])
    with suppress(Broken), breaking(where):
        approve(made.id, CENTRES[2])
    check()
    assert awards.get(made.id).is_open is (where == "before")
    assert approve(made.id, CENTRES[2]).state is ProposalState.APPROVED
    check()
    assert len(entries()) == 2
