"""Use cases on slots: see them, change one, call it off, show its rotating code."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Conflict, Forbidden, Invalid, StaleVersion
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role, masked_name
from chalicelib.domain.volunteering import calling, powers, tokens
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.model import Slot, Terms
from chalicelib.domain.volunteering.presence import EARLY
from chalicelib.domain.volunteering.signing import promoted
from chalicelib.domain.volunteering.terms import Direction, SlotState, VolunteerKind
from chalicelib.domain.volunteering.tokens import Code
from chalicelib.gateways import slot_keys
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.services.volunteering import keeping
from chalicelib.store.people import people
from chalicelib.store.volunteering import lists
from chalicelib.store.volunteering import slots as store
from chalicelib.store.volunteering.lists import SlotPage


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A slot as its viewer sees it, with his own sign-up; `runs`: he is of its staff, `place`: he may know where it is.

    A resident's ask says where he lives only to who goes there and who raised it.
    """

    slot: Slot
    own: SignUp | None
    runs: bool
    place: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Somebody's sign-up as staff see it: with the minutes that his codes say, and his name as far as they know it."""

    sign_up: SignUp
    measured: int | None
    name: str


def view(slot_id: str, *, by: Actor) -> Seen:
    """A slot: one batch. Raises NotFound (`no_such_slot`)."""
    slot, own, _ = store.with_courier(slot_id, by.id)
    powers.require_sight(by, slot)
    return seen(slot, own, by)


def seen(slot: Slot, own: SignUp | None, by: Actor) -> Seen:
    """The slot as somebody sees it."""
    return Seen(slot=slot, own=own, runs=powers.is_staff(by, slot), place=shows_place(slot, by))


def shows_place(slot: Slot, by: Actor) -> bool:
    """Whether somebody may know where it is."""
    open_place = slot.matter.kind is not VolunteerKind.MUTUAL_AID
    return open_place or by.id in slot.taken or powers.is_staff(by, slot)


def listing(
    village: str | None,
    state: SlotState,
    *,
    since: datetime | None,
    by: Actor,
    now: datetime,
    limit: int,
    cursor: str | None,
) -> SlotPage:
    """What is called for in a village, or for a courier in those of his round and in all of the township: a query for
    each, and a read of his round where no village is named.

    Raises Invalid (`unknown_area`, `village_needed`, `bad_cursor`).
    """
    township = areas.township(now=now)
    known = {area.code for area in areas.listing(now=now)[0].villages}
    if village is not None and village not in known:
        raise Invalid("unknown_area", area=village)
    places = [village] if village else _round(by, township)
    return lists.slots(dict.fromkeys(places), state, since=since or now, limit=limit, cursor=cursor)


def _round(by: Actor, township: str) -> list[str]:
    own = [post.village for post in by.posts if post.village]
    person = people.find(by.id) if by.holds(Role.COURIER) else None
    return [*own, *(person.round if person else ()), township]


def change(slot_id: str, terms: Terms, *, version: int | None, by: Actor, now: datetime) -> Seen:
    """Write a slot anew: two reads at most, one transaction. Who has a place is told within minutes, and may leave
    freely; whom the new time keeps elsewhere is released.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`, `not_your_slot`), StaleVersion, Conflict
    (`slot_called_off`, `slot_begun`, `slot_places_taken`) and what `calling.require_sound` does.
    """

    def do() -> Seen:
        slot, own, _ = store.with_courier(slot_id, by.id)
        hand = powers.editor(by, slot)
        if version not in (None, slot.edits):
            raise StaleVersion("stale_version", version=slot.edits)
        turn = calling.changed(slot, terms, hand, now=now)
        waiters = keeping.waiters(turn.slot) if turn.slot.has_room and not turn.slot.following else {}
        after = keeping.commit(promoted(turn, waiters, now=now), now=now, timed=True)
        return seen(after, own, by)

    return keeping.tried(do)


def call_off(slot_id: str, reason: str, *, by: Actor, now: datetime) -> Seen:
    """It does not take place: a read, a transaction, and all who have a place are told soon, page by page. Twice is
    once.

    Raises NotFound, Forbidden, Invalid (`reason_needed`), Conflict (`slot_over`).
    """

    def do() -> Seen:
        slot, own, _ = store.with_courier(slot_id, by.id)
        turn = calling.called_off(slot, reason, powers.editor(by, slot), now=now)
        return seen(keeping.commit(turn, now=now, timed=True), own, by)

    return keeping.tried(do)


def roster(slot_id: str, *, by: Actor, now: datetime) -> list[Attendance]:
    """Who signed up, has come and gone: a read, a query and a batch, and the look at whom is noted.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`).
    """
    slot = store.get(slot_id)
    powers.staff(by, slot)
    found = store.sign_ups(slot_id)
    names = {one.id: one.name for one in people.several(one.courier_id for one in found)} if found else {}
    full = by.holds(Role.CENTRE, slot.township)
    if found:
        access.record_all(by, What.SAW_PERSON, [one.courier_id for one in found], now=now)
    return [attendance(slot, one, names, now=now, full=full) for one in found]


def attendance(slot: Slot, one: SignUp, names: dict[str, str], *, now: datetime, full: bool = False) -> Attendance:
    """Somebody's sign-up with what the codes say."""
    from chalicelib.domain.volunteering.hours import measured

    name = names.get(one.courier_id, "")
    minutes = measured(slot, one, keeping.numbers(now))
    return Attendance(sign_up=one, measured=minutes, name=name if full else masked_name(name))


def code(slot_id: str, direction: Direction, *, by: Actor, now: datetime) -> tuple[Code, str]:
    """The code that staff show now, and how it is written: one read.

    Raises NotFound, Forbidden (`role_needed`, `not_your_area`), Conflict (`slot_called_off`, `no_code_now`).
    """
    slot = store.get(slot_id)
    powers.staff(by, slot)
    calling.require_open(slot)
    early = keeping.numbers(now).minutes(EARLY)
    if slot.is_confidential or not slot.terms.start - early <= now < slot.terms.end + early:
        raise Conflict("no_code_now")
    if by.id in slot.taken:
        raise Forbidden("own_hours")
    showing = tokens.now_showing(slot_id, direction, now)
    return showing, tokens.written(showing, slot_keys.key())
