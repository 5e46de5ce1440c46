"""An export that is taken back: whoever writes at it stops, and whatever dies, nothing of it is left."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.terms import ExportState
from chalicelib.gateways import multiparts
from chalicelib.services.exports import exports
from chalicelib.services.exports import writing as export_writing
from chalicelib.store.exports import exports as store
from tests.builders import CENTRE, NOW
from tests.exporting import BUCKET, asked, filled, plugged_in_with_small_parts
from tests.machine import Dead, Machine

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules")


@pytest.fixture
def machine(exports_bucket: "S3Client") -> Iterator[Machine]:
    """The worker, over an empty bucket."""
    with plugged_in_with_small_parts() as machine:
        yield machine


def mine(machine: Machine) -> Job:
    """A job that the centre asked for."""
    return asked(machine, requester_id=CENTRE.id)


def withdraw(job: Job) -> None:
    exports.withdraw(job.id, by=CENTRE, now=NOW)


def left(bucket: "S3Client", job: Job) -> list[str]:
    """Files and uploads of the job that are still there."""
    files = bucket.list_objects_v2(Bucket=BUCKET).get("Contents", [])
    uploads = bucket.list_multipart_uploads(Bucket=BUCKET).get("Uploads", [])
    return [one["Key"] for one in (*files, *uploads) if job.id in one["Key"]]


def half(machine: Machine) -> Job:
    """A job with two parts in."""
    job = mine(machine)
    machine.run(job.id, lambda: len(store.get(job.id).upload.etags) < 2)
    return job


def test_a_file_that_is_there_is_erased(exports_bucket: "S3Client", machine: Machine) -> None:
    filled(5)
    job = mine(machine)
    machine.work_off()
    assert left(exports_bucket, job)
    withdraw(job)
    machine.work_off()
    assert left(exports_bucket, job) == [] and store.get(job.id).state is ExportState.WITHDRAWN


def test_a_file_that_is_half_written_is_let_go(exports_bucket: "S3Client", machine: Machine) -> None:
    filled()
    job = half(machine)
    assert left(exports_bucket, job)
    withdraw(job)
    machine.work_off()
    assert left(exports_bucket, job) == [] and store.get(job.id).state is ExportState.WITHDRAWN


def test_one_that_nobody_has_begun_is_never_begun(exports_bucket: "S3Client", machine: Machine) -> None:
    job = mine(machine)
    withdraw(job)
    machine.work_off()
    assert "CreateMultipartUpload" not in machine.calls and left(exports_bucket, job) == []


@pytest.mark.parametrize("call", ["begin", "send", "complete"])
@pytest.mark.parametrize("erased_meanwhile", [False, True])
def test_a_worker_at_it_stops_at_what_he_stores_next(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch, call: str, erased_meanwhile: bool
) -> None:
    filled()
    job, real, done = mine(machine), getattr(multiparts, call), list[str]()

    def meanwhile(*args: Any, **named: Any) -> Any:
        answer = real(*args, **named)
        if not done:
            done.append(call)
            withdraw(job)
            if erased_meanwhile:
                machine.run(job.id)
        return answer

    monkeypatch.setattr(multiparts, call, meanwhile)
    machine.run(job.id)
    assert done and left(exports_bucket, job) == []
    parts = machine.calls.count("UploadPart")
    assert parts == {"begin": 0, "send": 1}.get(call, parts)
    machine.work_off()
    assert left(exports_bucket, job) == [] and machine.calls.count("UploadPart") == parts


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("written", ["half", "whole"])
def test_a_death_at_any_call_leaves_nothing_or_a_job_that_was_never_withdrawn(
    exports_bucket: "S3Client", machine: Machine, after: bool, written: str
) -> None:
    filled(60)
    number, alive = 0, False
    while not alive:
        job = half(machine) if written == "half" else mine(machine)
        if written == "whole":
            machine.work_off()
        machine.calls.clear()
        machine.queue.clear()
        machine.dies_at, machine.after = number, after
        with suppress(Dead):
            withdraw(job)
        machine.work_off()
        alive = machine.dies_at is not None
        machine.dies_at = None
        told = f"dead at call {number}"
        assert (store.get(job.id).state is ExportState.WITHDRAWN) is (left(exports_bucket, job) == []), told
        withdraw(job)
        machine.work_off()
        assert (store.get(job.id).state, left(exports_bucket, job)) == (ExportState.WITHDRAWN, []), told
        number += 1
    assert number > 6


def test_a_worker_who_was_overtaken_is_not_taken_for_one_whose_job_was_withdrawn(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The upload that he had just opened goes, the other's stays."""
    filled(5)
    job, real, done = mine(machine), multiparts.begin, list[str]()

    def begin(key: str, *, content_type: str) -> str:
        upload = real(key, content_type=content_type)
        if not done:
            done.append(upload)
            machine.now += timedelta(minutes=20)
            machine.run(job.id)
        return upload

    monkeypatch.setattr(multiparts, "begin", begin)
    with pytest.raises(StaleVersion):
        export_writing.write(job.id, holder="late", clock=lambda: NOW, may_go_on=lambda: True)
    assert store.get(job.id).state is ExportState.READY
    assert left(exports_bucket, job) == [store.get(job.id).key]
