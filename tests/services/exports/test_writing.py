"""The worker: the file has what was asked for, each report once, in order, and memory stays flat."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.errors import NotFound
from chalicelib.domain.exports.terms import ExportState
from chalicelib.domain.reference.calendar import local_day
from chalicelib.store.base import Transaction
from chalicelib.store.exports import exports as store
from chalicelib.store.exports import extracts
from chalicelib.store.reports import reports
from tests import bulk
from tests.builders import COURIER, NOW
from tests.bulk import OTHER_VILLAGE, PLACES
from tests.domain.exports.test_covers import job as made
from tests.exporting import (
    BUCKET,
    EVERY,
    START,
    asked,
    body,
    filled,
    plugged_in_with_small_parts,
    rows,
    written,
)
from tests.machine import Machine

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def machine(exports_bucket: "S3Client") -> Iterator[Machine]:
    """The worker, over an empty bucket."""
    with plugged_in_with_small_parts() as machine:
        yield machine


def test_a_file_has_every_report_once_in_order(exports_bucket: "S3Client", machine: Machine) -> None:
    filled()
    job = asked(machine)
    machine.work_off()
    done = store.get(job.id)
    assert (done.state, done.upload.rows, done.finished_at) == (ExportState.READY, 140, NOW)
    assert done.erase_at == NOW + timedelta(days=7) and len(done.upload.etags) > 3
    data = body(exports_bucket, job)
    assert data.startswith(b"\xef\xbb\xbf") and len(data) == done.upload.size
    headings, *found, last = rows(data)
    assert headings[0] == "编号" and job.id in last[0] and "行数：140" in last[0]
    assert [row[0] for row in found] == [one.id for one in bulk.made(140, start=START, every=EVERY)]
    assert found[0][19] == "路面有个大坑，第0处" and found[3][8] == "村居以外"


def test_calls_grow_with_pages_not_with_rows(exports_bucket: "S3Client", machine: Machine) -> None:
    filled(100)
    asked(machine)
    machine.work_off()
    names = [name for name in machine.calls if name in ("Query", "BatchGetItem")]
    # 3 villages, 3 months; 5 batches of texts and of people; and the rules in force.
    assert len(names) <= 9 + 2 * 5 + 1, names


def test_peak_memory_does_not_follow_the_number_of_rows(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extracts, "PAGE", 10)
    peaks = []
    for number in (200, 800):
        bulk.put(bulk.made(number, start=START, every=EVERY * 140 / number))
        asked(machine)
        tracemalloc.start()
        machine.work_off()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.5 * peaks[0], peaks


def test_no_report_at_all_is_a_file_too(exports_bucket: "S3Client", machine: Machine) -> None:
    assert written(exports_bucket, machine) == []


def test_days_kind_status_and_villages_narrow_it(exports_bucket: "S3Client", machine: Machine) -> None:
    filled(40)
    days = {"first": "2026-09-28", "last": "2026-10-02"}
    within = [one for one in bulk.made(40, start=START, every=EVERY) if days["first"] <= local_day(one.created_at)]
    wanted = [one.id for one in within if local_day(one.created_at) <= days["last"]]
    assert 0 < len(wanted) < 40
    assert [row[0] for row in written(exports_bucket, machine, **days)] == wanted
    assert len(written(exports_bucket, machine, villages=(OTHER_VILLAGE,))) == 10
    for kind, status, number in (("0303", None, 40), ("0304", None, 0), (None, "submitted", 40), ("0303", "closed", 0)):
        assert len(written(exports_bucket, machine, kind=kind, status=status)) == number


def test_who_reported_is_named_where_that_was_granted(exports_bucket: "S3Client", machine: Machine) -> None:
    from chalicelib.domain.people.model import Person
    from chalicelib.store.people import people

    filled(4)
    people.put(Person(id=COURIER.id, name="陈小明", phone="13800000001", posts=(), valid_from=NOW))
    clear = written(exports_bucket, machine)
    masked = written(exports_bucket, machine, ground=None)
    assert {tuple(row[-2:]) for row in clear} == {("陈小明", "13800000001")}
    assert {tuple(row[-2:]) for row in masked} == {("陈**", "138****0001")}


def test_a_report_that_is_moved_meanwhile_is_there_once(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(60)
    moved = next(one for one in bulk.made(60, start=START, every=EVERY) if one.place == PLACES[2])
    real, done = reports.texts, list[str]()

    def meanwhile(ids: list[str]) -> dict[str, str]:
        if not done:
            done.append(moved.id)
            transaction = Transaction()
            reports.put(replace(moved, place=PLACES[0], version=2), transaction=transaction)
            transaction.commit()
        return real(ids)

    monkeypatch.setattr(reports, "texts", meanwhile)
    ids = [row[0] for row in written(exports_bucket, machine)]
    assert len(ids) == len(set(ids)) == 60


def test_reports_of_the_same_instant_are_all_there(exports_bucket: "S3Client", machine: Machine) -> None:
    bulk.put(bulk.made(90, start=START, every=timedelta(0)))
    ids = [row[0] for row in written(exports_bucket, machine)]
    assert ids == sorted(ids) and len(set(ids)) == 90


def test_what_takes_too_long_is_given_up_and_its_parts_let_go(exports_bucket: "S3Client", machine: Machine) -> None:
    filled()
    job = asked(machine, give_up_at=NOW + timedelta(hours=24))
    machine.run(job.id, lambda: len(store.get(job.id).upload.etags) < 2)
    machine.now += timedelta(hours=24)
    machine.work_off()
    assert store.get(job.id).state is ExportState.FAILED
    left = exports_bucket.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
    assert job.id not in str(left)


def test_a_job_that_nobody_knows_is_an_error(machine: Machine) -> None:
    with pytest.raises(NotFound):
        machine.run("nobody")


def test_what_the_role_may_not_see_is_neither_read_nor_written(exports_bucket: "S3Client", machine: Machine) -> None:
    bulk.put(bulk.made(8, start=START, every=EVERY, kind=None))
    auditor = made("auditor")
    found = written(exports_bucket, machine, posts=auditor.posts, ground=None)
    assert {row[19] for row in found} == {"（不显示）"} and len(found) == 8
    village = made("village")
    assert written(exports_bucket, machine, posts=village.posts, ground=None, villages=village.villages) == []
