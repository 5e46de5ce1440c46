"""Words of the points ledger."""

from enum import StrEnum


class EntryState(StrEnum):
    """Whether the points are there (`posted`), expected (`pending`), or expected no longer (`voided`)."""

    PENDING = "pending"
    POSTED = "posted"
    VOIDED = "voided"


class Kind(StrEnum):
    """Why points move."""

    EARN = "earn"  # follows from a report's history
    AWARD = "award"  # people decided it, for or against him
    RANK = "rank"  # among the first of a period
    ADJUST = "adjust"  # what staff put right
    REDEEM = "redeem"  # spent on a prize or a service
    RETURN = "return"  # what was spent comes back
    EXPIRE = "expire"  # its time was over


SPENT = frozenset({Kind.REDEEM, Kind.RETURN, Kind.EXPIRE})  # they name their lots, and no cap or score knows them
