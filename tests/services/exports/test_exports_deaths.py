"""The worker: whatever dies, sleeps or comes twice, the file has each report once, byte for byte."""

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.exports import jobs
from chalicelib.domain.exports.terms import ExportState
from chalicelib.gateways import multiparts
from chalicelib.store.exports import exports as store
from chalicelib.store.reports import reports
from tests import bulk
from tests.builders import NOW
from tests.exporting import (
    BUCKET,
    asked,
    filled,
    normal,
    plugged_in_with_small_parts,
    whole_file,
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


@pytest.mark.parametrize("after", [False, True])
def test_a_death_at_any_call_loses_nothing_and_doubles_nothing(
    exports_bucket: "S3Client", machine: Machine, after: bool
) -> None:
    bulk.put(bulk.made(60, start=NOW - timedelta(days=20), every=timedelta(hours=4)))
    whole = whole_file(exports_bucket, machine, first="2026-11-01")
    calls = machine.calls.index("GetItem", 1)  # the test's own look at the job
    assert machine.calls[:calls].count("UploadPart") == 2
    for number in range(calls):
        job = asked(machine, first="2026-11-01")
        machine.dies_at, machine.after = number, after
        machine.work_off()
        machine.dies_at = None
        assert normal(exports_bucket, job) == whole, f"dead at call {number}, {machine.calls[number]}"
        assert store.get(job.id).state is ExportState.READY


@pytest.mark.parametrize("batches", [1, 2, 3])
def test_time_that_runs_out_again_and_again_only_means_more_runs(
    exports_bucket: "S3Client", machine: Machine, batches: int
) -> None:
    """A part is two batches here: a run of one batch gets nowhere, which the deadline of the job ends."""
    filled()
    whole = whole_file(exports_bucket, machine)
    job = asked(machine, give_up_at=NOW + timedelta(hours=5))
    machine.runs = 0

    def run_out() -> bool:
        run_out.left -= 1  # type: ignore[attr-defined]
        return bool(run_out.left >= 0)  # type: ignore[attr-defined]

    while machine.queue:
        run_out.left = batches  # type: ignore[attr-defined]
        machine.run(machine.queue.popleft(), run_out)
        machine.now += timedelta(minutes=15)
    assert machine.runs > 1
    if batches == 1:
        assert store.get(job.id).state is ExportState.FAILED
    else:
        assert normal(exports_bucket, job) == whole


def test_a_message_delivered_again_after_the_end_changes_nothing(exports_bucket: "S3Client", machine: Machine) -> None:
    filled(5)
    job = asked(machine)
    machine.work_off()
    done = store.get(job.id)
    machine.run(job.id)
    assert store.get(job.id) == done


def test_of_two_workers_at_once_the_second_is_sent_away(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled()
    whole = whole_file(exports_bucket, machine)
    job, refusals = asked(machine), list[str]()
    real = reports.texts

    def meanwhile(ids: list[str]) -> dict[str, str]:
        with pytest.raises(Busy) as refused:
            machine.run(job.id)
        refusals.append(refused.value.rule)
        return real(ids)

    monkeypatch.setattr(reports, "texts", meanwhile)
    machine.run(job.id)
    assert set(refusals) == {"export_held"}
    assert normal(exports_bucket, job) == whole


@pytest.mark.parametrize("overwritten", [False, True])
def test_a_worker_thought_dead_stops_when_he_wakes_and_his_part_does_not_count(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch, overwritten: bool
) -> None:
    """He sleeps behind a part, longer than he may; another takes over. His part then lies over the other's."""
    filled()
    whole = whole_file(exports_bucket, machine)
    job = asked(machine)
    real, slept = multiparts.send, list[int]()

    def send(key: str, upload_id: str, *, number: int, data: bytes) -> str:
        etag = real(key, upload_id, number=number, data=data)
        if number == 2 and not slept:
            slept.append(number)
            machine.now += jobs.LEASE
            machine.run(job.id, lambda: len(store.get(job.id).upload.etags) < 3)
            if overwritten:
                return real(key, upload_id, number=number, data=data + b"late")
        return etag

    monkeypatch.setattr(multiparts, "send", send)
    with pytest.raises(StaleVersion):
        machine.run(job.id)
    machine.work_off()
    assert normal(exports_bucket, job) == whole
    assert store.get(job.id).upload.attempt == (2 if overwritten else 1)


@pytest.mark.parametrize("call", ["begin", "send", "complete"])
def test_what_is_too_busy_is_gone_on_with_in_a_minute(
    exports_bucket: "S3Client", machine: Machine, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    filled(50)
    whole = whole_file(exports_bucket, machine)
    job, real, refused = asked(machine), getattr(multiparts, call), list[str]()

    def busy_once(*args: Any, **named: Any) -> Any:
        if not refused:
            refused.append(call)
            raise Busy("store_busy")
        return real(*args, **named)

    monkeypatch.setattr(multiparts, call, busy_once)
    machine.runs = 0
    machine.work_off()
    assert (machine.runs, machine.now) == (2, NOW + timedelta(minutes=1))
    assert normal(exports_bucket, job) == whole


def test_an_upload_that_is_gone_is_begun_anew(exports_bucket: "S3Client", machine: Machine) -> None:
    filled()
    whole = whole_file(exports_bucket, machine)
    job = asked(machine)
    machine.run(job.id, lambda: len(store.get(job.id).upload.etags) < 2)
    half = store.get(job.id)
    exports_bucket.abort_multipart_upload(Bucket=BUCKET, Key=half.key, UploadId=half.upload.id or "")
    machine.work_off()
    assert normal(exports_bucket, job) == whole
    assert store.get(job.id).upload.attempt == 2
