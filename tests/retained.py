"""What is kept: reports that ended, a table of short terms, and a look at a moment. For tests of retention."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.people.model import Post, Role
from chalicelib.domain.reports.model import Action, Report, Status
from chalicelib.services import retention
from chalicelib.services.reference import tables as reference
from chalicelib.services.retention import Tally
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.reference import editions
from chalicelib.store.reports import reports
from tests.builders import COURIER, DATA, NOW, report
from tests.lines import event, standing

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# As shipped a run walks through every day of five years: once in a while in life, too often for tests.
DAYS = {"photo_original": (365, 4), "photo_shown": (1095, 7), "report_text": (1825, 10), "reporter_identity": (365, 5)}
TERMS = {kind: short * DAY for kind, (_, short) in DAYS.items()}


@pytest.fixture
def short_terms(rules: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shipped table with days for years, and a township that began the day before."""
    body = (DATA / "retention.csv").read_text()
    for kind, (shipped, short) in DAYS.items():
        assert f"{kind},{shipped}," in body
        body = body.replace(f"{kind},{shipped},", f"{kind},{short},")
    reference.publish("retention", body.encode(), base=None, by="test", now=NOW - 2 * DAY)
    monkeypatch.setattr(editions, "began", lambda name, *, now: NOW - DAY)


def ended(id: str = "r1", at: datetime = NOW, **changes: Any) -> Report:
    """A closed report with its text and three lines of history, the last of which ended it."""
    head = report(Status.CLOSED, id=id, ended_at=at, excerpt="王阿姨门口", version=1, **changes)
    transaction = Transaction()
    reports.put(head, transaction=transaction)
    reports.put_text(id, "王阿姨门口的井盖松了，电话13800000000", transaction=transaction)
    before, after = standing(Status.SUBMITTED), standing(Status.CLOSED)
    asked = standing(Status.NEEDS_INFO, holder=Post(Role.COURIER, COURIER.id).key)
    said = {"phone": "13800000000", "plan": "找老李", "outcome": "to_village", "severity": 2, "to": "三 号"}
    lines = [
        event(Action.SUBMIT, None, before, number=1, actor_id=COURIER.id, note="王阿姨"),
        event(Action.ASK_INFO, before, asked, number=2, note="是哪一家？"),
        event(Action.CONFIRM, asked, after, number=3, note="找老李办的", at=at, details=said),
    ]
    for number, line in enumerate(lines):
        moved = replace(line, subject_id=id, id=f"{id}#{number + 1:06}", at=at - (2 - number) * HOUR)
        history.append(moved, transaction)
    transaction.commit()
    return head


def run(now: datetime, *, dry: bool = False, pages: int | None = None) -> dict[str, Tally]:
    """One look at a moment, with time for so many pages."""
    left = iter([True] * (10_000 if pages is None else pages))
    tallies = retention.run(now=now, dry=dry, may_go_on=lambda: next(left, False))
    return {tally.kind: tally for tally in tallies}


def after(kind: str, at: datetime = NOW) -> datetime:
    """An hour after the kind's time is over for what ended then."""
    return at + TERMS[kind] + HOUR


def is_anonymous(id: str) -> bool:
    """Whether nobody can say any more who reported it."""
    return reports.get(id).reporter_id == f"nobody#{id}"
