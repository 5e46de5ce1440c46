"""What the product asks of AWS, counted by hooks of its own botocore client."""

import copy
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from chalicelib.store import base

READS = frozenset({"GetItem", "BatchGetItem", "Query", "Scan", "TransactGetItems"})


@dataclass(frozen=True, slots=True)
class Calls:
    """Each call in order: the operation with its parameters."""

    made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The operations in order."""
        return [name for name, _ in self.made]

    @property
    def reads(self) -> int:
        """How many of them read."""
        return sum(name in READS for name in self.names)

    def parameters(self, operation: str) -> dict[str, Any]:
        """What the last call of an operation was given."""
        return next(given for name, given in reversed(self.made) if name == operation)

    def __str__(self) -> str:
        return " + ".join(f"{times} {name}" for name, times in Counter(self.names).items()) or "none"


@contextmanager
def counted() -> Iterator[Calls]:
    """Counts every call of the product's DynamoDB client; an attempt repeated by botocore is no new call."""
    calls, events = Calls(), base.connection().client.meta.events

    def note(params: dict[str, Any], model: Any, **_: Any) -> None:
        calls.made.append((model.name, copy.deepcopy(params)))

    events.register("provide-client-params.dynamodb", note)
    try:
        yield calls
    finally:
        events.unregister("provide-client-params.dynamodb", note)
