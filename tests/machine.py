"""The worker that writes exports, with its queue, its clock, and the power cable: it can die at any AWS call."""

from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from botocore.client import BaseClient

from chalicelib.gateways import lean_queues
from tests.builders import NOW

REDELIVERED = timedelta(minutes=90)  # how long the queue hides a message
ALWAYS: Callable[[], bool] = lambda: True  # noqa: E731  # a name for it


class Dead(BaseException):
    """The machine is gone: nothing of the product catches this."""


@dataclass(slots=True)
class Machine:
    """`dies_at`: the number of the AWS call at which it dies, once; `after`: when the call has been done."""

    queue: deque[str] = field(default_factory=deque)
    now: datetime = NOW
    dies_at: int | None = None
    after: bool = False
    calls: list[str] = field(default_factory=list)
    runs: int = 0

    def work_off(self, may_go_on: Callable[[], bool] = ALWAYS) -> None:
        """Until the queue is empty; a message whose worker died comes back."""
        while self.queue:
            message = self.queue[0]
            try:
                self.run(message, may_go_on)
            except Dead:
                self.now += REDELIVERED
            else:
                self.queue.popleft()

    def run(self, export_id: str, may_go_on: Callable[[], bool] = ALWAYS) -> None:
        """One delivery."""
        from chalicelib.services.exports import writing as export_writing

        self.runs += 1
        export_writing.write(export_id, holder=f"run-{self.runs}", clock=lambda: self.now, may_go_on=may_go_on)

    def count(self, name: str, call: Callable[[], Any]) -> Any:
        """Do a call, unless the machine dies before it; or die after it."""
        dies = len(self.calls) == self.dies_at
        self.calls.append(name)
        if dies:
            self.dies_at = None
        if dies and not self.after:
            raise Dead
        done = call()
        if dies:
            raise Dead
        return done


@contextmanager
def plugged_in(machine: Machine) -> Iterator[Machine]:
    """Every AWS call of the product passes through the machine; what it queues, stands in the machine's queue."""
    real = BaseClient._make_api_call  # type: ignore[attr-defined]  # what every call of botocore goes through

    def call(self: Any, name: str, parameters: Any) -> Any:
        return machine.count(name, lambda: real(self, name, parameters))

    def send(_: str, body: str, *, delay: timedelta) -> None:
        from msgspec.json import decode

        machine.count("SendMessage", lambda: machine.queue.append(decode(body)["id"]))
        machine.now += delay

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        patch.setattr(lean_queues, "send", send)
        yield machine
