"""Table `reports`: one item per report (`head`); beside it its long text (`text`), and copies for the other
lists that it lies on (`part#…` for co-handlers, `watch`).

| access                         | by                                                       |
|--------------------------------|----------------------------------------------------------|
| one report, consistent         | id, `head`                                               |
| … with its text                | id                                                       |
| several reports                | batch by id                                              |
| mine, newest first             | `by_reporter`: reporter_id, created_at                   |
| an inbox or list, by deadline  | `by_holder`: holder, due_key (open only)                 |
| a village's month              | `by_area`: area_month, created_at                        |
| … of one kind                  | `by_area_kind`: area_month_kind, created_at              |
| … in one status                | `by_area_status`: area_month_status, created_at          |
| what falls due, of any part    | `due`: due_shard, next_at (sparse, keys only); `due.py`  |

A head is one document (`body`, JSON) beside the attributes that conditions and indexes need: see docs/adr/0004.
"""

import zlib
from collections.abc import Iterable, Mapping

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import IllegalAction, NotFound, StaleVersion
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reports import lists
from chalicelib.domain.reports.lists import Entry
from chalicelib.domain.reports.model import Report
from chalicelib.store.base import Table, Transaction

DUE_SHARDS = 8
HEAD, TEXT = "head", "text"
NEVER = "9999"  # sorts behind every deadline
OUTSIDE = "outside"  # stands for the village of what no village holds

_decode = msgspec.json.Decoder(Report).decode


class ByReporter(GlobalSecondaryIndex["ReportItem"]):
    """Whose reports."""

    class Meta:
        index_name = "by_reporter"
        projection = IncludeProjection(["body"])

    reporter_id = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class ByHolder(GlobalSecondaryIndex["ReportItem"]):
    """Whose turn it is."""

    class Meta:
        index_name = "by_holder"
        projection = IncludeProjection(["body"])

    holder = UnicodeAttribute(hash_key=True)
    due_key = UnicodeAttribute(range_key=True)


class ByArea(GlobalSecondaryIndex["ReportItem"]):
    """What happened in a village in a month."""

    class Meta:
        index_name = "by_area"
        projection = IncludeProjection(["body"])

    area_month = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class ByAreaKind(GlobalSecondaryIndex["ReportItem"]):
    """… of one kind."""

    class Meta:
        index_name = "by_area_kind"
        projection = IncludeProjection(["body"])

    area_month_kind = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class ByAreaStatus(GlobalSecondaryIndex["ReportItem"]):
    """… in one status."""

    class Meta:
        index_name = "by_area_status"
        projection = IncludeProjection(["body"])

    area_month_status = UnicodeAttribute(hash_key=True)
    created_at = UnicodeAttribute(range_key=True)


class DueIndex(GlobalSecondaryIndex["ReportItem"]):
    """What falls due, and when."""

    class Meta:
        index_name = "due"
        projection = KeysOnlyProjection()

    due_shard = NumberAttribute(hash_key=True)
    next_at = UTCDateTimeAttribute(range_key=True)


class ReportItem(Table):
    """A part of a report."""

    class Meta:
        table_name = settings().table("reports")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    version = NumberAttribute(null=True)
    body = UnicodeAttribute()
    reporter_id = UnicodeAttribute(null=True)
    created_at = UnicodeAttribute(null=True)
    holder = UnicodeAttribute(null=True)
    due_key = UnicodeAttribute(null=True)
    area_month = UnicodeAttribute(null=True)
    area_month_kind = UnicodeAttribute(null=True)
    area_month_status = UnicodeAttribute(null=True)
    due_shard = NumberAttribute(null=True)
    next_at = UTCDateTimeAttribute(null=True)
    by_reporter = ByReporter()
    by_holder = ByHolder()
    by_area = ByArea()
    by_area_kind = ByAreaKind()
    by_area_status = ByAreaStatus()
    due = DueIndex()


def get(report_id: str) -> Report:
    """The report as it is now. Raises NotFound."""
    try:
        return _decode(ReportItem.get(report_id, HEAD, consistent_read=True).body)
    except ReportItem.DoesNotExist as error:
        raise NotFound("no_such_report", report=report_id) from error


