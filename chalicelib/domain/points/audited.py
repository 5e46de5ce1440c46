"""What the auditor reads of the ledger (DOMAIN §1 auditor, §6).

He reads either who has points or what they were given for, never both at once: together they would say who reported
what (docs/adr/0033). Of what people decided about a report he reads whose it is: the log says for whom they did.
"""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.points.adjusting import is_told_apart
from chalicelib.domain.points.terms import EntryState
from chalicelib.domain.points.transfers import Transfer
from chalicelib.domain.reference.calendar import local_day

LONGEST_SPAN = 366  # days of the ledger that one question may ask for


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """An entry of the ledger. `id`, `report_id`, `at` and `corrects` are None where it is read by whose it is, and for
    what people decided about a report."""

    id: str | None
    report_id: str | None
    at: datetime | None
    corrects: str | None
    day: str
    rule: str
    edition: int
    points: int
    state: EntryState
    honour: bool
    zh: str
    en: str


def by_courier(entry: Transfer) -> Posting:
    """The entry for who asks whose it is: not what for."""
    return _posting(entry, of_report=False)


def by_day(entry: Transfer) -> Posting:
    """The entry for who asks what was given for what: not to whom."""
    return _posting(entry, of_report=not is_told_apart(entry))


def _posting(entry: Transfer, *, of_report: bool) -> Posting:
    return Posting(
        id=entry.id if of_report else None,
        report_id=entry.report_id if of_report else None,
        at=entry.at if of_report else None,
        corrects=entry.corrects if of_report else None,
        day=local_day(entry.at),
        rule=entry.rule,
        edition=entry.edition,
        points=entry.earned,
        state=entry.state,
        honour=entry.honour,
        zh=entry.zh,
        en=entry.en,
    )
