"""What looks wrong, worked out from all traces at once and as plainly as the rules read: what must be found."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.fraud.findings import Draft, Evidence, Fact, told
from chalicelib.domain.fraud.terms import Signal
from chalicelib.domain.fraud.traces import Trace
from chalicelib.domain.places import distance
from chalicelib.domain.reference.calendar import local_month
from chalicelib.domain.reference.numbers import Numbers
from tests.builders import COURIER, NOW, TOWNSHIP

type Found = dict[str, tuple[Signal, tuple[Evidence, ...]]]


def naive(traces: Iterable[Trace], numbers: Numbers) -> Found:
    """Signal and evidence by the finding's id."""
    every, drafts = sorted(traces, key=lambda one: (one.at, one.report_id)), list[Draft]()
    for number, one in enumerate(every):
        if one.false:
            drafts.append(_draft(Signal.FALSE_REPORT, one.report_id, [Evidence(report=one.report_id)]))
        if rides := [row for other in every[:number] if (row := _ride(other, one, numbers))]:
            drafts.append(_draft(Signal.SPEED, one.report_id, rides))
        if lies := _lies(every[: number + 1], numbers):
            drafts.append(_draft(Signal.FALSE_DANGER, one.report_id, lies))
    for month in sorted({local_month(one.at) for one in every}):
        drafts += _verifiers([one for one in every if one.verifier and local_month(one.at) == month], numbers)
    told_of = (told(None, draft, township=TOWNSHIP, now=NOW) for draft in drafts)
    return {one.id: (one.signal, one.evidence) for one in told_of if one}


def _draft(signal: Signal, subject: str, rows: Sequence[Evidence]) -> Draft:
    return Draft(signal=signal, subject=subject, person_id=COURIER.id, evidence=tuple(rows))


def _ride(other: Trace, one: Trace, numbers: Numbers) -> Evidence | None:
    minutes = (one.at - other.at).total_seconds() / 60
    if minutes > numbers.of("speed_hours") * 60 or not one.point or not other.point:
        return None
    metres = distance(one.point, other.point)
    if metres < numbers.of("speed_least_metres") or metres <= minutes * numbers.of("speed_metres_minute"):
        return None
    facts: dict[str, str | float] = {"metres": round(metres), "minutes": round(minutes, 1)}
    return Evidence(report=one.report_id, other_report=other.report_id, facts=facts)


def _lies(until: Sequence[Trace], numbers: Numbers) -> list[Evidence]:
    last, within = until[-1], numbers.days("false_danger_days")
    lies = [one for one in until if one.false and one.klass == "E" and last.at - one.at <= within]
    if last not in lies or len(lies) < numbers.of("false_danger_times"):
        return []
    return [Evidence(report=one.report_id, facts={"seen_at": one.at.isoformat()}) for one in lies]


def _verifiers(verified: Sequence[Trace], numbers: Numbers) -> list[Draft]:
    drafts = []
    for verifier in sorted({one.verifier for one in verified}):
        his = [one for one in verified if one.verifier == verifier]
        share = 100 * len(his) / len(verified)
        if len(his) >= numbers.of("verifier_least") and share >= numbers.of("verifier_percent"):
            month = local_month(his[0].at)
            facts: dict[str, Fact] = {"times": len(his), "total": len(verified)}
            facts |= {"percent": round(share), "month": month}
            rows = [Evidence(report=one.report_id, facts={**facts}) for one in his]
            drafts.append(_draft(Signal.VERIFIER, f"{COURIER.id}#{month}#{verifier}", rows))
    return drafts
