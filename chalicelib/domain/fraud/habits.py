"""What looks wrong about a courier's reports taken together (DOMAIN §3): speed, who verified them, what was false.

Each is a function of the set of traces alone. A trace can change only what `of` returns for it, so that whoever comes
last, in whatever order, leaves what all of them amount to.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from chalicelib.domain.fraud.findings import Draft, Evidence, Fact, finding_id
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.fraud.traces import Trace
from chalicelib.domain.places import distance
from chalicelib.domain.reference.calendar import instants, local_month
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.domain.reference.taxonomy import DANGER_CLASS

LONGEST_MONTH = timedelta(days=31)

type Drafts = dict[str, Draft | None]


def span(trace: Trace, numbers: Numbers) -> tuple[datetime, datetime]:
    """From when until when traces matter to this one: its local month, and as far as the rules look back or ahead."""
    first = f"{local_month(trace.at)}-01"
    begin, _ = instants(first, first)
    reach = max(numbers.days("false_danger_days"), numbers.hours("speed_hours"))
    return min(begin, trace.at - reach), max(begin + LONGEST_MONTH, trace.at + reach)


def of(trace: Trace, traces: Iterable[Trace], numbers: Numbers) -> Drafts:
    """What this trace may have changed, by the finding's id: what is found, or None where nothing is (any longer).

    `traces`: all within its span, itself among them.
    """
    known = sorted(traces, key=lambda one: one.order)
    later = [one for one in known if one.order >= trace.order]
    drafts: Drafts = {finding_id(Signal.FALSE_REPORT, trace.report_id): _false_report(trace)}
    for one in later:
        if one.at - trace.at <= numbers.hours("speed_hours"):
            drafts[finding_id(Signal.SPEED, one.report_id)] = _speed(one, known, numbers)
        if one.klass == DANGER_CLASS or one.order == trace.order:
            drafts[finding_id(Signal.FALSE_DANGER, one.report_id)] = _false_danger(one, known, numbers)
    month = [one for one in known if local_month(one.at) == local_month(trace.at)]
    return drafts | _verifiers(month, numbers)


def _false_report(trace: Trace) -> Draft | None:
    if not trace.false:
        return None
    return _draft(Signal.FALSE_REPORT, trace, [Evidence(report=trace.report_id)])


def _speed(trace: Trace, known: Sequence[Trace], numbers: Numbers) -> Draft | None:
    """Every earlier report that he cannot have come from."""
    within = numbers.hours("speed_hours")
    earlier = [one for one in known if one.order < trace.order and trace.at - one.at <= within]
    rows = [row for one in earlier if (row := _ride(one, trace, numbers))]
    return _draft(Signal.SPEED, trace, rows) if rows else None


def _ride(one: Trace, to: Trace, numbers: Numbers) -> Evidence | None:
    if one.point is None or to.point is None:
        return None
    metres, minutes = distance(one.point, to.point), (to.at - one.at).total_seconds() / 60
    if metres < numbers.of("speed_least_metres") or metres <= minutes * numbers.of("speed_metres_minute"):
        return None
    facts = {"metres": round(metres), "minutes": round(minutes, 1)}
    return Evidence(report=to.report_id, other_report=one.report_id, facts={**facts})


def _false_danger(trace: Trace, known: Sequence[Trace], numbers: Numbers) -> Draft | None:
    """Danger to life reported falsely, not for the first time within so many days."""
    if not (trace.false and trace.klass == DANGER_CLASS):
        return None
    within = numbers.days("false_danger_days")
    alike = [one for one in known if one.false and one.klass == DANGER_CLASS and one.order <= trace.order]
    recent = [one for one in alike if trace.at - one.at <= within]
    if len(recent) < numbers.count("false_danger_times"):
        return None
    rows = [Evidence(report=one.report_id, facts={"seen_at": one.at.isoformat()}) for one in recent]
    return _draft(Signal.FALSE_DANGER, trace, rows)


def _verifiers(month: Sequence[Trace], numbers: Numbers) -> Drafts:
    """Of the reports of one courier and month: who verified too many of them."""
    verified = [one for one in month if one.verifier]
    drafts: Drafts = {}
    for verifier in sorted({one.verifier for one in verified}):
        by_him = [one for one in verified if one.verifier == verifier]
        subject = f"{by_him[0].courier_id}#{local_month(by_him[0].at)}#{verifier}"
        drafts[finding_id(Signal.VERIFIER, subject)] = _verifier(subject, by_him, len(verified), numbers)
    return drafts


def _verifier(subject: str, by_him: Sequence[Trace], total: int, numbers: Numbers) -> Draft | None:
    times = len(by_him)
    if times < numbers.count("verifier_least") or times * 100 < total * numbers.of("verifier_percent"):
        return None
    facts: dict[str, Fact] = {"times": times, "total": total, "percent": round(times * 100 / total)}
    facts["month"] = local_month(by_him[0].at)
    return Draft(
        signal=Signal.VERIFIER,
        subject=subject,
        person_id=by_him[0].courier_id,
        involved=(by_him[0].verifier,),
        evidence=tuple(Evidence(report=one.report_id, facts={**facts}) for one in by_him),
    )


def _draft(signal: Signal, trace: Trace, rows: Sequence[Evidence]) -> Draft:
    return Draft(signal=signal, subject=trace.report_id, person_id=trace.courier_id, evidence=tuple(rows))
