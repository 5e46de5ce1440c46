"""Histories in the store, as followers find them."""

from collections.abc import Iterable

from chalicelib.domain.events import Event
from chalicelib.store import history
from chalicelib.store.base import Transaction


def happened(lines: Iterable[Event]) -> None:
    """Append each line to the history, whatever stands there."""
    for line in lines:
        transaction = Transaction()
        history.append(line, transaction)
        transaction.commit()
