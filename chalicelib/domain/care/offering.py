"""A visit is offered to one courier after the other until somebody takes it (DOMAIN §4, ADR 0049).

An offer is data on the visit: who is asked, until when. Each function gives a step on the visit as it stands, so an
answer that comes late, or a time-out that is told twice, finds that the offer is another one or none.
"""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from chalicelib.domain.care.life import HELD
from chalicelib.domain.care.matching import RINGS, Choice, Ring
from chalicelib.domain.care.model import WANTED, By, Move, Step, Visit, stepped
from chalicelib.domain.care.record import Run
from chalicelib.domain.care.terms import VisitAction, VisitState
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.numbers import Numbers

A, S = VisitAction, VisitState
AHEAD, MINUTES, AGAIN = "care_offer_ahead_hours", "care_offer_minutes", "care_seek_again_minutes"
FROM, UNTIL, ALARM_BEFORE = "care_offer_from_hour", "care_offer_until_hour", "care_alarm_before_minutes"
NEXT_FROM = "care_ring_next_hours"
MOST_RARELY = 4  # times: who looks in vain looks again after this part of what is left until the alarm
BY_HAND = "by_hand"  # the reason of an offer that a person made


class DeclineReason(StrEnum):
    """Why somebody does not want what he is asked for."""

    NO_TIME = "no_time"
    TOO_FAR = "too_far"
    TOO_HEAVY = "too_heavy"
    VEHICLE = "vehicle"
    UNWELL = "unwell"
    OTHER = "other"


NOT_NEEDED = frozenset({S.SET_ASIDE, S.CANCELLED, S.MISSED})


def first_seek(start: datetime, now: datetime, numbers: Numbers) -> datetime:
    """When somebody is looked for first: some hours before the window, not at night unless there is no morning left."""
    return by_day(max(now, start - numbers.hours(AHEAD)), start, numbers)


def by_day(at: datetime, start: datetime, numbers: Numbers) -> datetime:
    """The same, or the morning after where it is night: couriers sleep. At once where it is too late to wait."""
    local = at.astimezone(ZONE)
    opens, shuts = (timedelta(hours=numbers.of(name)) for name in (FROM, UNTIL))
    midnight = datetime.combine(local.date(), time(), ZONE)
    if midnight + opens <= local < midnight + shuts:
        return at
    morning = midnight + opens if local < midnight + opens else midnight + timedelta(days=1) + opens
    return morning.astimezone(at.tzinfo) if morning <= start - 2 * numbers.minutes(ALARM_BEFORE) else at


def widest(start: datetime, now: datetime, numbers: Numbers) -> Ring:
    """How far one looks: to the village where the grid has nobody, and beside it once the window is near."""
    return Ring.NEXT if start - now <= numbers.hours(NEXT_FROM) else Ring.VILLAGE


def offered(visit: Visit, choice: Choice, by: By, numbers: Numbers, *, by_hand: bool = False) -> Step:
    """Ask somebody. A while to answer, and not past the window. Raises IllegalAction (`visit_state`)."""
    who = choice.candidate.id
    until = min(by.at + numbers.minutes(MINUTES), visit.end)
    return stepped(
        visit,
        A.OFFER,
        S.OFFERED,
        deed="offered",
        by=by,
        person_id=who,
        facts={"until": until.isoformat(), "reasons": list(choice.reasons)},
        courier_id=who,
        asked_at=by.at,
        asked_until=until,
        by_hand=by_hand,
        ring=max(visit.ring, choice.candidate.ring or visit.ring, key=RINGS.index),
        asked=_with(visit.asked, who),
        reasons=choice.reasons,
        seek_at=None,
    )


def found_nobody(visit: Visit, by: By, numbers: Numbers) -> Step:
    """Look again later, and then also ask anew who let it lapse: the rarer, the more time there is until the alarm; and
    once one looks wider."""
    left = visit.start - numbers.minutes(ALARM_BEFORE) - by.at
    again = by.at + max(numbers.minutes(AGAIN), left / MOST_RARELY)
    wider = visit.start - numbers.hours(NEXT_FROM)
    again = min(again, wider) if wider > by.at else again
    again, ring = by_day(again, visit.start, numbers), widest(visit.start, by.at, numbers)
    return stepped(
        visit, A.FALL_DUE, S.PLANNED, deed="sought", by=by, silent=(), ring=ring, seek_at=min(again, visit.end)
    )


def accepted(visit: Visit, by: By) -> Step | None:
    """Whoever is asked takes it; None where he has it already. Raises what `_require_asked` does."""
    if visit.holder == by.id:
        return None
    _require_asked(visit, by)
    return stepped(visit, A.ACCEPT, S.ACCEPTED, deed="accepted", by=by, **_has_it(by))


def declined(visit: Visit, reason: DeclineReason, by: By) -> Step | None:
    """Whoever is asked does not want it, and is not asked for it again; None where he has said so."""
    if by.id in visit.decliners:
        return None
    _require_asked(visit, by)
    return _free(visit, A.DECLINE, "declined", by, facts={"reason": reason}, decliners=_with(visit.decliners, by.id))


