"""A tick costs what is due, not what exists: the sweep over a thousand open reports and over a hundred thousand."""

import statistics
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from unittest import mock

from tests.bench import crowd
from tests.bench.calls import counted

SMALL, LARGE = 1_000, 100_000
DUE = 100  # the same number in both
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
ROUNDS = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """Medians in ms of wall time, and the calls of an idle tick."""

    small_ms: float
    large_ms: float
    idle: str
    idle_calls: int

    @property
    def ratio(self) -> float:
        """How much dearer a tick is with a hundred times as many open reports."""
        return self.large_ms / self.small_ms


def measure() -> Sweep:
    """Fills the store of `setting.store`, in which nothing else may wait for its time."""
    from tests.builders import report  # which reads in which stage it is

    model, later = report(version=1), NOW + timedelta(days=30)
    crowd.fill(replace(model, reporter_id="due"), first=0, count=DUE, next_at=NOW - timedelta(hours=1))
    crowd.fill(model, first=DUE, count=SMALL - DUE, next_at=later)
    small = _ticks()
    crowd.fill(model, first=SMALL, count=LARGE - SMALL, next_at=later)
    large = _ticks()
    with counted() as calls:
        _tick(NOW - timedelta(days=1))
    return Sweep(small_ms=small, large_ms=large, idle=str(calls), idle_calls=len(calls.made))


def _ticks() -> float:
    _tick(NOW)  # the connection is warm from here on
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        _tick(NOW)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _tick(now: datetime) -> None:
    """What SQS takes costs the same in both, and is left out."""
    from chalicelib.gateways import queues
    from chalicelib.services.reports import timers

    with mock.patch.object(queues, "send", return_value=frozenset()):
        timers.sweep(now=now)
