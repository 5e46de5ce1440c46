"""A file of the ledger: the entries of some local days, each once; whose they are or what for, as the role may know."""

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.exports import asking
from chalicelib.domain.exports.asking import Terms, Township, Wish
from chalicelib.domain.exports.terms import Content, ExportState, Ground
from chalicelib.domain.people.model import Actor
from chalicelib.store.exports import exports as store
from tests.awarding import known, propose
from tests.builders import AUDITOR, CENTRE, NOW, TOWNSHIP, VILLAGER
from tests.exporting import asked, body, plugged_in_with_small_parts, rows
from tests.machine import Machine

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

TERMS = Terms(longest=400, writing=timedelta(hours=1), kept_days=7, remembered=timedelta(days=90))


def wished(by: Actor, **changes: object) -> object:
    wish = Wish(**({"first": "2026-11", "last": "2026-11", "purpose": "核对", "content": Content.LEDGER} | changes))  # type: ignore[arg-type]
    return asking.asked("e1", wish, by=by, township=Township(code=TOWNSHIP, villages=()), terms=TERMS, now=NOW)


def test_entries_are_for_those_who_may_read_the_ledger_and_of_no_village() -> None:
    wished(CENTRE)
    wished(AUDITOR)
    with pytest.raises(Forbidden, match="exports_for_staff"):
        wished(VILLAGER)
    with pytest.raises(Forbidden, match="personal_not_yours"):
        wished(AUDITOR, ground=Ground.REWARD)
    with pytest.raises(Invalid, match="export_of_ledger"):
        wished(CENTRE, kind="0303")


@pytest.mark.usefixtures("rules")
def test_a_file_has_every_entry_of_its_days_once_in_order(exports_bucket: "S3Client") -> None:
    known()
    made = [propose("P34", now=NOW + timedelta(minutes=number), reason=f"第{number}次").id for number in range(60)]
    propose("P34", now=NOW + timedelta(days=9))
    with plugged_in_with_small_parts() as machine:
        granted = _file(exports_bucket, machine, CENTRE, "reward")
        masked = _file(exports_bucket, machine, CENTRE, None)
        auditors = _file(exports_bucket, machine, AUDITOR, None)
    assert [row[12] for row in granted] == [f"{id}#P34" for id in made]
    assert granted[0][:7] == ["2026-11-23", "林小川", "", "评定", "P34", "1", "2"] and "第0次" in granted[0][9]
    assert (masked[0][1], *masked[0][10:]) == ("林**", *["（不显示）"] * 4)
    assert (*auditors[0][1:3], auditors[0][12]) == (*["（不显示）"] * 2, f"{made[0]}#P34")


def _file(bucket: "S3Client", machine: Machine, by: Actor, ground: str | None) -> list[list[str]]:
    days = {"first": "2026-11-23", "last": "2026-11-23", "villages": ()}
    job = asked(machine, content=Content.LEDGER, posts=by.posts, ground=ground, **days)
    machine.work_off()
    done = store.get(job.id)
    assert (done.state, done.upload.rows) == (ExportState.READY, 60) and len(done.upload.etags) > 1
    return rows(body(bucket, job))[1:-1]
