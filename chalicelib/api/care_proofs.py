"""What shows that a bag is the right one and somebody was at the door, over HTTP: codes of bags, cards, photos."""

from datetime import date
from typing import Annotated

from msgspec import Meta, Struct

from chalicelib.api import shapes
from chalicelib.api.auth import authorize
from chalicelib.api.care_shapes import CareService, Village, word
from chalicelib.api.http import Api, Ask
from chalicelib.api.prize_shapes import PrizePhotoType
from chalicelib.api.shapes import Instant, Paging, UploadForm
from chalicelib.domain.photos import ContentType

api = Api(__name__)


class BagsQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of which local day; of which village, null for the whole township, which the centre sees."""

    day: date
    village: Village | None = None


class BagView(Struct, frozen=True, kw_only=True):
    """What is printed on a visit's bag: `code`, and `qr`, an SVG document that shows it."""

    visit: str
    service: CareService
    village: str
    start: Instant
    items: int
    seal: str
    code: str
    qr: str


class BagPage(Struct, frozen=True, kw_only=True):
    """Some bags by when they are due; `cursor` asks for the next ones, null at the end."""

    bags: list[BagView]
    cursor: str | None


class DoorCard(Struct, frozen=True, kw_only=True):
    """The card to be hung up inside the door: `qr`, an SVG document, says who comes in that he was there, and nothing
    about who lives there."""

    beneficiary: str
    qr: str


class DoorPhotos(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Types of the photos to be uploaded; with none, fresh forms for those still awaited."""

    photos: Annotated[tuple[PrizePhotoType, ...], Meta(max_length=3)] = ()


class DoorUploads(Struct, frozen=True, kw_only=True):
    """A form for each photo that the visit waits for."""

    id: str
    uploads: list[UploadForm]


@api.route("/bags", methods=["GET"], authorizer=authorize)
def list_bags(ask: Ask, query: BagsQuery) -> BagPage:
    """The bags of a day with their codes, for who has them sealed: print each, and stick it onto its bag."""
    from chalicelib.gateways import qr
    from chalicelib.services.care import evidence

    paging = {"limit": query.limit, "cursor": query.cursor}
    day = query.day.isoformat()
    page = evidence.bags(day, query.village, by=ask.actor, now=ask.now, **paging)  # type: ignore[arg-type]
    found = [(one.visit, one.code) for one in page.bags]
    bags = [
        BagView(
            visit=visit.id,
            service=word(visit.service),
            village=visit.village,
            start=visit.start,
            items=visit.items,
            seal=visit.seal,
            code=code,
            qr=qr.svg(code),
        )
        for visit, code in found
    ]
    return BagPage(bags=bags, cursor=page.cursor)


@api.route("/beneficiaries/{beneficiary_id}/card", methods=["GET"], authorizer=authorize)
def get_door_card(ask: Ask, beneficiary_id: str) -> DoorCard:
    """The card of somebody's door, for the village that prints it."""
    from chalicelib.services.care import evidence

    return _card(beneficiary_id, evidence.card(beneficiary_id, by=ask.actor))


@api.route("/beneficiaries/{beneficiary_id}/card/renewal", methods=["POST"], authorizer=authorize)
def renew_door_card(ask: Ask, beneficiary_id: str) -> DoorCard:
    """A new card: the ones before are good no more, wherever they have got to."""
    from chalicelib.services.care import evidence

    return _card(beneficiary_id, evidence.renew_card(beneficiary_id, key=ask.key, by=ask.actor, now=ask.now))


@api.route("/visits/{visit_id}/photos", methods=["POST"], authorizer=authorize)
def add_door_photos(ask: Ask, visit_id: str, body: DoorPhotos) -> DoorUploads:
    """Declare photos of the door, with nobody's face, waybill or room on them; who has the visit names one of them as a
    proof. They are seen by the village and the centre alone."""
    from chalicelib.services.care import evidence

    wanted = [ContentType(one) for one in body.photos]
    forms = evidence.add_photos(visit_id, wanted, key=ask.key, by=ask.actor, now=ask.now)
    return DoorUploads(id=visit_id, uploads=[shapes.form(form) for form in forms])


def _card(beneficiary_id: str, token: str) -> DoorCard:
    from chalicelib.gateways import qr

    return DoorCard(beneficiary=beneficiary_id, qr=qr.svg(token))
