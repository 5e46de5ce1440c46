"""A file of a hundred thousand reports: how long the worker writes at it, and how much memory that takes.

The worker is a process of its own, as in Lambda; its memory is what the system says it had at most, less what it had
before its first row.
"""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Any
from uuid import UUID

from infra.local.emulator import ministack
from infra.stages import ROOT

REPORTS = 100_000
START = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = timedelta(minutes=3)  # seven months
SENDERS, PUTS = 8, 24
VILLAGES = ("350211102202", "350211102003", "350211102004")
TEXT = "路口的井盖松动，电动车经过时会翘起来，夜里看不清，已经有两个人差点摔倒，请尽快派人来看一看，谢谢。" * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Seconds on the clock, and MB beyond those of a worker that has its rules but no row yet."""

    seconds: float
    peak_mb: float
    rows: int
    size: int


def measure() -> Written:
    """Fill the store of `setting.store`, and let a worker write. Raises CalledProcessError where it fails."""
    with ministack() as files:
        _fill()
        command = [sys.executable, "-m", "tests.bench.one_export", files]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return Written(**json.loads(done.stdout))


def _fill() -> None:
    """Through bare boto3 from several threads: the store is the bottleneck. Nothing of it waits for the sweep."""
    import boto3

    here = threading.local()

    def send(requests: tuple[dict[str, Any], ...]) -> None:
        if not hasattr(here, "client"):
            here.client = boto3.session.Session().client("dynamodb")
        left: dict[str, Any] = {"fenjian-bench-reports": list(requests)}
        while left:
            left = here.client.batch_write_item(RequestItems=left)["UnprocessedItems"]

    with ThreadPoolExecutor(SENDERS) as pool:
        for _ in pool.map(send, batched(_requests(), PUTS, strict=False)):
            pass


def _requests() -> Iterator[dict[str, Any]]:
    from chalicelib.store.reports.reports import TEXT as TEXT_PART
    from chalicelib.store.reports.reports import ReportItem, _item
    from tests.builders import report

    model = report(excerpt=TEXT[:40])
    for number in range(REPORTS):
        village, at = VILLAGES[number % len(VILLAGES)], START + EVERY * number
        place = replace(model.place, village=village, grid=f"{village}001")
        one = replace(model, id=str(UUID(int=number)), place=place, created_at=at, version=1, next_at=None)
        for item in (_item(one), ReportItem(id=one.id, part=TEXT_PART, body=f"{number} {TEXT}")):
            yield {"PutRequest": {"Item": item.to_dynamodb_dict()}}
