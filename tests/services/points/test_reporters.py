"""Who reported what, the centre alone knows: no refusal, list, log or file about points tells it to anybody else."""

import base64
from dataclasses import asdict, replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.exports.terms import Content
from chalicelib.domain.people.model import Actor
from chalicelib.domain.points.adjusting import is_told_apart
from chalicelib.domain.points.appeals import Decision
from chalicelib.domain.points.proposals import Proposal, ProposalState
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.people import access, audit
from chalicelib.services.points import answering, appeals, points, searching, waiting
from chalicelib.services.points.searching import Question
from tests.awarding import FIRST, SECOND, THIRD, adjust, approve, entries, known, propose
from tests.builders import AUDITOR, COMMITTEE, COURIER, NOW, report
from tests.exporting import asked, body, plugged_in_with_small_parts, rows
from tests.histories import happened
from tests.lines import told
from tests.suspicions import put

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("decided")
A, S = Action, Status
REPORTS = ("r1", "r2", "r3")
DECIDED, LATER = NOW + timedelta(hours=2), NOW + timedelta(hours=3)  # the reports were verified before


@pytest.fixture
def decided(rules: None) -> None:
    """Of one courier's reports: points that people agreed to, an award, an entry put right, an appeal's answer."""
    known(AUDITOR)
    for id, severity in zip(REPORTS, (4, 2, 2), strict=True):
        lines = told((A.VERIFY, S.WITH_CENTRE), subject=id, severity=severity)
        put(report(S.WITH_CENTRE, id=id, version=1))
        happened(lines)
        points.follow(lines[1], now=NOW)
    (waits,) = listed(FIRST)
    approve(waits.id, COMMITTEE, now=DECIDED)
    approve(waits.id, SECOND, now=DECIDED)
    award = propose(report_id="r1", now=DECIDED)
    approve(award.id, COMMITTEE, now=DECIDED)
    approve(award.id, SECOND, now=DECIDED)
    approve(adjust(3, "r2#000002#P12", now=DECIDED).id, COMMITTEE, now=DECIDED)
    made = appeals.appeal("r3#000002#P12", "应为重大", key=None, by=COURIER, now=DECIDED)
    decision = Decision(points=30, answer="应为重大")
    answering.decide(made.id, decision, award_id="w1", key=None, by=THIRD, now=DECIDED)


def listed(by: Actor) -> list[Proposal]:
    """All that he is shown, of every state."""
    pages = [waiting.listing(state, by=by, now=NOW, limit=50, cursor=None) for state in ProposalState]
    return [one for page in pages for one in page.proposals]


def told_of(one: Proposal) -> set[str]:
    """What a proposal tells that could be found elsewhere."""
    return {
        str(value) for name, value in asdict(one).items() if name in ("id", "entry_id", "corrects", "appeal_id")
    } - {""}


def is_named(words: set[str], cells: list[str]) -> bool:
    """Whether one of the words stands in a row, or is made of something there."""
    made = {sha256(cell.encode()).hexdigest()[:32] for cell in cells}
    return any(word in cell for word in words for cell in cells) or bool(words & made)


def test_the_committee_names_no_report_and_no_entry_and_is_refused_alike_whosever_it_is() -> None:
    for report_id in ("r1", "r9"):
        with pytest.raises(Forbidden, match="role_needed"):
            propose(report_id=report_id, by=COMMITTEE)
        with pytest.raises(Forbidden, match="role_needed"):
            adjust(3, f"{report_id}#000002#P12", by=COMMITTEE)
    assert propose("P34", by=COMMITTEE).report_id == "" and adjust(3, by=COMMITTEE).corrects == ""


def test_a_proposal_tells_others_than_the_centre_whose_it_is_or_of_which_report() -> None:
    assert len(listed(FIRST)) == 4
    for one in listed(COMMITTEE):
        assert not (one.courier_id and (one.report_id or any(id in str(one) for id in REPORTS)))
    whose = {(one.kind, one.rule): one.courier_id for one in listed(COMMITTEE)}
    assert whose[Kind.EARN, "P14"] == "" and whose[Kind.AWARD, "P17"] == COURIER.id


def test_the_committees_file_and_its_list_do_not_join(exports_bucket: "S3Client") -> None:
    days = {"first": "2026-11-23", "last": "2026-11-23", "villages": ()}
    with plugged_in_with_small_parts() as machine:
        job = asked(machine, content=Content.LEDGER, posts=COMMITTEE.posts, ground=None, **days)
        machine.work_off()
    found = [row for row in rows(body(exports_bucket, job))[1:-1] if any(id in cell for id in REPORTS for cell in row)]
    assert found, "what follows from a report is explained by it"
    for one in listed(COMMITTEE):
        if one.courier_id:
            assert not any(is_named(told_of(one), row) for row in found)


def question() -> Question:
    return Question(purpose="核对", limit=100, cursor=None, first="2026-11-23", last="2026-11-23")


def test_the_auditors_log_and_ledger_do_not_join() -> None:
    days = audit.postings_within("2026-11-23", "2026-11-23", by=AUDITOR, now=LATER, limit=100, cursor=None).postings
    cells = [[str(cell) for cell in (one.id, one.report_id, one.corrects, one.at)] for one in days if one.report_id]
    assert cells
    log = access.page(subject=COURIER.id, by=AUDITOR, now=LATER, limit=100, cursor=None).entries
    assert {line.what for line in log} >= {"proposed_points", "decided_points", "decided_appeal"}
    for line in log:
        words = {str(value) for value in line.details.values() if isinstance(value, str)}
        assert [row for row in cells if is_named(words | {str(line.at)}, row)] == [], line


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_cursor_names_what_its_page_hides_and_pages_are_whole(limit: int) -> None:
    whole = [one.id for one in searching.of_days(question(), by=AUDITOR, now=LATER).entries]
    hidden = {one.id for one in entries() if is_told_apart(one)}
    assert hidden and len(whole) > len(hidden)
    found: list[str] = []
    cursor = None
    while cursor or not found:
        page = searching.of_days(replace(question(), limit=limit, cursor=cursor), by=AUDITOR, now=LATER)
        same = audit.postings_within("2026-11-23", "2026-11-23", by=AUDITOR, now=LATER, limit=limit, cursor=cursor)
        assert len(same.postings) == len(page.entries) and same.cursor == page.cursor
        found += [one.id for one in page.entries]
        cursor = page.cursor
        told = base64.urlsafe_b64decode((cursor or "") + "==").decode()
        assert not any(id in told for id in hidden) and f"{DECIDED:%H:%M}" not in told
    assert found == whole


def test_the_auditor_who_asks_for_a_report_is_not_told_what_people_gave_for_it() -> None:
    seen = searching.of_report("r1", question(), by=AUDITOR, now=LATER)
    assert [one.id for one in seen.entries] == ["r1#000002#P14"]
    whole = searching.of_report("r1", question(), by=FIRST, now=LATER)
    assert {one.id for one in whole.entries} == {one.id for one in entries() if one.report_id == "r1"}
