"""From a need to a consent: who is cared for, by whose word, and what of it lies open to nobody."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.care.beneficiaries import BeneficiaryState, CareEnding, NeedRefusal, Pause, PausedBy
from chalicelib.domain.care.consents import ConsentState
from chalicelib.domain.care.personal import Personal
from chalicelib.domain.care.sight import Field
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Role
from chalicelib.domain.places import Crs
from chalicelib.services.care import assessing, pausing, personal, raising, registers
from chalicelib.services.care.raising import Asked, Spot, Who
from chalicelib.store import history
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.people import access
from tests.bench.calls import counted
from tests.builders import AUDITOR, CENTRE, GRID, NOW, VILLAGE, VILLAGER, actor
from tests.cared_for import ALONE, ELDER, MEAL, MEDICINE, VISIT, active, assessed, consented, other, raised, sealing
from tests.honouring import known, rule

__all__ = ["sealing"]
pytestmark = pytest.mark.usefixtures("rules", "sealing")
S = BeneficiaryState
OTHER_VILLAGE = actor("v2", (Role.VILLAGE, "350211102004"))
BOTH = actor("both", (Role.VILLAGE, VILLAGE), (Role.CENTRE, CENTRE.posts[0].scope))


def deeds(id: str = "b1") -> list[str]:
    return [line.deed for line in history.happenings(f"beneficiary:{id}")]


def test_a_need_a_consent_and_the_centre_make_visits_possible_in_any_order() -> None:
    assert raised().state is S.RAISED
    assert consented().state is S.RAISED
    after = assessed()
    assert after.state is S.ACTIVE and after.stands_for(MEAL) and not after.stands_for(MEDICINE)
    raised("b2", other(2))
    assert assessed("b2").state is S.ASSESSED and not store.get("b2").stands_for(MEAL)
    assert consented("b2").state is S.ACTIVE
    assert deeds() == ["raised", "consented", "assessed"] and deeds("b2") == ["raised", "assessed", "consented"]


def test_nothing_that_is_stored_says_who_it_is_but_the_envelope() -> None:
    active()
    for item in store.BeneficiaryItem.query("b1"):
        text = str({name: value for name, value in item.attribute_values.items() if name != "sealed"})
        assert not any(word in text for word in ("测试老人", "13900000001", "测试路", "听力", "家属"))
    assert not any(word in str(history.happenings("beneficiary:b1")) for word in ("测试", "139"))
    assert store.get("b1").masked == "甲****"


def test_the_same_elder_is_entered_once_and_a_couple_that_shares_a_phone_twice() -> None:
    raised()
    assert (
        rule(lambda: raised("b2", replace(ELDER, name=" 甲测试 老人", phone="+86 139-0000-0001")))
        == "beneficiary_known"
    )
    raised("b3", replace(ELDER, name="丁测试老伴"))
    found = raising.look_up("139 0000 0001", by=VILLAGER, now=NOW)
    assert {one.id for one in found} == {"b1", "b3"}
    assert raising.look_up("13900000001", by=OTHER_VILLAGE, now=NOW) == []
    assert len(raising.look_up("13900000001", by=CENTRE, now=NOW)) == 2


def test_who_has_no_phone_is_known_by_the_contacts_and_who_has_none_at_all_is_refused() -> None:
    raised(who=replace(ELDER, phone=""))
    assert [one.id for one in raising.look_up("13900000002", by=VILLAGER, now=NOW)] == ["b1"]
    assert rule(lambda: raised("b2", replace(ELDER, phone="", contact_phone=""))) == "care_phone_needed"
    assert raised("b3", replace(ELDER, name="戊", phone="0592-6080000")).id == "b3"


def test_the_same_request_sent_twice_is_one() -> None:
    key = Key(caller_id=VILLAGER.id, key="k", fingerprint="f")
    assert raised(key=key) == raised("b9", key=key) and store.find("b9") is None


def test_where_the_door_is_names_the_grid_and_a_door_elsewhere_is_refused() -> None:
    spot = Spot(lat=24.6085, lon=117.9795, crs=Crs.WGS84)
    assert raised(spot=spot).grid == GRID
    shown = personal.reveal("b1", by=VILLAGER, what=[Field.DOOR], purpose="x", now=NOW)
    assert (shown.lat, shown.lon) == (spot.lat, spot.lon)
    assert rule(lambda: raised("b2", other(2), spot=replace(spot, lat=24.9))) == "door_elsewhere"


def test_a_village_raises_for_itself_alone() -> None:
    assert rule(lambda: raised(by=OTHER_VILLAGE)) == "not_your_area"
    assert rule(lambda: raised(by=CENTRE)) == "role_needed"
    raised()
    assert rule(lambda: consented(by=OTHER_VILLAGE)) == "no_such_beneficiary"


def test_the_centre_accepts_what_was_asked_for_or_refuses_and_nobody_decides_on_his_own() -> None:
    raised(by=BOTH)
    assert rule(lambda: assessed(by=BOTH)) == "own_need"
    assert rule(lambda: assessed(services=frozenset({MEDICINE}))) == "assessed_beyond_need"
    assert rule(lambda: assessed(by=VILLAGER)) == "role_needed"
    assert assessed(services=frozenset({MEAL})).services == {MEAL}
    assert rule(assessed) == "no_open_need"
    raised("b2", other(2))
    refused = assessing.refuse("b2", "n-b2", NeedRefusal.NOT_NEEDED, version=None, key=None, by=CENTRE, now=NOW)
    assert refused.state is S.REFUSED and refused.stopped_at == NOW


def test_another_need_waits_beside_what_stands_and_two_do_not_wait_at_once() -> None:
    active()
    asked = Asked(id="n2", services=frozenset({MEDICINE}), grounds=ALONE)
    assert raising.want("b1", asked, key=None, by=VILLAGER, now=NOW).state is S.ACTIVE
    assert rule(lambda: raising.want("b1", replace(asked, id="n3"), key=None, by=VILLAGER, now=NOW)) == "need_open"
    after = assessed(need="n2", services=frozenset({MEDICINE}))
    assert after.services == {MEAL, VISIT, MEDICINE} and not after.stands_for(MEDICINE)
    assert [need.state for need in records.needs("b1")] == ["accepted", "accepted"]


def test_a_pause_is_of_days_and_ends_by_itself_or_by_hand() -> None:
    active()
    pause = Pause(first=date(2026, 11, 24), last=date(2026, 11, 26), by=PausedBy.VILLAGE)
    after = pausing.pause("b1", pause, version=None, key=None, by=VILLAGER, now=NOW)
    assert [after.receives(MEAL, date(2026, 11, day)) for day in (23, 24, 26, 27)] == [True, False, False, True]
    assert pausing.resume("b1", version=after.version, key=None, by=CENTRE, now=NOW).receives(MEAL, date(2026, 11, 25))
    assert rule(lambda: pausing.resume("b1", version=None, key=None, by=CENTRE, now=NOW)) == "not_paused"
    early = replace(pause, first=date(2026, 11, 22))
    assert rule(lambda: pausing.pause("b1", early, version=None, key=None, by=VILLAGER, now=NOW)) == "pause_days"
    long = replace(pause, last=date(2028, 1, 1))
    assert rule(lambda: pausing.pause("b1", long, version=None, key=None, by=VILLAGER, now=NOW)) == "pause_days"


def test_what_has_ended_is_over_for_good_and_who_comes_back_is_entered_anew() -> None:
    active()
    after = pausing.end("b1", CareEnding.MOVED, version=None, key=None, by=VILLAGER, now=NOW)
    assert after.state is S.ENDED and after.stopped_at == NOW
    assert records.consents("b1")[0][0].state is ConsentState.ENDED
    assert rule(consented) == "beneficiary_state"
    assert raised("b2").state is S.RAISED


def test_a_change_of_what_somebody_else_has_changed_is_refused() -> None:
    raised()
    who = Who(personal=replace(ELDER, door="测试路2号"), village=VILLAGE, grid=GRID, spot=None)
    after = raising.edit("b1", who, version=1, by=VILLAGER, now=NOW)
    assert after.version == 2
    assert rule(lambda: raising.edit("b1", who, version=1, by=VILLAGER, now=NOW)) == "stale_version"
    assert personal.reveal("b1", by=VILLAGER, what=[Field.DOOR], purpose="x", now=NOW).door == "测试路2号"


def test_another_contact_kills_the_family_link_and_another_name_frees_the_first() -> None:
    active()
    who = Who(personal=replace(ELDER, contact_phone="13900000009"), village=VILLAGE, grid=GRID, spot=None)
    assert raising.edit("b1", who, version=None, by=VILLAGER, now=NOW).link == 1
    renamed = replace(who, personal=replace(who.personal, name="庚测试"))
    assert raising.edit("b1", renamed, version=None, by=VILLAGER, now=NOW).link == 1
    raised("b2", ELDER)
    again = replace(who, personal=replace(who.personal, name=ELDER.name))
    assert rule(lambda: raising.edit("b1", again, version=None, by=VILLAGER, now=NOW)) == "beneficiary_known"


def test_no_more_is_revealed_than_asked_and_each_look_is_noted_before_it() -> None:
    active()
    shown = personal.reveal("b1", by=CENTRE, what=[Field.NAME, Field.TIME], purpose="回访", now=NOW)
    assert shown == Personal(name=ELDER.name)
    (line,) = [one for one in access.of("b1", limit=9) if one.what is What.SAW_BENEFICIARY]
    assert (line.actor_id, line.purpose, line.details) == (CENTRE.id, "回访", {"fields": ["name"]})
    assert personal.reveal("b1", by=CENTRE, what=[Field.TIME], purpose="x", now=NOW) == Personal()
    assert len(access.of("b1", limit=9)) == 1


def test_village_and_centre_see_by_the_table_and_the_auditor_no_name() -> None:
    known(VILLAGER, CENTRE)
    active()
    whole = registers.view("b1", "送餐", by=VILLAGER, now=NOW)
    assert whole.personal == replace(ELDER, lon=0, lat=0) and len(whole.needs) == 1
    centre = registers.view("b1", "评估", by=CENTRE, now=NOW + timedelta(minutes=1))
    assert (centre.personal.name, centre.personal.contact_phone) == (ELDER.name, "")
    audited = registers.view("b1", "审计", by=AUDITOR, now=NOW)
    assert audited.personal == Personal() and audited.beneficiary.masked == ""
    assert rule(lambda: registers.view("b1", " ", by=VILLAGER, now=NOW)) == "purpose_needed"
    assert rule(lambda: registers.view("b1", "x", by=OTHER_VILLAGE, now=NOW)) == "no_such_beneficiary"
    page = registers.looks("b1", by=VILLAGER, now=NOW + timedelta(hours=1), limit=9, cursor=None)
    assert [(look.name, look.fields) for look in page.looks] == [
        ("员" + 6 * "*", ("door", "name", "notes")),
        ("员" + 7 * "*", ("contact", "door", "name", "notes")),
    ]


def test_lists_show_masked_names_in_pages() -> None:
    for number in range(3):
        raised(f"b{number}", other(number), now=NOW + timedelta(minutes=number))
    first = registers.of_village(VILLAGE, by=VILLAGER, now=NOW, limit=2, cursor=None)
    rest = registers.of_village(VILLAGE, by=CENTRE, now=NOW, limit=2, cursor=first.cursor)
    assert [one.id for one in first.beneficiaries + rest.beneficiaries] == ["b2", "b1", "b0"] and rest.cursor is None
    assert first.beneficiaries[0].masked == "丙***"
    waiting = registers.in_state(S.RAISED, by=AUDITOR, now=NOW, limit=9, cursor=None)
    assert len(waiting.beneficiaries) == 3 and waiting.beneficiaries[0].masked == ""
    assert rule(lambda: registers.of_village(VILLAGE, by=OTHER_VILLAGE, now=NOW, limit=1, cursor=None)) == "role_needed"


def test_what_a_need_costs() -> None:
    raised("b0", other(9))
    with counted() as calls:
        raised()
    assert calls.names == ["TransactWriteItems"]
