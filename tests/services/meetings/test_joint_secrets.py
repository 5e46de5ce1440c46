"""What the joint meeting reads of a topic that has become confidential since it was put there."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from chalicelib.domain.meetings.follow_ups import Progress, Step
from chalicelib.domain.reports.model import Report
from chalicelib.services.meetings import agenda, follow_ups, meetings
from chalicelib.store.reports import reports
from chalicelib.store.reports.reports import HEAD, ReportItem
from tests.builders import AUDITOR, CENTRE, COMMITTEE, DISTRICT, NOW
from tests.meeting_room import AGREE, MEETING, Worker, at_work
from tests.meeting_room import put as store_report
from tests.services.meetings.test_joint import agreed, need, propose, put_on

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture(autouse=True)
def worker(tables: str) -> Iterator[Worker]:
    with at_work(Worker()) as worker:
        yield worker


def becomes_secret(made: Report) -> None:
    """It turns out to be of a confidential kind."""
    now = replace(reports.get(made.id), nature=replace(made.nature, confidential=True))
    ReportItem(made.id, HEAD).delete()
    store_report(replace(now, version=1))


TOWN = (CENTRE, COMMITTEE)
OTHERS = (DISTRICT, AUDITOR)  # the auditor reads no words of confidential matters


def test_a_topic_that_becomes_secret_is_none_for_the_district_and_tells_nobody_what_it_is_or_where() -> None:
    made = need()
    put_on()
    propose()
    becomes_secret(made)
    for by in OTHERS:
        assert [put.topic.id for put in agenda.joint(by=by, now=NOW)] == ["s1"]
    for by in TOWN:
        shown, _ = agenda.joint(by=by, now=NOW)
        assert shown.topic.text == "三个村都提到", "whoever may take it off"
        assert shown.card and (shown.card.kind, shown.card.village, shown.card.excerpt) == (None, None, "")


def test_of_what_a_meeting_said_of_it_the_district_reads_no_word_nor_of_what_followed(worker: Worker) -> None:
    made = need()
    put_on()
    agreed(worker, "r1")
    id = f"{MEETING}.r1"
    follow_ups.change(id, Step(note="已联系"), version=None, key=None, by=CENTRE, now=NOW)
    becomes_secret(made)
    for by in (*TOWN, *OTHERS):
        readable = by in TOWN
        shown, followed = meetings.view(MEETING, by=by, now=NOW), follow_ups.view(id, by=by, now=NOW)
        (entry,) = shown.entries
        assert entry.item.id == "r1" and entry.item.decision and entry.item.decision.verdict == AGREE.verdict
        said = [entry.item.text, entry.item.decision.text, followed.follow_up.title, followed.follow_up.text]
        said += [one.note for one in follow_ups.listing(Progress.OPEN, by=by, now=NOW, limit=9, cursor=None).follow_ups]
        assert [bool(words) for words in said] == [readable] * 5
        assert entry.card and (entry.card.kind, entry.card.village) == (None, None)
        told = [line.details for line in (*shown.records, *followed.records) if line.item == "r1" or line.subject == id]
        assert any(told) is readable
