"""Who applies for honours and who deals with it, for tests: two of the committee, couriers with entries and reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.honours.model import Case, Form, HonourVerdict
from chalicelib.domain.honours.records import HonourDeed
from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.points.terms import Kind
from chalicelib.domain.points.transfers import Transfer, moved
from chalicelib.domain.reports.model import Report, Status
from chalicelib.services.honours import cases, deciding, own, sentinels
from chalicelib.services.honours.sentinels import Step, Year
from chalicelib.services.people import people
from chalicelib.store.base import Transaction
from chalicelib.store.honours import cases as store
from chalicelib.store.reports import reports
from tests.builders import COMMITTEE, COURIER, NOW, TOWNSHIP, VILLAGE, actor, report

SECOND = actor("committee2", (Role.COMMITTEE, TOWNSHIP))
FORM = Form(statement="愿意多为村里出力", consent=1, public=None)
SHOWN = replace(FORM, public=1)
YEAR, FOR = 2026, "年度评议"


def courier(id: str) -> Actor:
    """A courier with that id."""
    return Actor(id=id, posts=(Post(Role.COURIER, id),))


def known(*actors: Actor) -> None:
    """People whom Fenjian knows; couriers deliver for a company, in the village."""
    for one in actors:
        person = Person(id=one.id, name=f"员{one.id}", phone="", posts=one.posts, valid_from=NOW)
        people.enrol(replace(person, villages=(VILLAGE,), employer="试点快递公司"))


def apply(by: Actor = COURIER, form: Form = FORM, *, now: datetime = NOW, **more: Any) -> None:
    own.apply(form, **({"key": None} | more), by=by, now=now)


def draw(id: str = COURIER.id, *, by: Actor = COMMITTEE, now: datetime = NOW, **more: Any) -> cases.Whole:
    return deciding.draw(id, **({"version": None, "key": None} | more), by=by, now=now)


def recommend(id: str = COURIER.id, evidence: int = 1, *, by: Actor = SECOND, **more: Any) -> cases.Whole:
    return deciding.recommend(id, "表现突出", evidence, **({"version": None, "key": None} | more), by=by, now=NOW)


def decide(
    id: str = COURIER.id,
    verdict: HonourVerdict = HonourVerdict.LIST,
    evidence: int = 1,
    *,
    by: Actor = COMMITTEE,
    **more: Any,
) -> cases.Whole:
    options = {"version": None, "key": None} | more
    return deciding.decide(id, verdict, "群众认可", evidence, **options, by=by, now=NOW)


def listed(id: str = COURIER.id) -> None:
    """Evidence is drawn, one recommends, another decides."""
    draw(id)
    recommend(id)
    decide(id)


def name(id: str = COURIER.id, *, by: Actor = COMMITTEE, now: datetime = NOW, **more: Any) -> Year:
    step = Step(deed=HonourDeed.NAME, person_id=id, reason="全年最多")
    return sentinels.step(YEAR, step, **({"version": None, "key": None} | more), by=by, now=now)


def change(deed: HonourDeed, id: str = "", *, by: Actor = COMMITTEE, now: datetime = NOW) -> Year:
    step = Step(deed=deed, person_id=id, reason="评议决定")
    return sentinels.step(YEAR, step, version=None, key=None, by=by, now=now)


def members() -> list[str]:
    """Ids of this year's sentinels, as the committee sees them."""
    found = sentinels.record(YEAR, FOR, by=COMMITTEE, now=NOW)
    return [entry.sentinel.person_id for entry in found.entries]


def kept(id: str = COURIER.id) -> Case:
    """The case as it is stored."""
    found = store.find(id)
    assert found
    return found


def entry(id: str, points: int, *, by: Actor = COURIER, rule: str = "P17", **changes: Any) -> Transfer:
    """An entry of honour, of today, that no cap limits."""
    made = moved(by.id, points, Kind.AWARD, id=id, event_id=id, at=NOW)
    fields: dict[str, Any] = {"rule": rule, "edition": 1, "honour": True}
    return replace(made, **(fields | changes))


def filed(id: str, status: Status = Status.CLOSED, *, by: Actor = COURIER, **changes: Any) -> Report:
    """A report in the store."""
    made = replace(report(status, id=id, reporter_id=by.id, **changes), version=1)
    transaction = Transaction()
    reports.put(made, transaction=transaction)
    transaction.commit()
    return made


def rule(call: Callable[[], object]) -> str:
    """What refuses it."""
    with pytest.raises(DomainError) as refusal:
        call()
    return refusal.value.rule
