"""Why nothing more is done for a beneficiary. Couriers are told "not needed", and never this."""

from enum import StrEnum


class Stop(StrEnum):
    """For how long: for good, until another consent, for the days of a pause (also where it was taken back)."""

    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    PAUSED = "paused"
