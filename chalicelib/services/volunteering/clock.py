"""What the clock does with slots: couriers follow a change page by page, sign-up ends, who did not come is noted, free
places are filled, and who left volunteers no more.

Each step is a transaction of its own and is not done twice: so a look that dies goes on at the next sweep.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.volunteering import following as rules
from chalicelib.domain.volunteering.attendance import SignUp
from chalicelib.domain.volunteering.model import Slot
from chalicelib.domain.volunteering.signing import Held
from chalicelib.domain.volunteering.statements import LAST
from chalicelib.domain.volunteering.terms import SignUpState
from chalicelib.domain.volunteering.turns import Turn, turn
from chalicelib.services.volunteering import keeping, signing
from chalicelib.store.people import people
from chalicelib.store.volunteering import due, lists
from chalicelib.store.volunteering import slots as store

PAGE = 40  # steps in one look: some seconds


def fire(slot_id: str, *, at: datetime, now: datetime) -> None:
    """Do what is due of a slot by now: a read; for each step on somebody a read and a transaction; and when it is to be
    looked at next. Of more than a page the rest waits for the next sweep. Raises Busy."""
    try:
        slot = store.get(slot_id)
    except NotFound:
        due.forget(slot_id, due.PART)
        return
    if slot.following and not _each(slot, lambda one: rules.behind(slot, one), _follow, now):
        return
    if _is_over(slot, now) and not _each(slot, _is_due_to_come, _miss, now):
        return
    keeping.tried(lambda: _on(slot_id, at, now))


def _each(
    slot: Slot, wanted: Callable[[SignUp], bool], step: Callable[[str, str, datetime], None], now: datetime
) -> bool:
    """Whether all that wanted a step have had theirs."""
    found = [one for one in store.sign_ups(slot.id) if wanted(one)]
    for one in found[:PAGE]:
        keeping.tried(lambda id=one.courier_id: step(slot.id, id, now))  # type: ignore[misc]
    return len(found) <= PAGE


def _is_over(slot: Slot, now: datetime) -> bool:
    """Whether who has not checked in by now was absent; a mediation has no codes."""
    until = slot.terms.end + keeping.numbers(now).hours(rules.ABSENT)
    return now >= until and not slot.called_off and not slot.is_confidential


def _is_due_to_come(one: SignUp) -> bool:
    return one.state is SignUpState.SIGNED_UP


def _follow(slot_id: str, courier_id: str, now: datetime) -> None:
    slot, own, book = store.with_courier(slot_id, courier_id)
    if own:
        held, waiters = Held(sign_up=own, book=book), keeping.waiters(slot)
        keeping.commit(rules.followed(slot, held, waiters, now=now), now=now)


def _miss(slot_id: str, courier_id: str, now: datetime) -> None:
    slot, own, _ = store.with_courier(slot_id, courier_id)
    if own:
        keeping.commit(rules.absent(slot, own, now=now), now=now)


def _on(slot_id: str, at: datetime, now: datetime) -> None:
    """What concerns nobody alone, and the next look."""
    slot = store.get(slot_id)
    if slot.following and any(rules.behind(slot, one) for one in store.sign_ups(slot_id)):
        return  # it changed meanwhile
    after = turn(slot).holding(following=False)
    if not slot.called_off and not slot.closing_seen and now >= slot.terms.closes_at:
        after = _rest(after, rules.closed(after.slot, now=now))
    if _is_over(slot, now):
        after = after.holding(absences_seen=True)
    if after.is_empty:
        due.done(slot_id, due.PART, at=at)
    else:
        keeping.commit(after, now=now, timed=True)
    if after.slot.has_room and after.slot.waiting:
        signing.fill(store.get(slot_id), now=now)


def _rest(before: Turn, after: Turn) -> Turn:
    return replace(after, before=before.before)


def fill(slot_id: str, *, at: datetime, now: datetime) -> None:
    """Somebody who waits has time now: bring in who may come. Raises Busy."""
    with suppress(NotFound):
        keeping.tried(lambda: signing.fill(store.get(slot_id), now=now))
    due.done(slot_id, due.ROOM, at=at)


def release(person_id: str, *, at: datetime, now: datetime) -> None:
    """Give back all that somebody has promised who is no courier any more: a query, and for each a read and a
    transaction. Raises Busy."""
    person = people.find(person_id)
    if person is None or not keeping.volunteer(person).is_courier:
        for one in list(lists.between(person_id, now, LAST)):
            keeping.tried(lambda slot=one.slot_id: _gone(slot, person_id, now))  # type: ignore[misc]
    due.done(person_id, due.GONE, at=at)


def _gone(slot_id: str, courier_id: str, now: datetime) -> None:
    slot, own, book = store.with_courier(slot_id, courier_id)
    if own:
        held = Held(sign_up=own, book=book)
        keeping.commit(rules.gone(slot, held, keeping.waiters(slot), now=now), now=now)
