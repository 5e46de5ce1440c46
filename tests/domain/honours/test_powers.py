"""Who sees what of another's case: a table of roles."""

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.honours import masks, powers
from chalicelib.domain.honours.evidence import Counted, Evidence
from chalicelib.domain.honours.model import Agreed, Case, CaseState
from chalicelib.domain.honours.powers import Sight
from chalicelib.domain.honours.records import HonourDeed, Record
from chalicelib.domain.people.model import Actor, Person, Role
from tests.builders import AUDITOR, COMMITTEE, DISTRICT, EVERYONE, NOW, TOWNSHIP, actor

SEES = {COMMITTEE.id: Sight.FULL, DISTRICT.id: Sight.LISTS, AUDITOR.id: Sight.MASKED}


@pytest.mark.parametrize("who", EVERYONE, ids=lambda who: who.id)
def test_the_committee_the_district_and_the_auditor_see_something_and_nobody_else(who: Actor) -> None:
    if who.id in SEES:
        assert powers.sight_of(who, TOWNSHIP) is SEES[who.id]
        return
    with pytest.raises(Forbidden) as refusal:
        powers.sight_of(who, TOWNSHIP)
    assert refusal.value.rule == "role_needed"


@pytest.mark.parametrize("who", EVERYONE, ids=lambda who: who.id)
def test_into_a_case_look_the_committee_and_the_auditor_alone(who: Actor) -> None:
    if SEES.get(who.id) in (Sight.FULL, Sight.MASKED):
        assert powers.require_cases(who, TOWNSHIP) is SEES[who.id]
        return
    with pytest.raises(Forbidden):
        powers.require_cases(who, TOWNSHIP)


@pytest.mark.parametrize("role", [Role.COMMITTEE, Role.DISTRICT, Role.AUDITOR])
def test_those_of_elsewhere_see_nothing(role: Role) -> None:
    with pytest.raises(Forbidden) as refusal:
        powers.sight_of(actor("x", (role, "350299" if role is Role.DISTRICT else "350299001")), TOWNSHIP)
    assert refusal.value.rule == "not_your_area"


def test_nobody_is_his_own_committee() -> None:
    with pytest.raises(Forbidden) as refusal:
        powers.require_another(COMMITTEE, COMMITTEE.id)
    assert refusal.value.rule == "own_case"


def test_the_auditor_reads_neither_name_nor_numbers() -> None:
    employer = "试点快递公司"
    person = Person(id="c", name="测试员", phone="1", posts=(), valid_from=NOW, villages=("v",), employer=employer)
    case = Case(
        person_id="c",
        township=TOWNSHIP,
        state=CaseState.APPLIED,
        statement="电话13800000000",
        consent=Agreed(version=1, at=NOW),
        public=None,
        applied_at=NOW,
        since=NOW,
        touched_at=NOW,
        scores={},
    )
    seen, full = masks.named(case, person, Sight.MASKED), masks.named(case, person, Sight.FULL)
    assert seen.name == "测**" and "13800000000" not in seen.case.statement
    assert (full.name, full.case) == ("测试员", case)
    assert employer not in repr(full)
    said = "13800000000"
    line = Record(subject="c", number=1, at=NOW, actor_id="a", deed=HonourDeed.LIST, person_id="c", reason=said)
    assert said not in masks.record(line).reason


def test_the_auditor_reads_how_many_reports_and_not_which() -> None:
    ids = Counted(count=2, ids=("r1", "r2"))
    none: dict[str, int] = {}
    drawn = Evidence(
        number=1,
        drawn_by="a",
        drawn_at=NOW,
        earned=(),
        points=0,
        score=0,
        scores=none,
        verified=ids,
        solved=ids,
        major=ids,
    )
    hidden = masks.evidence(drawn)
    assert {one.ids for one in (hidden.verified, hidden.solved, hidden.major)} == {()}
    assert hidden.verified.count == 2
