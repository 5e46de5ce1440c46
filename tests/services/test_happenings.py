"""What follows from visits, activities and who is cared for: counters, points, messages; each once, in any order."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.figures.services import ServiceColumn as C
from chalicelib.domain.happenings import Happening, Thing, happened
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.prizes.deeds import Deed
from chalicelib.services import happenings
from chalicelib.services.figures import services
from chalicelib.store.figures import deeds
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from tests.builders import CENTRE, COURIER, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.services.notifications.test_notices import known
from tests.shop import balance

pytestmark = pytest.mark.usefixtures("rules")

HOUR = timedelta(hours=1)
LATER = NOW + timedelta(days=1)
VISIT = {"service": "meal", "items": 2, "start": "2026-11-24T03:30:00+00:00", "end": "2026-11-24T04:30:00+00:00"}


def line(thing: Thing, deed: str, number: int = 1, **changes: object) -> Happening:
    """What was done, at the hour of its number."""
    fields: dict[str, object] = {"actor_id": "system", "as_role": "system", "village": VILLAGE, "facts": {}} | changes
    return happened(thing, "t1", number=number, deed=deed, at=NOW + number * HOUR, township=TOWNSHIP, **fields)  # type: ignore[arg-type]  # fields by name


def follow(*lines: Happening) -> None:
    for one in lines:
        happenings.follow(one, now=LATER)


def told(who: str) -> list[tuple[str, str]]:
    """Template and Chinese sentence of what lies in somebody's inbox, oldest first."""
    return [(one.template, one.zh) for one in reversed(inbox.page(who, limit=50, before=None, now=LATER))]


@pytest.fixture
def staff(tables: str) -> None:
    """Who holds the village's post and the centre's."""
    people.put(known(VILLAGER.id, Post(Role.VILLAGE, VILLAGE)))
    people.put(known(CENTRE.id, Post(Role.CENTRE, TOWNSHIP)))


def test_a_courier_is_asked_with_time_village_and_load_and_by_when(staff: None) -> None:
    facts = VISIT | {"until": "2026-11-23T09:15:00+00:00"}
    offered = line(Thing.VISIT, "offered", person_id=COURIER.id, facts=facts)
    follow(offered, offered)
    [(template, zh)] = told(COURIER.id)
    assert template == "care_offered"
    for word in ("2026-11-24 11:30–12:30", "深青村", "密封袋2件", "2026-11-23 17:15"):
        assert word in zh


def test_who_did_it_himself_is_not_told(staff: None) -> None:
    follow(line(Thing.VISIT, "accepted", person_id=COURIER.id, actor_id=VILLAGER.id, facts=VISIT))
    assert told(VILLAGER.id) == []


def test_a_visit_that_nobody_has_is_the_centres_alarm(staff: None) -> None:
    follow(line(Thing.VISIT, "alarmed", facts=VISIT | {"asked": 3}))
    [(template, zh)] = told(CENTRE.id)
    assert template == "care_alarmed" and "3人" in zh
    assert told(VILLAGER.id) == []


@pytest.mark.parametrize(
    ("deed", "role", "template"),
    [
        ("complained", "family", "family_complained"),
        ("stop_asked", "family", "family_stop_asked"),
        ("paused", "family", "family_paused"),
        ("paused", "village", None),
        ("assessed", "centre", None),
    ],
)
def test_the_village_hears_what_a_family_wishes(staff: None, deed: str, role: str, template: str | None) -> None:
    follow(line(Thing.BENEFICIARY, deed, as_role=role))
    assert [name for name, _ in told(VILLAGER.id)] == ([template] if template else [])


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(order=st.permutations(range(6)))
def test_activities_earn_once_in_any_order(tables: str, order: list[int]) -> None:
    courier = f"c-{'-'.join(map(str, order))}"
    lines = [
        line(Thing.ACTIVITY, Deed.ATTENDED, 2, person_id=courier, facts={"family": 2}),
        line(Thing.ACTIVITY, Deed.PASSED, 3, person_id=courier),
        line(Thing.ACTIVITY, Deed.BOOKED, 1, person_id=courier),
    ] * 2
    follow(*(lines[number] for number in order))
    assert balance(Actor(id=courier, posts=())) == 3 + 2 + 5  # P41, P42 twice, P44


def test_whatever_happens_is_counted_in_its_village(tables: str) -> None:
    follow(line(Thing.LOOKOUT, "asked"), line(Thing.TEAM, "founded", 2, village=None), line(Thing.LOOKOUT, "asked"))
    found = {(one.thing, one.deed, one.village): one.number for one in deeds.of(TOWNSHIP, "2026-11")}
    assert found == {("lookout", "asked", VILLAGE): 1, ("team", "founded", ""): 1}


def test_staff_read_the_numbers_of_their_villages(tables: str) -> None:
    follow(
        line(Thing.VISIT, "done", person_id="c1", facts=VISIT),
        line(Thing.VISIT, "done", 2, person_id="c1", facts=VISIT, village="350211102999"),
        line(Thing.TEAM, "founded", 3, village=None),
        line(Thing.CERTIFICATE, "issued", 4, village=None),
    )
    seen = services.counted("2026-11", None, None, by=VILLAGER, now=LATER)
    assert [(row.village, row.counts) for row in seen.rows] == [(VILLAGE, {C.VISITS_DONE: 1})]
    whole = services.counted("2026-11", None, None, by=CENTRE, now=LATER)
    assert {row.village: dict(row.counts) for row in whole.rows} == {
        "": {C.CERTIFICATES: 1},
        VILLAGE: {C.VISITS_DONE: 1},
        "350211102999": {C.VISITS_DONE: 1},
    }
    assert services.counted(None, "2026-11-01", None, by=CENTRE, now=LATER).rows == []
    with pytest.raises(Forbidden, match="statistics_for_staff"):
        services.counted(None, None, None, by=COURIER, now=LATER)
