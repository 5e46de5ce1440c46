"""Who was given what, how many, when and by whom; put right by another record that names the old one (DOMAIN §1)."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from chalicelib.domain.errors import CapReached, Forbidden, IllegalAction, Invalid, NotFound
from chalicelib.domain.handouts.goods import Good, Per
from chalicelib.domain.people.applications import require_past
from chalicelib.domain.people.model import CLOSED, Actor, Person, Post, Role
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reference.numbers import Numbers

BACK = "handout_days"  # how many days back what was handed out may be dated
EVER, YEAR, MONTH = "ever", slice(0, 4), slice(0, 7)  # of `2026-11-23`


class Doing(StrEnum):
    """What somebody does to another with a record."""

    HANDOUT = "handout"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """`count` of a good, handed over on a local day."""

    good: str
    count: int
    day: date
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """One record: never changed but for `note`, which goes when the person is forgotten. `giver` is the post from
    which `by` gave it, `zh` and `en` what the good was called then. One that puts an older one right names it in
    `corrects`, and says what is true instead: `count` 0 where it was never given."""

    id: str
    person_id: str
    good: str
    zh: str
    en: str
    count: int
    day: date
    by: str
    giver: str
    at: datetime
    note: str
    corrects: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a record adds to what somebody has of a good in a span (`ever`, `2026`, `2026-11`); `most` of it he may
    have then, in the time that `per` names; None for as many as there are."""

    good: str
    span: str
    more: int
    most: int | None
    per: Per = Per.NONE


def given(
    gift: Gift, good: Good, person: Person, *, by: Actor, giver: Post, now: datetime, numbers: Numbers
) -> Handout:
    """The record of a good that was handed over.

    Raises Forbidden (`not_to_oneself`), IllegalAction (`person_state`), Invalid (`day_ahead`, `handout_day`),
    CapReached (`handout_limit`) for more at once than anybody gets.
    """
    if by.id == person.id:
        raise Forbidden("not_to_oneself", action=Doing.HANDOUT)
    if person.state in CLOSED:
        raise IllegalAction("person_state", action=Doing.HANDOUT, state=person.state)
    _require_lately(gift.day, numbers, now)
    _require_few(gift.count, good)
    return Handout(
        id=f"{person.id}.{stamp(now)}-{good.id}",
        person_id=person.id,
        good=good.id,
        zh=good.zh,
        en=good.en,
        count=gift.count,
        day=gift.day,
        by=by.id,
        giver=giver.key,
        at=now,
        note=gift.note.strip(),
    )


def corrected(
    old: Handout,
    gift: Gift,
    reason: str,
    *,
    by: Actor,
    good: Good,
    giver: Post,
    now: datetime,
    numbers: Numbers,
) -> Handout:
    """The record that puts an older one right: of the same good. What was never given was so on any day.

    Raises Forbidden (`not_to_oneself`), and what `_require_right` does.
    """
    if by.id == old.person_id:
        raise Forbidden("not_to_oneself", action=Doing.HANDOUT)
    _require_right(old, gift, reason, good, numbers, now)
    return replace(
        old,
        id=f"{old.person_id}.{stamp(now)}-{old.good}",
        count=gift.count,
        day=gift.day,
        by=by.id,
        giver=giver.key,
        at=now,
        note=gift.note.strip(),
        corrects=old.id,
        reason=reason.strip(),
    )


def _require_right(old: Handout, gift: Gift, reason: str, good: Good, numbers: Numbers, now: datetime) -> None:
    """Raises Invalid (`reason_needed`, `day_ahead`, `handout_day`, `nothing_changes`), CapReached (`handout_limit`)."""
    if not reason.strip():
        raise Invalid("reason_needed")
    require_past(gift.day, now)
    if gift.day < old.day:  # the day of the record was within its time, and so are those after it
        _require_lately(gift.day, numbers, now)
    _require_few(gift.count, good)
    if (gift.count, gift.day) == (old.count, old.day) or not (gift.count or old.count):
        raise Invalid("nothing_changes")


def changes(new: Handout, old: Handout | None, good: Good) -> list[Change]:
    """What a record, in the place of an older one perhaps, does to the counts. They are kept of every span, so that a
    limit counts what was handed over before it was set."""
    more: dict[str, int] = {}
    for one, sign in ((new, 1), (old, -1)):
        for span in spans(one.day) if one else ():
            more[span] = more.get(span, 0) + sign * one.count if one else 0
    limited = {Per.EVER: EVER, Per.YEAR: new.day.isoformat()[YEAR], Per.MONTH: new.day.isoformat()[MONTH]}
    where = limited.get(good.per)
    return [
        Change(
            good=new.good,
            span=span,
            more=count,
            most=good.most if span == where and count > 0 else None,
            per=good.per,
        )
        for span, count in sorted(more.items())
        if count
    ]


def spans(day: date) -> tuple[str, str, str]:
    """Those that a local day lies in."""
    text = day.isoformat()
    return EVER, text[YEAR], text[MONTH]


def giver_of(by: Actor, person: Person, township: str) -> Post:
    """From which post somebody hands out: the centre's to anybody, a village's to couriers whose round leads there.

    Raises Forbidden (`role_needed`, `person_not_yours`).
    """
    if by.holds(Role.CENTRE, township):
        return Post(Role.CENTRE, township)
    for post in by.posts:
        if post.role is Role.VILLAGE and post.scope in person.villages:
            return post
    if not any(by.holds(role) for role in (Role.CENTRE, Role.VILLAGE)):
        raise Forbidden("role_needed", role=Role.CENTRE)
    raise Forbidden("person_not_yours", action=Doing.HANDOUT)


def person_of(handout_id: str) -> str:
    """Whose record it is. Raises NotFound (`no_such_handout`) for what is no id of one."""
    person_id, _, rest = handout_id.rpartition(".")
    if not person_id or not rest:
        raise NotFound("no_such_handout", handout=handout_id)
    return person_id


def stamp(at: datetime) -> str:
    """A UTC instant as it stands in a record's id: the newest sorts last."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%S%f}"


def limit_reached(zh: str, en: str, most: int | None, per: Per) -> CapReached:
    """The refusal of more than anybody gets: `most` of a good, named in both languages, in the time of `per`."""
    return CapReached("handout_limit", good=f"{zh} / {en}", most=most, per=per)


def _require_few(count: int, good: Good) -> None:
    if count > good.most:
        raise limit_reached(good.zh, good.en, good.most, good.per)


def _require_lately(day: date, numbers: Numbers, now: datetime) -> None:
    """Limits count by the day that is said: were any day taken, last year's could be used up this year."""
    require_past(day, now)
    most = numbers.count(BACK)
    if today(now) - day > timedelta(days=most):
        raise Invalid("handout_day", most=most)
