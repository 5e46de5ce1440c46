"""A report's alarm: part `alarm` of table `reports`, due like everything else there while somebody is to be called.

| access                      | by            |
|-----------------------------|---------------|
| a report's alarm            | id, `alarm`   |
| what is due (see `reports`) | index `due`   |
"""

import msgspec

from chalicelib.domain.duty.alarms import Alarm
from chalicelib.domain.errors import AlreadyDone
from chalicelib.store.base import Transaction
from chalicelib.store.reports.reports import ReportItem, due_shard

ALARM = "alarm"

_decode = msgspec.json.Decoder(Alarm).decode


def find(report_id: str) -> Alarm | None:
    """The report's alarm as it stands now, if there was one."""
    try:
        return _decode(ReportItem.get(report_id, ALARM, consistent_read=True).body)
    except ReportItem.DoesNotExist:
        return None


def put(alarm: Alarm, *, over: Alarm | None, transaction: Transaction) -> None:
    """Store the alarm over what was read. The transaction raises AlreadyDone where that has changed since."""
    unchanged = ReportItem.body == _encoded(over) if over else ReportItem.id.does_not_exist()
    transaction.put(_item(alarm), unchanged, AlreadyDone("alarm_moved_on", report=alarm.report_id))


def _encoded(alarm: Alarm) -> str:
    return msgspec.json.encode(alarm).decode()


def _item(alarm: Alarm) -> ReportItem:
    return ReportItem(
        id=alarm.report_id,
        part=ALARM,
        body=_encoded(alarm),
        due_shard=due_shard(alarm.report_id) if alarm.next_at else None,
        next_at=alarm.next_at,
    )
