"""Teams: one area has one, nobody is let in beyond its size, who leads lets in, who leaves Fenjian is in none."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.model import Actor
from chalicelib.domain.teams.model import Charter, Team, TeamApplicationState, TeamRole, TeamState
from chalicelib.services.notifications import inbox
from chalicelib.services.people import own_data, person_actions
from chalicelib.services.people.own_parts import READ, Part
from chalicelib.services.reports import timers
from chalicelib.services.teams import founding, joining, showing
from chalicelib.store import history
from chalicelib.store.teams import teams as store
from tests.builders import CENTRE, COMMITTEE, COURIER, COURIER2, GRID, GRID_MEMBER, NEXT_GRID, NOW, VILLAGER
from tests.honouring import courier, known, rule

pytestmark = pytest.mark.usefixtures("rules")
AREA = Charter(kind="area", zh="第一网格小队", en="First grid", grids=(GRID,), most=5)
LEGAL = Charter(kind="legal", zh="法律服务队", en="Legal help", grids=(), most=2)
SENTINEL, ENVOY, KEEPER, MEMBER = TeamRole.SENTINEL, TeamRole.ENVOY, TeamRole.GRID_MEMBER, TeamRole.MEMBER


@pytest.fixture(autouse=True)
def people(rules: None) -> None:
    known(COURIER, COURIER2, GRID_MEMBER, VILLAGER)


def found(charter: Charter = AREA, id: str = "t1", *, by: Actor = CENTRE, key: Key | None = None) -> Team:
    return founding.found(id, charter, key=key, by=by, now=NOW)


def appoint(person: str, *roles: TeamRole, team: str = "t1", by: Actor = CENTRE) -> Team:
    return joining.appoint(team, person, roles, key=None, by=by, now=NOW)


def apply(by: Actor = COURIER, *roles: TeamRole, team: str = "t1") -> Team:
    return joining.apply(team, roles or (SENTINEL,), "愿意参加", key=None, by=by, now=NOW)


def decide(person: str, accept: bool, *, by: Actor = CENTRE, team: str = "t1", reason: str = "欢迎") -> Team:
    return joining.decide(team, person, accept, reason, key=None, by=by, now=NOW)


def refused_by(do: Callable[[], object]) -> str | None:
    """What refused it, if anything did."""
    try:
        do()
    except DomainError as refusal:
        return refusal.rule
    return None


def deeds(team: str = "t1") -> list[tuple[int, str, str | None]]:
    return [(one.number, one.deed, one.person_id) for one in history.happenings(f"team:{team}")]


def told(by: Actor) -> list[str]:
    return sorted((one.template for one in inbox.page(by.id, limit=9, cursor=None, now=NOW).messages), reverse=True)


def act(id: str, action: PersonAction) -> None:
    person_actions.act(id, Wish(action=action), version=None, key=None, by=CENTRE, now=NOW)


def test_two_couriers_and_the_grid_member_are_the_team_of_an_area() -> None:
    found()
    appoint(COURIER.id, SENTINEL, ENVOY)
    appoint(GRID_MEMBER.id, KEEPER)
    founding.lead("t1", GRID_MEMBER.id, version=None, by=CENTRE, now=NOW)
    shown = showing.show("t1", by=COURIER, now=NOW)
    assert [(one.person_id, one.roles) for one, _ in shown.members] == [
        (COURIER.id, (SENTINEL, ENVOY)),
        (GRID_MEMBER.id, (KEEPER,)),
    ]
    assert shown.team.leader == GRID_MEMBER.id and shown.kind.zh == "两员一片一网"
    assert [deed for _, deed, _ in deeds()] == ["founded", "appointed", "appointed", "led"]
    assert [number for number, _, _ in deeds()] == [1, 2, 3, 4]


def test_an_area_has_one_area_team_whoever_founds_at_once() -> None:
    def one(number: int) -> str | None:
        return refused_by(partial(found, id=f"t{number}"))

    with ThreadPoolExecutor(6) as pool:
        refused = list(pool.map(one, range(6)))
    assert (
        refused.count("area_has_team") == 5 and len(showing.listing("area", now=NOW, limit=9, cursor=None).teams) == 1
    )


def test_nobody_is_let_in_beyond_the_size_by_many_at_once() -> None:
    found(LEGAL)
    ids = [f"c{number}" for number in range(6)]
    known(*map(courier, ids))
    with ThreadPoolExecutor(6) as pool:
        refused = list(pool.map(lambda id: refused_by(lambda: appoint(id, MEMBER)), ids))
    assert refused.count(None) == 2 and refused.count("team_full") == 4
    assert len(store.members("t1")) == store.get("t1").size == 2


def test_the_leader_lets_in_with_a_reason_and_nobody_else_of_the_team_does() -> None:
    found()
    appoint(GRID_MEMBER.id, KEEPER)
    apply()
    assert rule(lambda: apply()) == "team_applied"
    assert rule(lambda: decide(COURIER.id, True, by=GRID_MEMBER)) == "team_not_yours"
    founding.lead("t1", GRID_MEMBER.id, version=None, by=CENTRE, now=NOW)
    assert rule(lambda: decide(COURIER.id, True, by=GRID_MEMBER, reason=" ")) == "reason_needed"
    decide(COURIER.id, True, by=GRID_MEMBER)
    assert told(GRID_MEMBER) == ["team_led", "team_appointed"] and told(COURIER) == ["team_accepted"]
    assert store.member("t1", COURIER.id) and rule(lambda: apply()) == "team_member"
    assert rule(lambda: decide(COURIER.id, False)) == "team_application_decided"


def test_who_was_refused_reads_why_and_may_apply_again() -> None:
    found(LEGAL)
    apply(COURIER, MEMBER)
    decide(COURIER.id, False, reason="名额已满")
    (mine,) = showing.mine(by=COURIER, now=NOW)
    assert mine.application and mine.application.reason == "名额已满" and mine.own is None
    assert told(COURIER) == ["team_refused"]
    apply(COURIER, MEMBER)
    joining.leave("t1", by=COURIER, now=NOW)
    joining.leave("t1", by=COURIER, now=NOW)
    (mine,) = showing.mine(by=COURIER, now=NOW)
    assert mine.application and mine.application.state is TeamApplicationState.WITHDRAWN


def test_only_whose_round_leads_there_is_in_an_area_team() -> None:
    found(replace(AREA, grids=("350211102004001",)))
    assert rule(lambda: apply()) == "round_elsewhere"
    assert rule(lambda: appoint(GRID_MEMBER.id, KEEPER)) == "grid_elsewhere"
    assert rule(lambda: appoint(COURIER.id, MEMBER)) == "team_roles"
    assert rule(lambda: joining.apply("t1", (SENTINEL,), "", key=None, by=VILLAGER, now=NOW)) == "role_needed"


def test_who_leads_and_leaves_leads_no_more_and_twice_is_once() -> None:
    found(LEGAL)
    appoint(COURIER.id, MEMBER)
    founding.lead("t1", COURIER.id, version=None, by=CENTRE, now=NOW)
    joining.leave("t1", by=COURIER, now=NOW)
    team = store.get("t1")
    assert team.leader is None and team.size == 0
    assert rule(lambda: joining.leave("t1", by=COURIER, now=NOW)) == "no_such_team"
    assert store.get("t1").version == team.version


def test_a_team_that_is_dissolved_frees_its_area_and_everybody() -> None:
    team = found()
    appoint(COURIER.id, SENTINEL)
    assert (
        rule(lambda: founding.dissolve("t1", "合并", version=team.version, key=None, by=CENTRE, now=NOW))
        == "stale_version"
    )
    ended = founding.dissolve("t1", "合并", version=None, key=None, by=CENTRE, now=NOW)
    assert ended.state is TeamState.DISSOLVED and store.members("t1") == []
    assert store.of_grids([GRID]) == {} and showing.listing(None, now=NOW, limit=9, cursor=None).teams == []
    assert rule(lambda: apply()) == "team_dissolved"
    found(id="t2")


def test_an_area_that_moves_takes_and_frees_grids_together() -> None:
    found()
    found(replace(AREA, grids=(NEXT_GRID,)), "t2")
    moved = replace(AREA, grids=(GRID, NEXT_GRID))
    assert rule(lambda: founding.change("t1", moved, version=None, by=CENTRE, now=NOW)) == "area_has_team"
    founding.change("t2", replace(AREA, zh="新名", grids=("350211102202003",)), version=1, by=CENTRE, now=NOW)
    founding.change("t1", moved, version=None, by=CENTRE, now=NOW)
    assert store.of_grids([GRID, NEXT_GRID]) == {GRID: "t1", NEXT_GRID: "t1"}
    assert rule(lambda: founding.change("t1", moved, version=None, by=CENTRE, now=NOW)) == "team_unchanged"


def test_who_is_in_it_only_members_centre_and_committee_read() -> None:
    found()
    appoint(COURIER.id, SENTINEL)
    assert showing.show("t1", by=COURIER2, now=NOW).members == ()
    assert all(len(showing.show("t1", by=by, now=NOW).members) == 1 for by in (COURIER, CENTRE, COMMITTEE))


def test_who_leaves_fenjian_is_in_no_team_once_the_clock_has_struck() -> None:
    found()
    found(LEGAL, "t2")
    appoint(COURIER.id, SENTINEL)
    apply(COURIER, MEMBER, team="t2")
    act(COURIER.id, PersonAction.LEAVE)
    assert showing.show("t1", by=CENTRE, now=NOW).members == ()
    for message in (one for shard in range(8) for one in timers._due(shard, NOW)):
        timers.run(message, now=NOW)
        timers.run(message, now=NOW)
    assert store.of_person(COURIER.id).members == [] and store.of_person(COURIER.id).applications == []
    assert deeds()[-1] == (3, "left", COURIER.id) and store.get("t1").size == 0


def test_who_closes_his_account_and_is_erased_leaves_no_words() -> None:
    found(LEGAL)
    apply(COURIER, MEMBER)
    own_data.close_account(COURIER, now=NOW)
    assert own_data.erase(COURIER.id, now=NOW)
    assert store.application("t1", COURIER.id) is None


def test_a_repeated_request_does_it_once() -> None:
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    assert found(key=key) == found(id="t9", key=key)
    twice = [
        joining.appoint("t1", COURIER.id, (SENTINEL,), key=replace(key, key="k2"), by=CENTRE, now=NOW) for _ in "12"
    ]
    assert twice[0].version == twice[1].version == 2


def test_the_centre_ends_a_membership_with_a_reason_that_he_reads() -> None:
    found(LEGAL)
    appoint(COURIER.id, MEMBER)
    joining.remove("t1", COURIER.id, "调往别处", key=None, by=CENTRE, now=NOW)
    assert told(COURIER) == ["team_removed", "team_appointed"] and store.get("t1").size == 0
    refused = refused_by(lambda: joining.remove("t1", COURIER.id, "再次", key=None, by=CENTRE, now=NOW))
    assert refused == "not_in_team" and history.happenings("team:t1")[-1].facts.keys() == {"kind", "zh", "en"}


def test_what_is_kept_of_him_in_teams_is_in_the_copy_of_his_data() -> None:
    found()
    found(LEGAL, "t2")
    appoint(COURIER.id, SENTINEL)
    apply(COURIER, MEMBER, team="t2")
    piece = READ[Part.TEAMS](COURIER.id, 50, None, NOW)
    assert [one.team_id for one in piece.members] == ["t1"] and [one.words for one in piece.applications] == [
        "愿意参加"
    ]
