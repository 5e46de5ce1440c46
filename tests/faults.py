"""Faults between the store and its DynamoDB: microburst stands in the middle and answers in AWS's own words.

It can throttle, fail, refuse a transaction, or let a write happen and lose the answer. Waiting between tries is noted
instead of done, so that no test sleeps.
"""

import json
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import pytest

from infra.local.ports import LOOPBACK, free_port

START_SECONDS = 30
WRITE, READ = "TransactWriteItems", "GetItem"


@dataclass(frozen=True, slots=True)
class Faults:
    """The proxy before one store. Without a rule everything passes. `waits`: seconds the store would have slept."""

    url: str
    waits: list[float] = field(default_factory=list)

    def refuse(self, operation: str, code: str, *, status: int = 400, times: int | None = None) -> None:
        """Answer with this error, `times` times or for ever; the store is not asked."""
        self._add({"operation": operation, "error": {"code": code, "status": status}}, times)

    def cancel(self, reason: str, *, times: int | None = None) -> None:
        """Cancel transactions for this reason, given for their second item."""
        reasons = [{"Code": "None"}, {"Code": reason, "Message": "injected"}]
        error = {"code": "TransactionCanceledException", "status": 400, "fields": {"CancellationReasons": reasons}}
        self._add({"operation": WRITE, "error": error}, times)

    def lose_answer(self, operation: str, *, times: int | None = None) -> None:
        """Let the store do it and cut the connection before its answer comes back."""
        self._add({"operation": operation, "response": {"abort_bytes": 0}}, times)

    def cut(self, operation: str) -> None:
        """Cut the connection before the store is asked."""
        self._add({"operation": operation, "reset": True}, None)

    def fired(self) -> int:
        """How many requests met a fault so far."""
        return len(self._ask("GET", "fired"))

    def clear(self) -> None:
        """Let everything pass again."""
        self._ask("POST", "rules", [])
        self._ask("DELETE", "fired")
        self.waits.clear()

    def _add(self, rule: dict[str, Any], times: int | None) -> None:
        limit = {"times": times} if times else {}
        self._ask("PATCH", "rules", [{"service": "dynamodb", **rule, **limit}])

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{self.url}/_microburst/{path}", data, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.loads(answer.read())


@contextmanager
def proxy(upstream: str) -> Iterator[str]:
    """Run microburst before `upstream`; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "microburst", "--upstream", upstream, "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await_answer(process, url := f"http://{LOOPBACK}:{port}")
        yield url
    finally:
        process.terminate()
        process.wait()


def _await_answer(process: subprocess.Popen[bytes], url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(f"{url}/_microburst/health", timeout=1):
            return
        time.sleep(0.05)  # for a process, not for the product: there is nothing to be told by
    raise RuntimeError("microburst did not start")


@pytest.fixture(scope="module")
def proxies() -> Iterator[dict[str, str]]:
    """Proxies started so far, by the address of the store behind them."""
    with ExitStack() as stack:
        yield _Proxies(stack)


class _Proxies(dict[str, str]):
    """Starts a proxy when it is first asked for."""

    def __init__(self, stack: ExitStack) -> None:
        super().__init__()
        self.stack = stack

    def __missing__(self, upstream: str) -> str:
        self[upstream] = url = self.stack.enter_context(proxy(upstream))
        return url


@pytest.fixture
def faults(tables: str, rules: None, proxies: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Faults:
    """The store, with the rules in force, from now on behind the proxy."""
    faults = Faults(proxies[tables])
    faults.clear()
    through(faults.url, monkeypatch)
    # Each module's own clock, not everybody's: other threads of the test process sleep too.
    monkeypatch.setattr("chalicelib.store.base.time", SimpleNamespace(sleep=faults.waits.append))
    monkeypatch.setattr("botocore.endpoint.time", SimpleNamespace(sleep=lambda seconds: None))
    return faults


def through(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the product's next call go to this address."""
    from chalicelib.store import base

    monkeypatch.setenv("AWS_ENDPOINT_URL", url)
    base.connection.cache_clear()
