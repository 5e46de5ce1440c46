"""Goods that are handed out over HTTP: record it, put it right, see who was given what."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.shapes import Cursor, Instant, Limit, NeededText, Paging
from chalicelib.domain.errors import Invalid

if TYPE_CHECKING:
    from chalicelib.store.handouts.handouts import Kept, Page

api = Api(__name__)

Id = Annotated[str, Meta(min_length=1, max_length=100)]
GoodId = Annotated[str, Meta(pattern=r"^[a-z_]{1,40}$")]
Month = Annotated[str, Meta(pattern=r"^\d{4}-(0[1-9]|1[0-2])$")]
Note = Annotated[str, Meta(max_length=500)]


class NewHandout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`person` was given `count` of a good (a row of `goods`) on a local day."""

    person: Id
    good: GoodId
    count: Annotated[int, Meta(ge=1, le=1000)] = 1
    day: date
    note: Note = ""


class CorrectHandout(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is true instead, and why; `count` 0: it was never given."""

    count: Annotated[int, Meta(ge=0, le=1000)]
    day: date
    reason: NeededText


class HandoutView(Struct, frozen=True, kw_only=True):
    """A record: who was given what, called `good_zh` and `good_en` then, by whom and from which post (`giver`).

    One that puts an older one right names it in `corrects`; of one that was put right, `corrected_by` is true instead.
    """

    id: str
    person: str
    good: str
    good_zh: str
    good_en: str
    count: int
    day: date
    by: str
    giver: str
    at: Instant
    note: str
    corrects: str | None
    reason: str
    corrected_by: str | None


class HandoutsQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Either a `person`, or a `good` and a local `month`."""

    person: Id | None = None
    good: GoodId | None = None
    month: Month | None = None
    limit: Limit = 50
    cursor: Cursor | None = None


class HandoutPage(Struct, frozen=True, kw_only=True):
    """Some records, newest first; `cursor` asks for the next ones, null at the end."""

    handouts: list[HandoutView]
    cursor: str | None


@api.route("/handouts", methods=["POST"], status=201, authorizer=authorize)
def record_handout(ask: Ask, body: NewHandout) -> HandoutView:
    """Record that somebody was given something: the centre, or a village on his round."""
    from chalicelib.domain.handouts.giving import Gift
    from chalicelib.services.handouts import handouts

    gift = Gift(good=body.good, count=body.count, day=body.day, note=body.note)
    return view(handouts.record(body.person, gift, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/handouts", methods=["GET"], authorizer=authorize)
def list_handouts(ask: Ask, query: HandoutsQuery) -> HandoutPage:
    """What a person was given, or who was given a good in a month. A village sees couriers on whose round it lies, and
    of a month what it gave itself. The looks are noted."""
    from chalicelib.services.handouts import handouts

    paging = {"limit": query.limit, "cursor": query.cursor}
    if query.person and not (query.good or query.month):
        return _page(handouts.of_person(query.person, by=ask.actor, now=ask.now, **paging))  # type: ignore[arg-type]
    if query.person or not query.good or not query.month:
        raise Invalid("one_of_two_needed", first="person", second="good, month")
    found = handouts.of_month(query.good, query.month, by=ask.actor, now=ask.now, **paging)  # type: ignore[arg-type]
    return _page(found)


@api.route("/handouts/{handout_id}", methods=["GET"], authorizer=authorize)
def get_handout(ask: Ask, handout_id: str) -> HandoutView:
    """One record. The look is noted."""
    from chalicelib.services.handouts import handouts

    return view(handouts.show(handout_id, by=ask.actor, now=ask.now))


@api.route("/handouts/{handout_id}/correction", methods=["POST"], authorizer=authorize)
def correct_handout(ask: Ask, handout_id: str, body: CorrectHandout) -> HandoutView:
    """Put a record right by another in its place; the old one stays to be read. Answers the new one."""
    from chalicelib.services.handouts import handouts

    done = handouts.correct(handout_id, body.count, body.day, body.reason, key=ask.key, by=ask.actor, now=ask.now)
    return view(done)


@api.route("/me/handouts", methods=["GET"], authorizer=authorize)
def list_my_handouts(ask: Ask, query: Paging) -> HandoutPage:
    """What you were given, newest first."""
    from chalicelib.services.handouts import handouts

    return _page(handouts.own(ask.actor, limit=query.limit, cursor=query.cursor))


def view(kept: "Kept") -> HandoutView:
    """A record as it is read."""
    one = kept.handout
    return HandoutView(
        id=one.id,
        person=one.person_id,
        good=one.good,
        good_zh=one.zh,
        good_en=one.en,
        count=one.count,
        day=one.day,
        by=one.by,
        giver=one.giver,
        at=one.at,
        note=one.note,
        corrects=one.corrects,
        reason=one.reason,
        corrected_by=kept.corrected_by,
    )


def _page(page: "Page") -> HandoutPage:
    return HandoutPage(handouts=[view(kept) for kept in page.records], cursor=page.cursor)
