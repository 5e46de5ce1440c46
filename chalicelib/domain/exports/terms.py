"""The words of an export."""

from enum import StrEnum

LONGEST_KEPT = 7  # days: then the bucket erases a file, whatever a table says (infra/storage.yaml)


class ExportState(StrEnum):
    """How far a job is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"
    ERASED = "erased"
    WITHDRAWN = "withdrawn"  # by who asked for it, or the admin


class Content(StrEnum):
    """What a file is of."""

    REPORTS = "reports"
    LEDGER = "ledger"  # entries of points


class Ground(StrEnum):
    """For what personal data may leave with a file."""

    REWARD = "reward"  # points, prizes and honours are handed out
    CONTACT = "contact"  # reporters are called back
    AUTHORITY = "authority"  # a body entitled by law asks for it
    SUBJECT = "subject"  # the person concerned asks for it
