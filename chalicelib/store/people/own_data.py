"""The texts of somebody's own reports, many at a time (table `reports`, part `text`)."""

from collections.abc import Iterable

from chalicelib.store.reports.reports import TEXT, ReportItem


def texts(report_ids: Iterable[str]) -> dict[str, str]:
    """The texts of those reports that have one: one call for a hundred."""
    keys = [(id, TEXT) for id in report_ids]
    return {item.id: item.body for item in ReportItem.batch_get(keys)} if keys else {}
