"""A visit over HTTP, as whoever asks may see it at this moment."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chalicelib.api.auth import authorize
from chalicelib.api.beneficiary_shapes import CareService
from chalicelib.api.http import Api, Ask
from chalicelib.api.personal_shapes import PersonalView, personal
from chalicelib.api.shapes import ImageLink, Instant, image
from chalicelib.domain.care.sight import Field, Moment
from chalicelib.domain.care.terms import VisitState, Welfare

if TYPE_CHECKING:
    from chalicelib.services.care.looks import Shown

api = Api(__name__)


class SightQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`whole`: for staff, with who it is; that look is noted."""

    whole: bool = False


class VisitSight(Struct, frozen=True, kw_only=True):
    """A visit; `fields` are what the caller may know at this `moment`, and what they do not name is null or empty.

    `door` is open from an hour before the window until half an hour after the visit was done.
    """

    id: str
    state: VisitState
    moment: Moment
    fields: list[Field]
    village: str
    start: Instant
    end: Instant
    service: CareService | None
    items: int | None
    seal: str
    heavy: bool | None
    personal: PersonalView | None
    code: str
    courier_id: str | None
    courier_surname: str
    courier_employer: str
    delivered: bool | None
    left_behind: bool | None
    welfare: Welfare | None
    proof: list[ImageLink]
    beneficiary_id: str | None


@api.route("/visits/{visit_id}/sight", methods=["GET"], authorizer=authorize)
def see_visit(ask: Ask, visit_id: str, query: SightQuery) -> VisitSight:
    """A visit as the caller may see it now: who is asked sees time and load, who has it also the door while that is
    open, and nobody who carries something a name, an illness or a phone. Each look at who it is, is noted."""
    from chalicelib.services.care import looks

    return _view(looks.of_visit(visit_id, by=ask.actor, whole=query.whole, now=ask.now))


def _view(shown: "Shown") -> VisitSight:
    visit, may = shown.visit, shown.fields
    return VisitSight(
        id=visit.id,
        state=visit.state,
        moment=shown.moment,
        fields=sorted(may),
        village=visit.village,
        start=visit.start,
        end=visit.end,
        **_load(shown),
        **_result(shown),
        personal=personal(shown.personal) if may & {Field.DOOR, Field.NAME} else None,
        code=shown.code,
        courier_id=visit.courier_id if Field.COURIER_ID in may else None,
        courier_surname=shown.courier[0],
        courier_employer=shown.courier[1],
        proof=[image(link) for link in shown.proof],
        beneficiary_id=visit.beneficiary_id if Field.LOOKS in may else None,
    )


def _load(shown: "Shown") -> dict[str, Any]:
    visit, may = shown.visit, Field.LOAD in shown.fields
    return {
        "service": visit.service.value if may else None,
        "items": visit.items if may else None,
        "seal": visit.seal if may else "",
        "heavy": visit.heavy if may else None,
    }


def _result(shown: "Shown") -> dict[str, Any]:
    visit, may = shown.visit, Field.RESULT in shown.fields
    return {
        "delivered": visit.handed_over_at is not None if may else None,
        "left_behind": visit.left_behind if may else None,
        "welfare": visit.welfare if may else None,
    }
