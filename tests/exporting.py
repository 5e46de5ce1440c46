"""What tests of the export worker do: ask for a file of many reports, let the worker write it, open it."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING

import pytest

from chalicelib.domain.exports.jobs import Job
from chalicelib.gateways import multiparts
from chalicelib.services.exports import exports
from chalicelib.store.exports import exports as store
from tests import bulk
from tests.builders import NOW
from tests.bulk import OTHER_VILLAGE, PLACES
from tests.domain.exports.test_covers import job as made
from tests.machine import Machine, plugged_in

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client


BUCKET = "fenjian-test-exports"
START = NOW - timedelta(days=60)
EVERY = timedelta(hours=10)
_ids = count(1)


@contextmanager
def plugged_in_with_small_parts() -> Iterator[Machine]:
    """The worker, with parts so small that few reports make several; the emulator takes them."""
    with pytest.MonkeyPatch.context() as patch, plugged_in(Machine()) as machine:
        patch.setattr(multiparts, "SMALLEST", 8_000)
        patch.setattr("chalicelib.services.exports.writing.BATCH", 20)
        yield machine


def asked(machine: Machine, **changes: object) -> Job:
    """A job of three months for the centre, and the message that asks for it."""
    given = {
        "id": f"e{next(_ids):05}",
        "first": "2026-09-01",
        "last": "2026-11-30",
        "villages": (OTHER_VILLAGE, PLACES[0].village, "outside"),
        "give_up_at": NOW + timedelta(days=30),
        "forget_at": NOW + timedelta(days=90),
    }
    job = made("centre+", **given | changes)
    exports.save(job)
    machine.queue.append(job.id)
    machine.calls.clear()
    return job


def filled(reports: int = 140) -> None:
    """Reports one after the other, here and there."""
    bulk.put(bulk.made(reports, start=START, every=EVERY))


def body(bucket: "S3Client", job: Job) -> bytes:
    """The file."""
    return bucket.get_object(Bucket=BUCKET, Key=store.get(job.id).key)["Body"].read()


def rows(data: bytes) -> list[list[str]]:
    """As any program reads it."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def written(bucket: "S3Client", machine: Machine, **changes: object) -> list[list[str]]:
    """The rows of a file that was asked for with these changes, without headings and watermark."""
    job = asked(machine, **changes)
    machine.work_off()
    return rows(body(bucket, job))[1:-1]


def whole_file(bucket: "S3Client", machine: Machine, **changes: object) -> bytes:
    """Undisturbed, but for its job's id."""
    job = asked(machine, **changes)
    machine.work_off()
    return normal(bucket, job)


def normal(bucket: "S3Client", job: Job) -> bytes:
    """The file without its job's id, to compare it with another job's."""
    return body(bucket, job).replace(job.id.encode(), b"*")
