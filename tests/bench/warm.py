"""Warm requests through the Lambda's handler, against bare boto3 calls that write the same items under other ids."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any
from uuid import uuid4

import boto3

from tests.bench import events
from tests.bench.calls import Calls, counted

ROUNDS = 150
WARM_UP = 10
PAGE = 50

Handler = Callable[[events.Event, Any], dict[str, Any]]
Parameters = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Warm:
    """CPU milliseconds, medians of ROUNDS, of the product and of its bare calls; and the calls the product makes."""

    floor_ms: float
    product_ms: float
    calls: Calls

    @property
    def ratio(self) -> float:
        """How many bare calls the product costs."""
        return self.product_ms / self.floor_ms


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The captured calls of one request, and the names in them that a repetition must replace."""

    calls: Calls
    names: tuple[str, ...]

    def parameters(self, operation: str, names: tuple[str, ...]) -> Parameters:
        """What the call was given, under other names."""
        text = json.dumps(self.calls.parameters(operation))
        for old, new in zip(self.names, names, strict=True):
            text = text.replace(old, new)
        parameters: Parameters = json.loads(text)
        return parameters


class Bench:
    """Keeps the reports of both sides, so that what was submitted can be verified."""

    def __init__(self, handler: Handler) -> None:
        self.handler = handler
        self.bare = boto3.client("dynamodb")
        self.pairs: list[tuple[tuple[str, str], tuple[str, str]]] = []

    def first_calls(self) -> Calls:
        """The calls of a process's very first report, which reads the reference data."""
        from chalicelib.store.reference import reference

        reference.forget()
        with counted() as calls:
            self._submit(events.courier("first"))
        return calls

    def intake(self) -> Warm:
        """Accept reports, and write the same items bare."""
        courier = events.courier("sample")
        with counted() as calls:
            sample = Sample(calls=calls, names=(self._submit(courier), courier))
        times = [self._intake_pair(sample) for _ in range(ROUNDS + WARM_UP)][WARM_UP:]
        return _warm(times, calls)

    def _intake_pair(self, sample: Sample) -> tuple[float, float]:
        bare = (str(uuid4()), events.courier("bare"))
        write = sample.parameters("TransactWriteItems", bare)
        floor, _ = _timed(lambda: self.bare.transact_write_items(**write))
        courier = events.courier("product")
        event = events.submission(courier)
        product, answer = _timed(lambda: self.handler(event, events.Context()))
        self.pairs.append((bare, (events.answered(answer, 201)["id"], courier)))
        return floor, product

    def change(self) -> Warm:
        """Verify the reports, and read and write the same items bare."""
        _, names = self.pairs.pop()
        with counted() as calls:
            self._verify(names[0])
        sample = Sample(calls=calls, names=names)
        times = [self._change_pair(sample, bare, own) for bare, (own, _) in self.pairs][WARM_UP:]
        return _warm(times, calls)

    def _change_pair(self, sample: Sample, bare: tuple[str, str], own: str) -> tuple[float, float]:
        read, write = sample.parameters("GetItem", bare), sample.parameters("TransactWriteItems", bare)
        floor, _ = _timed(lambda: (self.bare.get_item(**read), self.bare.transact_write_items(**write)))
        event = events.verification(own)
        product, answer = _timed(lambda: self.handler(event, events.Context()))
        events.answered(answer, 200)
        return floor, product

    def page(self) -> Warm:
        """A page of the grid member's inbox, and the same query bare."""
        with counted() as calls:
            found = events.answered(self.handler(events.inbox(PAGE), events.Context()), 200)["reports"]
        assert len(found) == PAGE, len(found)
        query = calls.parameters("Query")
        times = [self._page_pair(query) for _ in range(ROUNDS)][WARM_UP:]
        return _warm(times, calls)

    def _page_pair(self, query: Parameters) -> tuple[float, float]:
        floor, _ = _timed(lambda: self.bare.query(**query))
        product, _ = _timed(lambda: self.handler(events.inbox(PAGE), events.Context()))
        return floor, product

    def _submit(self, courier: str) -> str:
        return str(events.answered(self.handler(events.submission(courier), events.Context()), 201)["id"])

    def _verify(self, report_id: str) -> None:
        events.answered(self.handler(events.verification(report_id), events.Context()), 200)


def _warm(times: list[tuple[float, float]], calls: Calls) -> Warm:
    floor, product = (median(side) for side in zip(*times, strict=True))
    return Warm(floor_ms=floor, product_ms=product, calls=calls)


def _timed(run: Callable[[], Any]) -> tuple[float, Any]:
    """CPU milliseconds of this process while it ran, and what it answered."""
    start = time.process_time()
    answer = run()
    return (time.process_time() - start) * 1000, answer
