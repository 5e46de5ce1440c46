"""What every table shares: one client, one kind of transaction, and how DynamoDB's refusals become domain errors."""

import random
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from botocore.exceptions import ClientError, HTTPClientError
from botocore.exceptions import ConnectionError as NoConnection
from botocore.session import Session
from pynamodb.connection import Connection, TableConnection
from pynamodb.exceptions import PutError, TransactWriteError, UpdateError, VerboseClientError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

from chalicelib import aws
from chalicelib.domain.errors import Busy, DomainError

TRIES = 4
CONDITION_FAILED = "ConditionalCheckFailed"  # of a write in a transaction
REFUSED = "ConditionalCheckFailedException"  # of a write by itself
CONTENTION = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
OVERLOAD = frozenset(
    {
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


class Client(Connection):
    """The one DynamoDB client of this process. What stays refused after botocore's own retries is Busy.

    Overrides a private method, the only one that sees every call: PynamoDB is pinned.
    """

    @property
    def session(self) -> Session:
        """The process's own session, which starts faster than PynamoDB's."""
        return aws.session()

    def _make_api_call(self, operation_name: str, operation_kwargs: dict[str, Any]) -> dict[str, Any]:
        try:
            return super()._make_api_call(operation_name, operation_kwargs)
        except VerboseClientError as error:
            if error.response["Error"].get("Code") in OVERLOAD or _is_servers_fault(error):
                raise Busy("store_busy") from error
            raise
        except (NoConnection, HTTPClientError) as error:
            raise Busy("store_unreachable") from error


def _is_servers_fault(error: VerboseClientError) -> bool:
    """Whether it was answered with a 5xx, whatever its name: a proxy's has none. PynamoDB keeps that in the cause."""
    cause = error.__cause__
    return isinstance(cause, ClientError) and cause.response["ResponseMetadata"]["HTTPStatusCode"] >= 500


@cache
def connection() -> Client:
    """Made at the first call, never at import. At worst a call takes 3 x 3 s: two of them fit into the API's 29 s,
    and one into the authorizer's 10 s, so that it can still be answered that the store is busy."""
    return Client(connect_timeout_seconds=1, read_timeout_seconds=2, max_retry_attempts=2)


class Table(Model):
    """A model that shares one DynamoDB client with every other table.

    PynamoDB gives each model its own botocore session, about 0.1 s apiece on a cold
    start (pynamodb/PynamoDB#1245). Overrides a private method: PynamoDB is pinned.
    """

    @classmethod
    def _get_connection(cls) -> TableConnection:
        table = super()._get_connection()
        if table.connection is not connection():
            connection().add_meta_table(table.connection.get_meta_table(table.table_name))
            table.connection = connection()
        return table

    def update_if(self, condition: Condition | None, actions: Sequence[Action]) -> bool:
        """Change some attributes of the item where the condition holds; whether it did."""
        return _done(lambda: self.update(list(actions), condition=condition))

    def save_if(self, condition: Condition) -> bool:
        """Write the whole item where the condition holds; whether it did."""
        return _done(lambda: self.save(condition))


def _done(write: Callable[[], object]) -> bool:
    try:
        write()
    except (PutError, UpdateError) as error:
        if error.cause_response_code != REFUSED:
            raise
        return False
    return True


type Write = tuple[Callable[[TransactWrite], None], DomainError | None, bool]


class Transaction:
    """All or nothing. Each write may carry the refusal that is raised when its condition fails.

    Where several conditions fail at once, the first in the order checks, deletes, puts, updates speaks:
    DynamoDB gives its reasons in the order PynamoDB sends, which is this one, whatever the order of calls. One that
    `yields` speaks only where no other does.
    """

    def __init__(self) -> None:
        self._writes: dict[str, list[Write]] = {
            "check": [],
            "delete": [],
            "put": [],
            "update": [],
        }

    def check(
        self, model: type[Model], hash: str, range: str | int | None, *, condition: Condition, refusal: DomainError
    ) -> None:
        """Require `condition` of an item that is not written."""
        self._writes["check"].append((lambda t: t.condition_check(model, hash, range, condition), refusal, False))

    def delete(self, item: Model, condition: Condition | None = None, refusal: DomainError | None = None) -> None:
        """Delete the item."""
        self._writes["delete"].append((lambda t: t.delete(item, condition), refusal, False))

    def put(
        self,
        item: Model,
        condition: Condition | None = None,
        refusal: DomainError | None = None,
        *,
        yields: bool = False,
    ) -> None:
        """Write the whole item."""
        self._writes["put"].append((lambda t: t.save(item, condition), refusal, yields))

    def update(
        self,
        item: Model,
        actions: Sequence[Action],
        condition: Condition | None = None,
        refusal: DomainError | None = None,
    ) -> None:
        """Change some attributes of the item."""
        self._writes["update"].append((lambda t: t.update(item, list(actions), condition), refusal, False))

    def commit(self) -> None:
        """Write everything or nothing.

        Contention and throttling are tried again with jitter, then raised as Busy. A response that is lost after
        the commit is safe: botocore repeats the call with the same client request token.
        """
        writes = [write for kind in self._writes.values() for write in kind]
        for attempt in range(TRIES):
            if self._attempt(writes):
                return
            time.sleep(random.uniform(0, 0.05 * 2**attempt))
        raise Busy("store_contention")

    def _attempt(self, writes: list[Write]) -> bool:
        try:
            with TransactWrite(connection=connection()) as transaction:
                for add, _, _ in writes:
                    add(transaction)
        except TransactWriteError as error:
            codes = [reason.code if reason else None for reason in error.cancellation_reasons]
            failed = [write for code, write in zip(codes, writes, strict=False) if code == CONDITION_FAILED]
            for _, refusal, _ in sorted(failed, key=lambda write: write[2]):
                if refusal:
                    raise refusal from error
            if not CONTENTION.intersection(codes):
                raise
            return False
        return True