def lapsed(visit: Visit, by: By) -> Step:
    """He has not answered: the next is asked, he again when all others were."""
    return _free(visit, A.LAPSE, "lapsed", by, silent=_with(visit.silent, visit.courier_id or ""))


def withdrawn(visit: Visit, by: By) -> Step:
    """Who is asked carries no more, or is elsewhere: the next is asked."""
    return _free(visit, A.LAPSE, "withdrawn", by)


def assigned(visit: Visit, courier_id: str, by: By) -> Step:
    """By hand, to somebody who has said yes. Raises IllegalAction (`visit_state`)."""
    asked = _with(visit.asked, courier_id)
    changes = _has_it(By(id=courier_id, role=by.role, at=by.at)) | {"asked": asked, "by_hand": True, "seek_at": None}
    return stepped(visit, A.ASSIGN, S.ACCEPTED, deed="assigned", by=by, **changes | {"reasons": (BY_HAND,)})


def released(visit: Visit, by: By, *, deed: str = "released", declines: bool = False, **changes: Any) -> Step:
    """Its courier has it no more, and somebody else is looked for. `declines`: he is not asked for it again.

    Raises IllegalAction (`visit_state`) where he has begun.
    """
    decliners = _with(visit.decliners, visit.courier_id or "") if declines else visit.decliners
    return _free(visit, A.RELEASE, deed, by, **({"decliners": decliners, **reopened(by.at)} | changes))


def reopened(at: datetime) -> dict[str, Any]:
    """What is true of a visit that nobody has any more, from `at` (UTC) on: for whoever decides a step to `planned`."""
    gone = dict.fromkeys(("courier_id", "asked_until", "accepted_at", "alarmed_at", "move"))
    return {**gone, "seek_at": at, "run": Run()}


def moved(visit: Visit, by: By) -> Step:
    """He agrees to the other time. Raises Conflict (`no_move_asked`)."""
    move = _asked_move(visit)
    return stepped(visit, A.MOVE, S.ACCEPTED, deed="move_agreed", by=by, move=None, stays=None, **_as_asked(move))


def not_moved(visit: Visit, by: By) -> Step:
    """The other time does not suit him: it is offered to others, for that time. Raises Conflict (`no_move_asked`)."""
    move = _asked_move(visit)
    return released(visit, by, deed="move_refused", declines=True, **_as_asked(move))


def stays(visit: Visit, by: By) -> Step:
    """He has not said whether: it stays as it was, and the village hears that."""
    return stepped(visit, A.MOVE, S.ACCEPTED, deed="move_unanswered", by=by, move=None, stays=_asked_move(visit))


def alarmed(visit: Visit, by: By) -> Step:
    """Nobody has it and its window is near: the centre hears of it. What is open stays open."""
    facts = {"asked": len(visit.asked), "declined": len(visit.decliners)}
    return stepped(visit, A.FALL_DUE, visit.state, deed="alarmed", by=by, facts=facts, alarmed_at=by.at)


def missed(visit: Visit, by: By) -> Step:
    """Its window is over and nobody had it: the village hears of it."""
    who = visit.courier_id
    gone: dict[str, Any] = {"courier_id": None, "asked_until": None, "seek_at": None, "ended_at": by.at}
    return stepped(visit, A.FALL_DUE, S.MISSED, deed="missed", by=by, person_id=who, **gone)


def closed(visit: Visit, by: By) -> Step:
    """Its plan did not want it, and its time is over."""
    return stepped(visit, A.FALL_DUE, S.CANCELLED, deed="closed", by=by, ended_at=by.at)


def _require_asked(visit: Visit, by: By) -> None:
    """Raises NotFound (`no_such_visit`) for who never was asked; for who was, Conflict: `offer_taken` by somebody else,
    `offer_not_needed`, `offer_over`."""
    if by.id not in visit.asked:
        raise NotFound("no_such_visit", visit=visit.id)
    if visit.state is S.OFFERED and visit.courier_id == by.id and visit.asked_until and by.at <= visit.asked_until:
        return
    if visit.state in NOT_NEEDED:
        raise Conflict("offer_not_needed")
    raise Conflict("offer_taken" if visit.state in HELD and visit.courier_id != by.id else "offer_over")


def _asked_move(visit: Visit) -> Move:
    if visit.move is None:
        raise Conflict("no_move_asked")
    return visit.move


def _as_asked(move: Move) -> dict[str, Any]:
    return {name: getattr(move, name) for name in WANTED}


def _has_it(by: By) -> dict[str, Any]:
    return {"courier_id": by.id, "accepted_at": by.at, "asked_until": None, "alarmed_at": None}


def _free(
    visit: Visit, action: VisitAction, deed: str, by: By, *, facts: dict[str, Any] | None = None, **changes: Any
) -> Step:
    """Nobody is asked, and the next one is looked for at once; the clock does that within the minute."""
    gone: dict[str, Any] = {"courier_id": None, "asked_until": None, "seek_at": by.at, "by_hand": False}
    return stepped(
        visit, action, S.PLANNED, deed=deed, by=by, person_id=visit.courier_id, facts=facts, **(gone | changes)
    )


def _with(ids: Iterable[str], one: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*ids, one)))
