"""Words of the points ledger."""

from enum import StrEnum


class EntryState(StrEnum):
    """Whether the points are there (`posted`), expected (`pending`), or expected no longer (`voided`)."""

    PENDING = "pending"
    POSTED = "posted"
    VOIDED = "voided"
