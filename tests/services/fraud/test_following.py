"""What looks wrong is raised once, whatever comes twice, late, or dies, on a real store."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.events import Event
from chalicelib.domain.fraud.findings import Draft, Evidence
from chalicelib.domain.fraud.terms import FindingState, Signal
from chalicelib.domain.reports.model import Action, Status
from chalicelib.services.fraud import following, raising
from chalicelib.store import base, history
from chalicelib.store.fraud import findings, traces
from chalicelib.store.fraud.traces import Record
from chalicelib.store.notifications import inbox
from chalicelib.store.reference import reference
from tests.builders import CENTRE, COURIER, COURIER2, GRID_MEMBER, NOW, WORKS
from tests.conftest import _empty, _publish
from tests.faults import READ, WRITE, Faults
from tests.histories import happened
from tests.lines import event, standing
from tests.naive_signals import naive
from tests.suspects import CENTRE2, DAY, NUMBERS, away
from tests.suspicions import LATER, REJECTED, VERIFIED, found, hear, messages, only, stored

pytestmark = pytest.mark.usefixtures("staffed")
A, S = Action, Status
MINUTE = timedelta(minutes=1)


def test_a_false_report_is_told_to_the_centre_once_however_often_it_is_heard() -> None:
    lines = stored("r1", *REJECTED)
    hear([*lines, *reversed(lines)])
    finding = only(Signal.FALSE_REPORT)
    assert (finding.person_id, finding.reports, finding.version) == (COURIER.id, ("r1",), 1)
    assert finding.zh == "上报经核实为虚假。" and finding.en.startswith("A report was rejected")
    assert messages() == messages(CENTRE2.id) == ["finding_raised"]


def test_a_verdict_that_is_overturned_does_away_with_the_finding() -> None:
    first = stored("r1", *REJECTED)
    hear(first)
    objected = event(A.OBJECT, standing(S.INVALID), standing(S.WITH_CENTRE), number=3)
    happened([objected])
    hear([objected, *first])
    assert found() == {} and found(FindingState.LAPSED).keys() == {("false_report", "r1")}


def test_danger_falsely_reported_twice_in_thirty_days_is_a_finding_of_its_own() -> None:
    gas = "0106"
    stored("a", *REJECTED, kind=gas)
    late = stored("b", *REJECTED, at=NOW + 20 * DAY, kind=gas)
    hear(late, now=NOW + 21 * DAY)
    assert ("false_danger", "b") not in found()
    hear(history.of("a"), now=NOW + 21 * DAY)
    assert {row.report for row in found()["false_danger", "b"].evidence} == {"a", "b"}


def test_nobody_is_in_two_places_at_once() -> None:
    lines = [*stored("b", at=NOW + MINUTE, point=away(3000)), *stored("a")]
    hear(lines)
    (row,) = only(Signal.SPEED).evidence
    assert (row.report, row.other_report, row.facts) == ("b", "a", {"metres": 3000, "minutes": 1})


def test_trust_counts_what_was_judged_once() -> None:
    lines = [*stored("a", *VERIFIED), *stored("b", *REJECTED), *stored("c")]
    hear([*lines, *lines])
    record = traces.record(COURIER.id)
    assert (record.judged, record.verified) == (2, 1)
    assert traces.record(COURIER2.id) == Record()


def test_what_is_older_than_traces_are_kept_is_not_counted_again() -> None:
    hear(stored("a", *VERIFIED), now=NOW + 366 * DAY)
    assert traces.record(COURIER.id) == Record()


def test_a_blind_recheck_names_who_had_said_that_it_is_solved() -> None:
    lines = stored("r1", (A.DISPATCH, S.IN_HANDLING), (A.RESOLVE, S.RESOLVED), (A.CONFIRM, S.CLOSED))
    last = replace(
        event(A.BLIND_RECHECK, lines[-1].standing, lines[-1].standing, number=5, actor_id=COURIER2.id),
        as_role="blind_rechecker",
        details={"answer": "not_solved"},
    )
    happened([last])
    hear([last, last])
    finding = only(Signal.RECHECK)
    assert finding.person_id == GRID_MEMBER.id  # who resolved it, in these lines
    assert WORKS.id not in finding.involved


def test_who_has_to_do_with_it_is_not_told() -> None:
    lines = [*stored("a", *VERIFIED), *stored("b", *VERIFIED, at=NOW + MINUTE)]
    lines = [replace(line, actor_id=CENTRE.id) for line in lines]
    draft = Draft(
        signal=Signal.VERIFIER,
        subject="s",
        person_id=COURIER.id,
        involved=(CENTRE.id,),
        evidence=(Evidence(report="a", facts={"times": 20, "total": 20, "percent": 100, "month": "2026-11"}),),
    )
    raising.raise_all([draft], township=lines[0].standing.township, now=LATER)
    assert messages() == [] and messages(CENTRE2.id) == ["finding_raised"]
    said = inbox.page(CENTRE2.id, limit=1, before=None, now=LATER)[0].zh
    assert said == "有新的疑点待查：2026年11月已核实的20件上报中有20件由同一人核实（100%）。"


MANY: list[tuple[str, Any]] = [
    ("a", {"kind": "0106"}),
    ("b", {"kind": "0106", "at": NOW + MINUTE, "point": away(4000)}),
    ("c", {"at": NOW + 2 * MINUTE, "point": away(9000)}),
]


def history_of_many() -> list[Event]:
    return [line for id, changes in MANY for line in stored(id, *REJECTED, **changes)]


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_storm_finds_what_a_look_at_all_traces_finds(staffed: None, tables: str, data: Any) -> None:
    _empty(tables)
    _publish_again()
    lines = history_of_many()
    storm = data.draw(st.permutations(lines * 2))
    hear(storm)
    all_traces = traces.between(COURIER.id, NOW - 90 * DAY, NOW + 90 * DAY)
    assert {one.id: (one.signal, one.evidence) for one in found().values()} == naive(all_traces, NUMBERS)
    assert len(found()) == 6  # three false ones, two rides, one repeated alarm


def _publish_again() -> None:
    _publish()
    reference.forget()


def test_workers_that_hear_at_the_same_time_leave_the_same() -> None:
    lines = history_of_many() * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda line: persistently(lambda: hear([line])), lines))
    all_traces = traces.between(COURIER.id, NOW - DAY, NOW + DAY)
    assert {one.id: (one.signal, one.evidence) for one in found().values()} == naive(all_traces, NUMBERS)


def persistently(step: Callable[[], None]) -> None:
    """As the queue does: again, where all kept changing."""
    for _ in range(20):
        try:
            return step()
        except (StaleVersion, Busy):
            continue
    return step()


@pytest.mark.parametrize("dies", range(1, 14))
def test_a_worker_that_dies_between_any_two_calls_is_made_good_by_the_next(
    dies: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = history_of_many()
    hear(lines[:-1])
    call, calls = base.Client._make_api_call, 0

    class Died(Exception):
        """The worker is gone."""

    def dying(self: base.Client, name: str, kwargs: dict[str, Any]) -> dict[str, Any]:
        nonlocal calls
        calls += 1
        if calls == dies:
            raise Died
        return call(self, name, kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(base.Client, "_make_api_call", dying)
        with suppress(Died):
            hear(lines[-1:])
    hear(lines[-1:])
    all_traces = traces.between(COURIER.id, NOW - DAY, NOW + DAY)
    assert {one.id: (one.signal, one.evidence) for one in found().values()} == naive(all_traces, NUMBERS)
    assert len(messages()) == 6
    assert traces.record(COURIER.id).judged == 3


@pytest.mark.parametrize("operation", [WRITE, READ])
def test_an_answer_that_gets_lost_changes_nothing(faults: Faults, operation: str) -> None:
    lines = stored("r1", *REJECTED)
    faults.lose_answer(operation, times=1)
    persistently(lambda: hear(lines))
    faults.clear()
    assert only(Signal.FALSE_REPORT).version == 1 and messages() == ["finding_raised"]


def test_a_finding_is_not_written_by_traces_that_were_overtaken(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = stored("a"), stored("b", at=NOW + MINUTE, point=away(3000))
    between, done = traces.between, list[str]()

    def overtaken(*args: Any) -> Any:
        seen = between(*args)
        if not done:
            done.append("once")
            following.follow(second[0], now=LATER)
        return seen

    monkeypatch.setattr(traces, "between", overtaken)
    hear(first)
    assert only(Signal.SPEED).version == 1 and findings.get(only(Signal.SPEED).id).reports == ("b",)
