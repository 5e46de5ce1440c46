"""One bad record must not take its batch along: report it alone, and let the queue try it again."""

import logging
from collections.abc import Callable, Iterable

log = logging.getLogger(__name__)

type Failures = dict[str, list[dict[str, str]]]


def each[Record](
    records: Iterable[Record], handle: Callable[[Record], None], name: Callable[[Record], str]
) -> Failures:
    """Handle every record; the answer names those that failed, as Lambda's ReportBatchItemFailures wants it."""
    failures = []
    for record in records:
        try:
            handle(record)
        except Exception:  # the queue redelivers it, then its DLQ keeps it and an alarm rings
            log.exception("record %s failed", name(record))
            failures.append({"itemIdentifier": name(record)})
    return {"batchItemFailures": failures}
