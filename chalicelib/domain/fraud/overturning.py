"""A verdict that somebody was warned or penalised for has changed: nothing of the decision remains (DOMAIN §3)."""

from collections.abc import Iterable
from dataclasses import replace

from chalicelib.domain.fraud import habits
from chalicelib.domain.fraud.decisions import ABOUT_FALSE, APPEALABLE
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState
from chalicelib.domain.fraud.traces import Trace
from chalicelib.domain.reference.numbers import Numbers

STANDING = APPEALABLE | {FindingState.APPEALED, FindingState.CONFIRMED}


def is_overturned(finding: Finding, traces: Iterable[Trace], numbers: Numbers) -> bool:
    """Whether a decision stands on reports that are not held to be false any longer.

    A report that is only looked at anew, as when its reporter objects, counts as false until somebody has judged it;
    and a decision outlives its traces and the numbers that it was raised by: only another verdict ends it.
    """
    if finding.signal not in ABOUT_FALSE or finding.state not in STANDING:
        return False
    known = [_doubted(one) if one.report_id in finding.reports else one for one in traces]
    subject = next((one for one in known if one.report_id == finding.subject), None)
    acquitted = any(not one.false for one in known if one.report_id in finding.reports)
    return subject is not None and acquitted and habits.of(subject, known, numbers)[finding.id] is None


def overturned(finding: Finding) -> Finding:
    """The finding with nothing left of what was decided on it."""
    return replace(finding, state=FindingState.OVERTURNED, version=finding.version + 1)


def _doubted(trace: Trace) -> Trace:
    return replace(trace, false=True) if trace.true is None else trace
