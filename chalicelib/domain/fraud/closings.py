"""A blind re-check found undone what was said to be solved (DOMAIN §3): who had said so?"""

from collections.abc import Sequence

from chalicelib.domain.events import Event
from chalicelib.domain.fraud.findings import Draft, Evidence
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.rechecks.sampling import finds_undone as concerns
from chalicelib.domain.reports.model import Status

__all__ = ["concerns", "contradicted"]


def contradicted(lines: Sequence[Event]) -> Draft | None:
    """What the last of `lines`, a blind re-check, amounts to; None where nobody had said that it is solved.

    Who confirmed the closing is involved, and so are the reporter and who looked again: neither judges it.
    """
    last, before = lines[-1], lines[:-1]
    claimed = next((line for line in reversed(before) if _claims(line)), None)
    if claimed is None or not claimed.actor_id:
        return None
    confirmed = [line.actor_id for line in before if line.number > claimed.number and _closes(line) and line.actor_id]
    row = Evidence(
        report=last.subject_id,
        facts={"said_at": claimed.at.isoformat(), "found_at": last.at.isoformat(), "line": last.number},
    )
    return Draft(
        signal=Signal.RECHECK,
        subject=last.id,
        person_id=claimed.actor_id,
        involved=tuple({*confirmed, last.actor_id, last.reporter_id} - {"", claimed.actor_id}),
        evidence=(row,),
    )


def _claims(line: Event) -> bool:
    """Said to be solved, or closed at once as gone: by whoever did that."""
    if line.standing.status is Status.RESOLVED:
        return line.was is None or line.was.status is not Status.RESOLVED
    return _closes(line) and line.was is not None and line.was.status is not Status.RESOLVED


def _closes(line: Event) -> bool:
    return line.standing.status is Status.CLOSED and (line.was is None or line.was.status is not Status.CLOSED)