def parts_of(report_id: str) -> dict[str, str]:
    """The bodies of all that lies with a report, by part: one query. Raises NotFound."""
    parts = {item.part: item.body for item in ReportItem.query(report_id, consistent_read=True)}
    if HEAD not in parts:
        raise NotFound("no_such_report", report=report_id)
    return parts


def get_whole(report_id: str) -> tuple[Report, str]:
    """The report and its text, in one query. Raises NotFound."""
    return opened(parts_of(report_id))


def opened(parts: Mapping[str, str]) -> tuple[Report, str]:
    """The report and its text, from its parts."""
    return _decode(parts[HEAD]), parts.get(TEXT, "")


def several(report_ids: list[str], *, consistent: bool = False) -> list[Report]:
    """Those of the reports that exist, in no order."""
    found = ReportItem.batch_get([(id, HEAD) for id in report_ids], consistent_read=consistent) if report_ids else ()
    return [_decode(item.body) for item in found]


def texts(report_ids: Iterable[str]) -> dict[str, str]:
    """The long texts of those that have one: one call for a hundred, none for nobody."""
    keys = [(id, TEXT) for id in report_ids]
    return {item.id: item.body for item in ReportItem.batch_get(keys)} if keys else {}


def put(report: Report, *, before: Report | None = None, transaction: Transaction) -> None:
    """Store the report over the version it came from; the transaction raises StaleVersion if that is past.

    On every other list that it lies on, such as a co-handler's, it lies as a copy beside the head.
    """
    listed = lists.entries(report)
    for name in (lists.entries(before).keys() if before else set()) - listed.keys():
        transaction.delete(ReportItem(report.id, name))
    for entry in listed.values():
        transaction.put(_copy(report, entry))
    fresh = ReportItem.version.does_not_exist() if report.version == 1 else ReportItem.version == report.version - 1
    transaction.put(_item(report), fresh, StaleVersion("changed_meanwhile"))


def require_open(report_id: str, *, transaction: Transaction) -> None:
    """Make the transaction depend on the report being open. Refuses with IllegalAction (`report_ended`)."""
    refusal = IllegalAction("report_ended")
    transaction.check(ReportItem, report_id, HEAD, condition=ReportItem.holder.exists(), refusal=refusal)


def put_text(report_id: str, text: str, *, transaction: Transaction) -> None:
    """Store the report's long text; it never changes, so a change of status need not rewrite it."""
    transaction.put(ReportItem(id=report_id, part=TEXT, body=text))


def erase_text(report_id: str, *, transaction: Transaction) -> None:
    """Forget the report's long text, if there is one."""
    transaction.delete(ReportItem(report_id, TEXT))


def _item(report: Report) -> ReportItem:
    area_month = f"{report.place.village or OUTSIDE}#{local_month(report.created_at)}"
    is_open = report.holder is not None
    return ReportItem(
        id=report.id,
        part=HEAD,
        version=report.version,
        body=msgspec.json.encode(report).decode(),
        reporter_id=report.reporter_id,
        created_at=report.created_at.isoformat(),
        holder=report.holder.key if report.holder else None,
        due_key=(report.due_at.isoformat() if report.due_at else NEVER) if is_open else None,
        area_month=area_month,
        area_month_kind=f"{area_month}#{report.nature.kind}" if report.nature.kind else None,
        area_month_status=f"{area_month}#{report.status}",
        due_shard=due_shard(report.id) if report.next_at else None,
        next_at=report.next_at,
    )


def _copy(report: Report, entry: Entry) -> ReportItem:
    return ReportItem(
        id=report.id,
        part=entry.name,
        body=msgspec.json.encode(report).decode(),
        holder=entry.list,
        due_key=entry.due_at.isoformat() if entry.due_at else NEVER,
    )


def due_shard(report_id: str) -> int:
    """Which shard of `due` everything of this report is in."""
    return zlib.crc32(report_id.encode()) % DUE_SHARDS
