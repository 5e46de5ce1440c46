"""Slots as they stand at some moment, for calls about volunteering."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Person, Role
from chalicelib.domain.volunteering.attendance import Hours
from chalicelib.domain.volunteering.terms import Direction, SignUpState
from tests.api.client import Client
from tests.builders import GRID_MEMBER, VILLAGE, VILLAGER, actor

HOUR = timedelta(hours=1)
SQUARE = {"lat": 24.6085, "lon": 117.9795}


def terms(*, ahead: timedelta = 48 * HOUR, **changes: Any) -> dict[str, Any]:
    """Two hours from then on, for two."""
    start = datetime.now(UTC) + ahead
    fields = {
        "start": start.isoformat(),
        "end": (start + 2 * HOUR).isoformat(),
        "place": {"name": "村口广场", "point": SQUARE},
        "capacity": 2,
    }
    return fields | changes


def body(**changes: Any) -> dict[str, Any]:
    """A call to patrol."""
    return {"kind": "patrol", "village": VILLAGE, "title": "夜间巡查", "slots": [terms()]} | changes


def rider() -> Actor:
    """A new courier of the village."""
    from chalicelib.store.people import people

    id = f"rider-{uuid4()}"
    who = actor(id, (Role.COURIER, id))
    since = datetime(2023, 4, 1, tzinfo=UTC)
    people.put(Person(id=id, name="骑手", phone="", posts=who.posts, valid_from=since, villages=(VILLAGE,)))
    return who


def slot(api: Client, **changes: Any) -> str:
    """The id of a new slot."""
    id: str = api.post("/volunteering/calls", body(**changes), by=VILLAGER).json["slots"][0]["id"]
    return id


def open_to_all(api: Client) -> str:
    """… for couriers of all the township."""
    return slot(api, open_to="township")


def signed(api: Client, **changes: Any) -> tuple[str, Actor]:
    """Somebody new has a place in a new slot."""
    id, who = slot(api, **changes), rider()
    assert api.post(f"/slots/{id}/sign-up", None, by=who).status == 200
    return id, who


def running(api: Client, **changes: Any) -> tuple[str, Actor]:
    """… which begins in minutes."""
    return signed(api, slots=[terms(ahead=timedelta(minutes=5), **changes)])


def mediation(api: Client) -> tuple[str, Actor]:
    """A mediation that the village opened, with its mediator."""
    who = rider()
    place: dict[str, Any] = {"place": {"name": "调解室"}, "capacity": 1}
    return slot(api, kind="mediation", mediators=[who.id], slots=[terms(**place)]), who


def word(id: str, direction: Direction) -> str:
    """The code that is shown now."""
    from chalicelib.domain.volunteering import tokens
    from chalicelib.gateways import slot_keys

    return tokens.written(tokens.now_showing(id, direction, datetime.now(UTC)), slot_keys.key())


def put(id: str, who: Actor, **changes: Any) -> None:
    """His sign-up as it would be later."""
    from dataclasses import replace

    from chalicelib.domain.volunteering.turns import turn
    from chalicelib.services.volunteering import keeping
    from chalicelib.store.volunteering import slots as store

    held, own, _ = store.with_courier(id, who.id)
    assert own
    keeping.commit(turn(held).of(replace(own, version=own.version + 1, **changes)), now=datetime.now(UTC))


def confirmed(api: Client) -> tuple[str, Actor]:
    """Somebody's hours are confirmed."""
    id, who = signed(api)
    hours = Hours(minutes=60, by=GRID_MEMBER.id, at=datetime.now(UTC))
    put(id, who, state=SignUpState.CONFIRMED, hours=hours)
    return id, who


def disputed(api: Client) -> tuple[str, Actor]:
    """… and disputed."""
    id, who = confirmed(api)
    api.post(f"/slots/{id}/dispute", {"reason": "少算了"}, by=who)
    return id, who
