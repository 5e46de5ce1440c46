"""Blind re-checks over HTTP: a courier looks at a place again, and is told neither who reported nor who closed it."""

from typing import TYPE_CHECKING, Annotated, Literal

from msgspec import Meta, Struct

from chalicelib.api import shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.listings import CardPaging
from chalicelib.api.sentences import texts
from chalicelib.api.shapes import InCrs, Instant, Location, PhotoView, UploadForm
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import Crs
from chalicelib.domain.rechecks.tasks import Finding, Task

if TYPE_CHECKING:
    from chalicelib.services.rechecks.rechecks import Shown

api = Api(__name__)

PhotoType = Literal["image/jpeg", "image/png", "image/webp", "image/heic"]
QUESTION = "recheck.question"


class RecheckCard(Struct, frozen=True, kw_only=True):
    """A place to look at again: `open` until `due_at`, or `accepted` and to be answered by then."""

    id: str
    state: str
    kind: str
    location: Location
    due_at: Instant | None


class Recheck(RecheckCard, frozen=True, kw_only=True):
    """… with small pictures of what was reported, and what is asked."""

    photos: list[PhotoView]
    question: str
    question_en: str


class RecheckPage(Struct, frozen=True, kw_only=True):
    """Some of them, by time; `cursor` asks for the next ones, null at the end."""

    rechecks: list[RecheckCard]
    cursor: str | None


class RecheckAnswer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Is it solved? `photos` are the types of those to be uploaded."""

    answer: Finding
    photos: Annotated[tuple[PhotoType, ...], Meta(max_length=3)] = ()


class Answered(Struct, frozen=True, kw_only=True):
    """The answer as it was taken, with a form for each photo."""

    id: str
    answer: Finding
    uploads: list[UploadForm]


@api.route("/rechecks", methods=["GET"], authorizer=authorize)
def list_rechecks(ask: Ask, query: CardPaging) -> RecheckPage:
    """The blind re-checks that the caller has accepted, and those open in the villages on his round."""
    from chalicelib.services.rechecks import rechecks

    page = rechecks.mine(by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return RecheckPage(rechecks=[_card(task, query.crs) for task in page.tasks], cursor=page.cursor)


@api.route("/rechecks/{report_id}", methods=["GET"], authorizer=authorize)
def get_recheck(ask: Ask, report_id: str, query: InCrs) -> Recheck:
    """A blind re-check that the caller has accepted: where it is, what it looked like, and what is asked."""
    from chalicelib.services.rechecks import rechecks

    return _whole(rechecks.show(report_id, by=ask.actor, now=ask.now), query.crs)


@api.route("/rechecks/{report_id}/acceptance", methods=["POST"], authorizer=authorize)
def accept_recheck(ask: Ask, report_id: str, query: InCrs) -> Recheck:
    """Accept a blind re-check: the first courier who does has it, for a day."""
    from chalicelib.services.rechecks import rechecks

    return _whole(rechecks.accept(report_id, key=ask.key, by=ask.actor, now=ask.now), query.crs)


@api.route("/rechecks/{report_id}/answer", methods=["POST"], authorizer=authorize)
def answer_recheck(ask: Ask, report_id: str, body: RecheckAnswer) -> Answered:
    """Say whether it is solved. Either answer earns points; that one cannot tell earns none, and somebody else is
    asked."""
    from chalicelib.services.rechecks import rechecks

    wanted = [ContentType(photo) for photo in body.photos]
    forms = rechecks.answer(report_id, body.answer, wanted, key=ask.key, by=ask.actor, now=ask.now)
    return Answered(id=report_id, answer=body.answer, uploads=[shapes.form(form) for form in forms])


def _card(task: Task, crs: Crs) -> RecheckCard:
    return RecheckCard(
        id=task.report_id,
        state=task.state,
        kind=task.kind,
        location=shapes.location(task.place, crs),
        due_at=task.due_at,
    )


def _whole(shown: "Shown", crs: Crs) -> Recheck:
    zh, en = texts()[QUESTION]
    task = shown.task
    return Recheck(
        id=task.report_id,
        state=task.state,
        kind=task.kind,
        location=shapes.location(task.place, crs),
        due_at=task.due_at,
        photos=[shapes.photo(photo, shown.links) for photo in shown.photos],
        question=zh,
        question_en=en,
    )
