"""What history tells of a report leaves a trace, and what looks wrong by all traces together becomes a finding.

Events come twice and in any order. A trace is what the whole history of its report amounts to, and the newest stays.
What was found by a courier's traces is written only while none of them has changed: so whoever comes last sees all.
"""

from datetime import datetime
from functools import partial

from chalicelib.domain.events import Event
from chalicelib.domain.fraud import closings, habits, overturning
from chalicelib.domain.fraud import traces as rules
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.traces import Trace
from chalicelib.services.fraud import lifting, photo_checks, raising
from chalicelib.services.fraud.raising import patiently
from chalicelib.services.reference import rulebook
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import traces as store
from chalicelib.store.reports import reports


def follow(event: Event, *, now: datetime) -> None:
    """Everything that may look wrong after a line. Raises StaleVersion where all keeps changing: then it is told again.

    Raises NotFound for a report that is none.
    """
    if rules.concerns(event) and (trace := patiently(lambda: _trace(event, now))):
        patiently(lambda: _judge(trace, event.standing.township, now))
    if closings.concerns(event):
        lines = [line for line in history.of(event.subject_id) if line.number <= event.number]
        draft = closings.contradicted(lines)
        patiently(lambda: raising.raise_all([draft] if draft else [], township=event.standing.township, now=now))
    if event.was is None:
        photo_checks.check_all(event.subject_id, now=now)


def _trace(event: Event, now: datetime) -> Trace | None:
    """The trace that the report's history leaves by now, stored unless a newer one is there.

    None where it would have expired: entered again, it would be counted again.
    """
    found = rules.trace(history.of(event.subject_id), reports.get(event.subject_id))
    until = found.at + rulebook.in_force(now=now).numbers.days("trace_days")
    if until <= now:
        return None
    before = store.find(found)
    if before and before.number >= found.number:
        return before
    transaction = Transaction()
    store.put(found, over=before, until=until, transaction=transaction)
    transaction.commit()
    return found


def _judge(trace: Trace, township: str, now: datetime) -> None:
    """How often the traces have changed is read before them: what was missed by a hair moves it on."""
    numbers = rulebook.in_force(now=now).numbers
    moves = store.record(trace.courier_id).moves
    traces = store.between(trace.courier_id, *habits.span(trace, numbers))
    here = next((one for one in traces if one.report_id == trace.report_id), trace)
    guard = partial(store.require_unmoved, trace.courier_id, moves)

    def over(finding: Finding) -> None:
        if overturning.is_overturned(finding, traces, numbers):
            lifting.overturn(finding, guard=guard, now=now)

    raising.settle(habits.of(here, traces, numbers), township=township, now=now, guard=guard, over=over)
