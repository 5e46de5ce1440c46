"""A program of its own: the worker writes one file. Its argument is the address of S3; prints what it took, as JSON."""

import json
import os
import resource
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from chalicelib.domain.exports.jobs import Job
from chalicelib.domain.exports.terms import ExportState
from chalicelib.domain.people.model import Post, Role
from chalicelib.gateways import multiparts
from chalicelib.services.exports import exports
from chalicelib.services.exports import writing as export_writing
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.exports import exports as store
from tests.bench.exports import REPORTS, VILLAGES
from tests.bench.setting import STAGE
from tests.bench.verdict import MB


def main() -> None:
    """Write, and look at the clock and at the memory before and after."""
    now = datetime.now(UTC)
    _open_bucket()
    exports.save(_job(now))
    rulebook.in_force(now=now)
    areas.listing(now=now)
    base, start = most_mb(), time.perf_counter()
    export_writing.write("bench", holder="bench", clock=lambda: now, may_go_on=lambda: True)
    seconds, done = time.perf_counter() - start, store.get("bench")
    assert (done.state, done.upload.rows) == (ExportState.READY, REPORTS), done
    print(json.dumps(_told(seconds, most_mb() - base, done)))


def _told(seconds: float, peak_mb: float, done: Job) -> dict[str, Any]:
    return {"seconds": seconds, "peak_mb": peak_mb, "rows": done.upload.rows, "size": done.upload.size}


def _open_bucket() -> None:
    """S3 is the emulator's, wherever the tables are."""
    tables = os.environ["AWS_ENDPOINT_URL"]
    os.environ["AWS_ENDPOINT_URL"] = sys.argv[1]
    multiparts.client().create_bucket(Bucket=f"fenjian-{STAGE}-exports")
    os.environ["AWS_ENDPOINT_URL"] = tables


def _job(now: datetime) -> Job:
    return Job(
        id="bench",
        township="350211102",
        requester_id="bench",
        posts=(Post(Role.CENTRE, "350211102"),),
        first="2026-01-01",
        last="2026-08-31",
        villages=VILLAGES,
        kind=None,
        status=None,
        purpose="bench",
        ground="contact",
        created_at=now,
        give_up_at=now + timedelta(days=1),
        forget_at=now + timedelta(days=1),
    )


def most_mb() -> float:
    """The most memory this program had so far. What `getrusage` says, Linux hands down from who started it."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MB
    (line,) = (line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main()
