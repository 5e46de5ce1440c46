"""The consent is withdrawn, at whatever stage and whoever is at work: the case ends, hidden, and its evidence goes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta

import pytest
from botocore.client import BaseClient

from chalicelib.domain.errors import DomainError
from chalicelib.domain.honours.model import CaseState, HonourVerdict
from chalicelib.domain.honours.records import HonourDeed
from chalicelib.services import retention
from chalicelib.services.honours import cases, forgetting, own, sentinels
from chalicelib.services.people import own_data
from chalicelib.store.honours import cases as store
from chalicelib.store.honours import records
from chalicelib.store.honours.cases import HonourItem
from tests.builders import COMMITTEE, COURIER, COURIER2, NOW, TOWNSHIP
from tests.honouring import (
    FOR,
    SHOWN,
    YEAR,
    apply,
    change,
    decide,
    draw,
    kept,
    known,
    listed,
    members,
    name,
    recommend,
    rule,
)
from tests.machine import Dead

pytestmark = pytest.mark.usefixtures("people")
DAY = timedelta(days=1)
PURPOSE = FOR


@pytest.fixture
def people(rules: None) -> None:
    """Two couriers who are known, of whom one has applied and may be shown."""
    known(COURIER, COURIER2)
    apply(form=SHOWN)


def withdraw() -> None:
    own.withdraw(by=COURIER, now=NOW)


def nothing() -> None:
    """He has applied, and that is all."""


def named() -> None:
    listed()
    name()


def frozen() -> None:
    named()
    change(HonourDeed.FREEZE)


def declined() -> None:
    draw()
    decide(verdict=HonourVerdict.DECLINE)


NAMES = ["applied", "open", "recommended", "listed", "declined", "named", "frozen"]
STAGES: list[Callable[[], object]] = [nothing, draw, lambda: (draw(), recommend()), listed, declined, named, frozen]


@pytest.mark.parametrize("stage", STAGES, ids=NAMES)
def test_withdrawn_at_any_stage_the_case_is_over_and_hidden(stage: Callable[[], object]) -> None:
    stage()
    withdraw()
    withdraw()
    case = kept()
    assert (case.state, case.evidence - case.erased, case.withdrawn_at) == (CaseState.WITHDRAWN, 0, NOW)
    assert store.all_evidence(COURIER.id) == [] and members() == []
    assert rule(lambda: cases.view(COURIER.id, PURPOSE, by=COMMITTEE, now=NOW)) == "no_honours_case"
    for step in (draw, recommend, decide, name):
        assert rule(step) in ("no_honours_case", "sentinels_frozen")
    for state in CaseState:
        assert cases.listing(state, PURPOSE, by=COMMITTEE, now=NOW, limit=9, cursor=None).cases == []
    assert sentinels.public(YEAR, now=NOW) == []
    shown = sentinels.record(YEAR, PURPOSE, by=COMMITTEE, now=NOW)
    assert COURIER.id not in repr(shown)
    assert own.view(COURIER.id).records[-1].deed is HonourDeed.WITHDRAW


def test_who_applies_anew_begins_anew() -> None:
    named()
    withdraw()
    apply(now=NOW + DAY)
    assert kept().state is CaseState.APPLIED and kept().public is None and members() == []
    assert rule(lambda: recommend(evidence=1)) == "evidence_needed"
    assert [one.number for one in (draw().evidence,) if one] == [2]


def test_that_ones_name_is_shown_is_another_consent_and_acts_at_once() -> None:
    named()
    assert [one.name for one in sentinels.public(YEAR, now=NOW)] == ["员courier"]
    own.show_name(None, by=COURIER, now=NOW)
    assert sentinels.public(YEAR, now=NOW) == [] and members() == [COURIER.id]
    own.show_name(1, by=COURIER, now=NOW)
    assert len(sentinels.public(YEAR, now=NOW)) == 1
    assert rule(lambda: own.show_name(2, by=COURIER, now=NOW)) == "consent_outdated"
    assert rule(lambda: own.show_name(1, by=COURIER2, now=NOW)) == "no_honours_case"


def test_nothing_the_committee_does_at_that_moment_keeps_it_waiting_or_outlives_it() -> None:
    def work(step: Callable[[], object]) -> None:
        with suppress(DomainError):
            step()

    draw()
    steps = [draw, recommend, decide, name, withdraw, draw, name, lambda: change(HonourDeed.REMOVE, COURIER.id)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, steps))
    assert kept().state is CaseState.WITHDRAWN and kept().years == ()
    assert store.all_evidence(COURIER.id) == [] and members() == []


@pytest.mark.parametrize("number", range(5))
def test_who_dies_at_any_call_of_withdrawing_leaves_all_or_nothing(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    named()
    dies_at(number, monkeypatch)
    with suppress(Dead):
        withdraw()
    monkeypatch.undo()
    gone = not kept().stands
    assert (store.all_evidence(COURIER.id) == []) is gone and (members() == []) is gone
    withdraw()
    assert not kept().stands and members() == []


def dies_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the machine dies before the AWS call of that number, which is after the one before it."""
    real, calls = BaseClient._make_api_call, iter(range(99))  # type: ignore[attr-defined]  # every call of botocore's

    def call(self: object, name: str, parameters: object) -> object:
        if next(calls) == number:
            raise Dead
        return real(self, name, parameters)

    monkeypatch.setattr(BaseClient, "_make_api_call", call)


@pytest.mark.parametrize("number", range(13))
def test_being_forgotten_takes_all_of_it_whenever_the_worker_dies(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    named()
    own_data.close_account(COURIER, now=NOW)
    dies_at(number, monkeypatch)
    with suppress(Dead):
        own_data.erase(COURIER.id, now=NOW + 15 * DAY)
    monkeypatch.undo()
    own_data.erase(COURIER.id, now=NOW + 15 * DAY)
    assert list(HonourItem.query(COURIER.id)) == [] and members() == []
    said = [line for line in records.of(f"sentinels:{TOWNSHIP}:{YEAR}") if line.person_id == COURIER.id]
    assert [line.reason for line in said] == ["", ""]  # that he was named, and went


def test_the_copy_of_ones_data_has_the_case_with_its_evidence() -> None:
    listed()
    found = own.find(COURIER.id)
    assert found and found.case.decision and [one.number for one in found.evidence] == [1]
    assert own.find(COURIER2.id) is None


def test_a_case_is_kept_from_its_last_step_on_and_a_withdrawn_one_half_a_year() -> None:
    draw()
    apply(COURIER2)
    own.withdraw(by=COURIER2, now=NOW)

    def erased(days: int, *, dry: bool = False) -> dict[str, int]:
        tallies = retention.run(now=NOW + days * DAY, dry=dry, may_go_on=lambda: True)
        return {one.kind: one.count for one in tallies if one.kind.startswith("honours")}

    assert erased(179) == {"honours_case": 0, "honours_withdrawn": 0}
    assert erased(181, dry=True) == erased(181) == {"honours_case": 0, "honours_withdrawn": 1}
    assert store.find(COURIER2.id) is None and store.find(COURIER.id)
    assert erased(1826) == {"honours_case": 1, "honours_withdrawn": 0}
    assert list(HonourItem.query(COURIER.id)) == []
    assert not forgetting.forget(COURIER.id, now=NOW)
