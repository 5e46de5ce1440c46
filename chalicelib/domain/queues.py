"""The names of the queues."""

from enum import StrEnum


class Queue(StrEnum):
    """One per follower of history, and those that other work waits in."""

    NOTICES = "notices"
    POINTS = "points"
    FIGURES = "figures"
    ALARMS = "alarms"
    LINKS = "links"
    MERGES = "merges"
    CELLS = "cells"
    PHOTOS = "photos"
    RECHECKS = "rechecks"
    RANKINGS = "rankings"
    CHECKS = "checks"
    HAPPENINGS = "happenings"
    TIMERS = "timers"
    OUTBOX = "outbox"
    CODES = "codes"
    EXPORTS = "exports"
