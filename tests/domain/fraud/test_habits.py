"""What looks wrong about a courier's reports taken together, whatever the order they are heard of in."""

from datetime import timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.fraud import findings, habits
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState, Signal
from chalicelib.domain.fraud.traces import Trace
from tests.builders import NOW, TOWNSHIP
from tests.naive_signals import Found, naive
from tests.suspects import DAY, HERE, HOUR, NUMBERS, away, numbers, trace

MINUTE = timedelta(minutes=1)


def signals(*traces: Trace, **changes: float) -> list[tuple[str, str]]:
    """What all of them together amount to: signal and subject."""
    rules, found = numbers(**changes), list[tuple[str, str]]()
    for one in traces:
        within = [other for other in traces if between(one, other)]
        found += [(draft.signal, draft.subject) for draft in habits.of(one, within, rules).values() if draft]
    return sorted(set(found))


def between(one: Trace, other: Trace) -> bool:
    since, until = habits.span(one, NUMBERS)
    return since <= other.at <= until


def test_nobody_rides_three_kilometres_in_a_minute() -> None:
    assert signals(trace("a"), trace("b", at=NOW + MINUTE, point=away(3000))) == [("speed", "b")]
    assert signals(trace("a"), trace("b", at=NOW + 3 * MINUTE, point=away(3000))) == []


def test_two_places_at_the_same_moment_are_too_fast_and_neighbouring_ones_are_not() -> None:
    assert signals(trace("a"), trace("b", point=away(1500))) == [("speed", "b")]
    assert signals(trace("a"), trace("b", point=away(900))) == []


def test_a_report_without_a_reliable_place_is_no_suspicion() -> None:
    assert signals(trace("a"), trace("b", point=None)) == []


def test_speed_says_what_was_ridden_in_what_time() -> None:
    found = habits.of(late := trace("b", at=NOW + MINUTE, point=away(3000)), [trace("a"), late], NUMBERS)
    (draft,) = [one for one in found.values() if one]
    assert draft.evidence[0].facts == {"metres": 3000, "minutes": 1.0}
    assert (draft.evidence[0].report, draft.evidence[0].other_report) == ("b", "a")


def test_one_false_report_is_a_finding_and_one_false_alarm_as_well_but_two_are_another() -> None:
    alarm: dict[str, Any] = {"false": True, "true": False, "klass": "E"}
    assert signals(trace("a", **alarm)) == [("false_report", "a")]
    month = signals(trace("a", **alarm), trace("b", at=NOW + 30 * DAY, **alarm))
    assert month == [("false_danger", "b"), ("false_report", "a"), ("false_report", "b")]
    later = signals(trace("a", **alarm), trace("b", at=NOW + 30 * DAY + MINUTE, **alarm))
    assert ("false_danger", "b") not in later


def test_one_verifier_of_nearly_all_looks_wrong_from_twenty_on() -> None:
    def verified(id: int, by: str) -> Trace:
        return trace(f"r{id:02}", at=NOW - id * HOUR, verifier=by, true=True)

    his = [verified(number, "v") for number in range(20)]
    assert [signal for signal, _ in signals(*his)] == ["verifier"]
    assert signals(*his[:19]) == []
    others = [verified(number, "w") for number in range(20, 23)]
    assert signals(*his, *others) == []  # 87 %
    assert [signal for signal, _ in signals(*his, *others[:2])] == ["verifier"]  # 91 %


traces = st.lists(
    st.builds(
        lambda minutes, place, klass, false, verifier: trace(
            at=NOW + timedelta(minutes=minutes),
            point=away(place) if place is not None else None,
            klass=klass,
            false=false,
            verifier=verifier,
        ),
        st.one_of(st.integers(0, 300), st.integers(0, 60 * 24 * 70)),
        st.one_of(st.none(), st.integers(0, 9000)),
        st.sampled_from("EEC"),
        st.booleans(),
        st.sampled_from(["", "v", "w"]),
    ),
    max_size=14,
).map(lambda made: [one.__class__(**{**fields(one), "report_id": f"r{n:02}"}) for n, one in enumerate(made)])


def fields(one: Trace) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__slots__}


class Told:
    """What stands after traces were entered one by one, each judged by those that are there."""

    def __init__(self) -> None:
        self.traces: dict[str, Trace] = {}
        self.findings: dict[str, Finding] = {}

    def hear(self, one: Trace, rules: Any) -> None:
        before = self.traces.get(one.report_id)
        if before is None or before.number < one.number:
            self.traces[one.report_id] = one
        here = self.traces[one.report_id]
        within = [other for other in self.traces.values() if between(here, other)]
        for id, draft in habits.of(here, within, rules).items():
            old = self.findings.get(id)
            after = findings.told(old, draft, township=TOWNSHIP, now=NOW) if draft else findings.lapsed(old)
            if after:
                self.findings[id] = after

    @property
    def open(self) -> Found:
        return {id: (one.signal, one.evidence) for id, one in self.findings.items() if one.state is FindingState.OPEN}


@given(traces, st.data())
@settings(max_examples=150)
def test_a_storm_of_repeated_and_reordered_news_finds_what_a_look_at_all_finds(made: list[Trace], data: Any) -> None:
    rules = numbers(verifier_least=3, verifier_percent=60)
    news = [*made, *made]
    for one in made:  # what it is judged to be changes, and changes again
        news.append(trace_of(one, number=2, false=not one.false, verifier="v"))
        if data.draw(st.booleans()):
            news.append(trace_of(one, number=3, klass="E" if one.klass == "C" else "C"))
    stood = Told()
    for one in data.draw(st.permutations(news)):
        stood.hear(one, rules)
    assert stood.open == naive(stood.traces.values(), rules)


def trace_of(one: Trace, **changes: Any) -> Trace:
    return Trace(**(fields(one) | changes))


def test_what_lapsed_is_open_again_where_it_holds_again() -> None:
    stood = Told()
    alarm: dict[str, Any] = {"klass": "E", "point": HERE}
    for number, false in enumerate((True, False, True), 1):
        stood.hear(trace("a", number=number, false=false, **alarm), NUMBERS)
    (one,) = stood.findings.values()
    assert (one.signal, one.state, one.version) == (Signal.FALSE_REPORT, FindingState.OPEN, 3)
