"""The SMS that an applicant waits for: part `answer` of table `reports`, due at once like everything due there.

| access                      | by            |
|-----------------------------|---------------|
| what an applicant is told   | id, `answer`  |
| what is due (see `reports`) | index `due`   |
"""

from dataclasses import dataclass
from datetime import datetime

import msgspec

from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

PART = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an application's phone is told, by which template, since when it waits to be told."""

    id: str
    phone: str
    template: str
    at: datetime


def put(answer: Answer, transaction: Transaction) -> None:
    """Have the applicant told, with the decision that he is told of."""
    transaction.put(_item(answer, answer.at))


def find(id: str) -> Answer | None:
    """What the applicant is still to be told."""
    try:
        return msgspec.json.decode(ReportItem.get(id, PART, consistent_read=True).body, type=Answer)
    except ReportItem.DoesNotExist:
        return None


def put_off(answer: Answer, *, until: datetime) -> None:
    """Have it tried again at `until`, unless he was told meanwhile."""
    _item(answer, until).save_if(ReportItem.id.exists())


def remove(id: str) -> None:
    """He was told."""
    ReportItem(id, PART).delete()


def _item(answer: Answer, due: datetime) -> ReportItem:
    body = msgspec.json.encode(answer).decode()
    return ReportItem(id=answer.id, part=PART, body=body, due_shard=due_shard(answer.id), next_at=due)
