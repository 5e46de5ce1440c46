"""The words of an export."""

from enum import StrEnum


class State(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    ERASED = "erased"


class Ground(StrEnum):
    """For what personal data may leave with a file."""

    REWARD = "reward"  # points, prizes and honours are handed out
    CONTACT = "contact"  # reporters are called back
    AUTHORITY = "authority"  # a body entitled by law asks for it
    SUBJECT = "subject"  # the person concerned asks for it
