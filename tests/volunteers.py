"""Calls to volunteer and couriers who come, for tests."""

from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.happenings import Happening
from chalicelib.domain.people.model import Actor, Person, Role
from chalicelib.domain.places import Point
from chalicelib.domain.volunteering import tokens
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.hours import Word
from chalicelib.domain.volunteering.model import CheckPoint, Matter, Slot, Spot, Terms
from chalicelib.domain.volunteering.presence import Whereabouts
from chalicelib.domain.volunteering.terms import Direction, VolunteerKind
from chalicelib.services.volunteering import calls, clock, hours, presence, signing
from chalicelib.services.volunteering.calls import Wish
from chalicelib.services.volunteering.presence import Reading
from chalicelib.services.volunteering.slots import Attendance, Seen
from chalicelib.store.people import people
from chalicelib.store.volunteering import slots as store
from tests.builders import COURIER, GRID_MEMBER, NOW, VILLAGE, VILLAGER, actor

HOUR = timedelta(hours=1)
DAY = 24 * HOUR
START = NOW + 3 * DAY
PLACE = Point(lat=24.6085, lon=117.9795)
GATE = Point(lat=24.6095, lon=117.9795)  # 111 m to the north
HERE = Whereabouts(point=PLACE, accuracy=8.0)
SLOT = "c1.1"
KEY = b"a key that no test guesses"


def terms(*, start: datetime = START, length: timedelta = 2 * HOUR, **changes: Any) -> Terms:
    """Two hours in three days, for two people; who comes too late waits."""
    fields: dict[str, Any] = {
        "start": start,
        "end": start + length,
        "closes_at": start - HOUR,
        "place": Spot(zh="村口广场", en="Village square", point=PLACE),
        "capacity": 2,
        "waits": True,
    }
    return Terms(**(fields | changes))


def matter(kind: VolunteerKind = VolunteerKind.PATROL, **changes: Any) -> Matter:
    """A patrol of the village."""
    fields: dict[str, Any] = {"kind": kind, "village": VILLAGE, "zh": "夜间巡查", "en": "Night patrol"}
    return Matter(**(fields | changes))


def route() -> tuple[CheckPoint, ...]:
    """Two check points."""
    return CheckPoint(zh="广场", point=PLACE), CheckPoint(zh="东门", point=GATE)


def courier(name: str | int = "courier", **changes: Any) -> Actor:
    """A courier on whose round the village lies."""
    id = f"rider-{name}" if isinstance(name, int) else name
    who = actor(id, (Role.COURIER, id))
    fields: dict[str, Any] = {
        "id": id,
        "name": f"甲{id}",
        "phone": "",
        "posts": who.posts,
        "valid_from": datetime(2020, 1, 1, tzinfo=UTC),
        "villages": (VILLAGE,),
    }
    people.put(Person(**(fields | changes)))
    return who


def called(
    *each: Terms,
    id: str = "c1",
    of: Matter | None = None,
    mediators: tuple[str, ...] = (),
    by: Actor = VILLAGER,
    now: datetime = NOW,
) -> list[Slot]:
    """A call with these slots, or one."""
    wish = Wish(matter=of or matter(), each=each or (terms(),), mediators=mediators)
    return calls.make(id, wish, key=None, by=by, now=now).slots


def sign_up(slot_id: str = SLOT, *, by: Actor = COURIER, now: datetime = NOW) -> Seen:
    """Somebody signs up."""
    return signing.sign_up(slot_id, by=by, now=now)


def leave(slot_id: str = SLOT, *, by: Actor = COURIER, now: datetime = NOW) -> Seen:
    """… and gives it back."""
    return signing.leave(slot_id, "有事", by=by, now=now)


def token(direction: Direction, at: datetime, slot_id: str = SLOT) -> str:
    """The code that staff show then."""
    return tokens.written(tokens.now_showing(slot_id, direction, at), KEY)


def scan(
    direction: Direction,
    at: datetime,
    *,
    by: Actor = COURIER,
    where: Whereabouts = HERE,
    slot_id: str = SLOT,
    told: datetime | None = None,
) -> Seen:
    """He reads the code that is shown at `at`, and tells of it then, or later."""
    reading = Reading(token=token(direction, at, slot_id), where=where, at=at if told else None)
    return presence.scan(slot_id, reading, by=by, now=told or at)


def served(slot_id: str = SLOT, *, by: Actor = COURIER, start: datetime = START, length: timedelta = 2 * HOUR) -> None:
    """He comes, and stays so long."""
    scan(Direction.IN, start, by=by, slot_id=slot_id)
    scan(Direction.OUT, start + length, by=by, slot_id=slot_id)


def confirm(
    courier_id: str = COURIER.id,
    *,
    by: Actor = GRID_MEMBER,
    now: datetime = START + DAY,
    slot_id: str = SLOT,
    **word: Any,
) -> Attendance:
    """Somebody confirms his hours."""
    return hours.confirm(slot_id, courier_id, Word(**word), by=by, now=now)


def fire(now: datetime, slot_id: str = SLOT) -> None:
    """The clock looks at the slot, as often as it takes."""
    for _ in range(3):
        clock.fire(slot_id, at=now, now=now)


def slot(slot_id: str = SLOT) -> Slot:
    """The slot as it stands."""
    return store.get(slot_id)


def own(who: Actor = COURIER, slot_id: str = SLOT) -> SignUp:
    """Somebody's sign-up as it stands."""
    found = store.with_courier(slot_id, who.id)[1]
    assert found
    return found


def lines(slot_id: str = SLOT) -> list[Happening]:
    """What happened to a slot."""
    from chalicelib.store import history

    return history.happenings(f"slot:{slot_id}")


def deeds(slot_id: str = SLOT) -> list[str]:
    """What was done, in order."""
    return [line.deed for line in lines(slot_id)]
