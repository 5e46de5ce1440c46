"""What became of a report, over HTTP: for its reporter, for who joined it, for staff."""

from msgspec import Struct

from chalicelib.api import shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.sentences import labels
from chalicelib.api.shapes import ImageLink, Instant
from chalicelib.domain.photos import Link
from chalicelib.domain.reports.model import Status

api = Api(__name__)


class OutcomePhoto(Struct, frozen=True, kw_only=True):
    """A photo: one's own as it was taken, others only as everybody may see them."""

    id: str
    purpose: str
    own: bool
    links: list[ImageLink]


class ReportOutcome(Struct, frozen=True, kw_only=True):
    """What became of it, in one sentence, and what the public was told. Of a report that was merged, this is about the
    one it was merged into. `has_page`: there is a public page that a link may be asked for."""

    id: str
    status: Status
    status_zh: str
    status_en: str
    sentence_zh: str
    sentence_en: str
    answer: str | None
    reported_at: Instant
    answered_at: Instant | None
    ended_at: Instant | None
    photos: list[OutcomePhoto]
    has_page: bool


@api.route("/reports/{report_id}/outcome", methods=["GET"], authorizer=authorize)
def get_outcome(ask: Ask, report_id: str) -> ReportOutcome:
    """What became of a report, before and after: for who reported it or joined it, and for staff who see it."""
    from chalicelib.services.reports import outcomes

    told = outcomes.see(report_id, by=ask.actor, now=ask.now)
    zh, en = labels()[f"status.{told.outcome.status}"]
    return ReportOutcome(
        id=told.report_id,
        status=told.outcome.status,
        status_zh=zh,
        status_en=en,
        sentence_zh=told.sentence[0],
        sentence_en=told.sentence[1],
        answer=told.outcome.answer or None,
        reported_at=told.reported_at,
        answered_at=told.outcome.answered_at,
        ended_at=told.outcome.ended_at,
        photos=[
            OutcomePhoto(id=one.photo.id, purpose=one.photo.purpose, own=one.own, links=images(one.links))
            for one in told.photos
        ],
        has_page=told.has_page,
    )


def images(links: list[Link]) -> list[ImageLink]:
    """Links as answers hold them."""
    return [shapes.image(link) for link in links]
