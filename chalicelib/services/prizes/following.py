"""What happens to an activity is told to those who follow: a line of history in the transaction that makes it true."""

from datetime import datetime

from chalicelib.domain.prizes import deeds
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.domain.prizes.model import Prize
from chalicelib.domain.prizes.redemptions import Redemption
from chalicelib.store import history
from chalicelib.store.base import Transaction


def note(booking: Redemption, deed: Deed, *, by: str, at: datetime, transaction: Transaction, **facts: object) -> None:
    """That this happened to a booking; nothing of goods and of other services."""
    if booking.activity:
        history.append(deeds.of_booking(booking, deed, by=by, at=at, **facts), transaction)


def note_called_off(prize: Prize, *, by: str, at: datetime, transaction: Transaction) -> None:
    """That an activity does not take place; nothing of anything else."""
    if prize.offer.activity:
        history.append(deeds.called_off(prize, by=by, at=at), transaction)


def note_organised(prize: Prize, courier_id: str, *, by: str, at: datetime, transaction: Transaction) -> None:
    """That a courier helped to run an activity."""
    history.append(deeds.organised(prize, courier_id, by=by, at=at), transaction)
