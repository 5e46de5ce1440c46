"""Look-outs (协查) over HTTP: ask, stop, answer, read what was answered."""

from typing import Annotated

from msgspec import Meta

from chalicelib.api import lookout_shapes as shapes
from chalicelib.api.auth import authorize
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.lookout_shapes import (
    LookoutAnswers,
    LookoutPage,
    LookoutPhotoType,
    LookoutView,
    MyLookouts,
    NewLookout,
    NewLookoutAnswer,
    OwnLookoutAnswer,
)
from chalicelib.api.shapes import InCrs, Paging
from chalicelib.domain.photos import ContentType
from chalicelib.domain.places import point_from

api = Api(__name__)


class LookoutsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which post: `village:350211102202`, `centre:350211102`."""

    post: Annotated[str, Meta(min_length=1, max_length=60)]


@api.route("/lookouts", methods=["POST"], status=201, authorizer=authorize)
def ask_for_lookout(ask: Ask, body: NewLookout) -> LookoutView:
    """Ask couriers of some grids to look out, as a village in its own grids or as the centre in all. No address, no
    phone, no ID number, no name beyond the surname. Where a child is missed, call 110 first."""
    from chalicelib.services.lookouts import asking, showing

    made = asking.ask(new_id(ask.now), shapes.wanted(body), _type(body.photo), key=ask.key, by=ask.actor, now=ask.now)
    return shapes.view(showing.show(made.id, by=ask.actor, now=ask.now))


@api.route("/lookouts", methods=["GET"], authorizer=authorize)
def list_lookouts(ask: Ask, query: LookoutsQuery) -> LookoutPage:
    """What a post has asked, newest first, without its words: for who holds it, and the centre."""
    from chalicelib.services.lookouts import showing

    page = showing.of_post(query.post, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return LookoutPage(lookouts=[shapes.view(one) for one in page.sheets], cursor=page.cursor)


@api.route("/lookouts/{lookout_id}", methods=["GET"], authorizer=authorize)
def get_lookout(ask: Ask, lookout_id: str) -> LookoutView:
    """A look-out, for who asks or is asked; its words and its photo only while it is open."""
    from chalicelib.services.lookouts import showing

    return shapes.view(showing.show(lookout_id, by=ask.actor, now=ask.now))


@api.route("/lookouts/{lookout_id}/stop", methods=["POST"], authorizer=authorize)
def stop_lookout(ask: Ask, lookout_id: str) -> LookoutView:
    """Stop it with one tap, as anybody of the post that asked or of the centre: nothing of it is shown any more, and
    who was asked is thanked. Twice is once."""
    from chalicelib.services.lookouts import asking, showing

    asking.stop(lookout_id, by=ask.actor, now=ask.now)
    return shapes.view(showing.show(lookout_id, by=ask.actor, now=ask.now))


@api.route("/lookouts/{lookout_id}/answer", methods=["PUT"], authorizer=authorize)
def answer_lookout(ask: Ask, lookout_id: str, body: NewLookoutAnswer) -> OwnLookoutAnswer:
    """Answer seen or not seen, or change your answer while it is open. Do not approach or follow anybody; call 110."""
    from chalicelib.services.lookouts import answering

    place = body.place
    given = answering.answer(
        lookout_id,
        body.seen,
        point_from(place.lat, place.lon, crs=place.crs) if place else None,
        _type(body.photo),
        id=new_id(ask.now),
        by=ask.actor,
        now=ask.now,
    )
    return shapes.given(given)


@api.route("/lookouts/{lookout_id}/answers", methods=["GET"], authorizer=authorize)
def list_lookout_answers(ask: Ask, lookout_id: str, query: InCrs) -> LookoutAnswers:
    """What was answered, those who have seen something first, for who asks. Who it was, the centre alone reads; its
    looks are noted."""
    from chalicelib.services.lookouts import showing

    found = showing.answers(lookout_id, by=ask.actor, now=ask.now)
    return LookoutAnswers(answers=[shapes.answer(one, query.crs) for one in found])


@api.route("/me/lookouts", methods=["GET"], authorizer=authorize)
def list_my_lookouts(ask: Ask) -> MyLookouts:
    """What you are asked to look out for now on your round; your own answers with it."""
    from chalicelib.services.lookouts import showing

    return MyLookouts(lookouts=[shapes.view(one) for one in showing.mine(by=ask.actor, now=ask.now)])


def _type(photo: LookoutPhotoType | None) -> ContentType | None:
    return ContentType(photo) if photo else None
