"""When couriers of an employer have their peaks, by the edition in force: what lies in one is not offered to them."""

from collections.abc import Mapping
from datetime import datetime, time
from functools import lru_cache

from chalicelib.domain.reference import quiet_hours
from chalicelib.domain.reference.quiet_hours import EMPLOYERS, TABLE, QuietHours
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

type Span = tuple[time, time]  # local, the end not included


def peaks(employer: str, *, now: datetime) -> tuple[Span, ...]:
    """The peaks of this employer's couriers (local); none where his kind is not known."""
    found = reference.current(TABLE, EMPLOYERS, now=now)
    kind = quiet_hours.type_of(employer, _employers(found[EMPLOYERS]))
    return tuple((peak.start, peak.end) for peak in _hours(found[TABLE]).by_type.get(kind, ()))


@lru_cache(maxsize=2)
def _hours(edition: Edition) -> QuietHours:
    return quiet_hours.read(edition.body)


@lru_cache(maxsize=2)
def _employers(edition: Edition) -> Mapping[str, str]:
    return quiet_hours.read_employers(edition.body)
