"""Beneficiaries over HTTP: raised by their village, assessed by the centre, and who has looked at them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api import beneficiary_shapes as shapes
from chalicelib.api.auth import authorize
from chalicelib.api.beneficiary_actions import AnyBeneficiaryAction, do
from chalicelib.api.beneficiary_shapes import (
    BeneficiaryCard,
    BeneficiaryPage,
    BeneficiaryView,
    Grounds,
    LookView,
    Services,
    Village,
    WhoBody,
)
from chalicelib.api.consent_shapes import ProofBody, RecordedConsent, WholeConsent, consent, consent_fields
from chalicelib.api.http import Api, Ask
from chalicelib.api.ids import new_id
from chalicelib.api.personal_shapes import Phone
from chalicelib.api.shapes import Paging, form
from chalicelib.domain.care.beneficiaries import BeneficiaryState
from chalicelib.domain.care.consents import Giver
from chalicelib.domain.photos import ContentType

if TYPE_CHECKING:
    from chalicelib.services.care.raising import Who

api = Api(__name__)

Purpose = Annotated[str, Meta(min_length=1, max_length=200)]
Scans = Annotated[tuple[ContentType, ...], Meta(max_length=4)]


class RaiseNeedBody(WhoBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who needs which services, and why."""

    services: Services
    grounds: Grounds


class BeneficiariesQuery(Paging, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Of a village, or (for centre and auditor) of the township in a state."""

    village: Village | None = None
    state: BeneficiaryState = BeneficiaryState.RAISED


class PurposeQuery(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the look is for: it is noted."""

    purpose: Purpose


class LookUpBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A phone number, however it is written; a landline with its area code."""

    phone: Annotated[Phone, Meta(min_length=1)]


class ConsentBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Whose consent, to what, in which `version` of the wording, on which day; a guardian's with `proof`. `scans`: the
    types of pictures of the paper that will be sent."""

    giver: Giver
    services: Services
    version: int
    given_on: date
    proof: ProofBody | None = None
    scans: Scans = ()


class WordingView(Struct, frozen=True, kw_only=True):
    """What is consented to, in two languages."""

    name: str
    version: int
    zh: str
    en: str


class Wordings(Struct, frozen=True, kw_only=True):
    """The beneficiary's own consent, and a guardian's."""

    wordings: list[WordingView]


class Found(Struct, frozen=True, kw_only=True):
    """Who can be reached by the number, as far as the caller may know."""

    beneficiaries: list[BeneficiaryCard]


class ConsentList(Struct, frozen=True, kw_only=True):
    """All consents, newest first."""

    consents: list[WholeConsent]


class LookPage(Struct, frozen=True, kw_only=True):
    """Some looks, newest first; `cursor` asks for the next ones, null at the end."""

    looks: list[LookView]
    cursor: str | None


@api.route("/beneficiaries", methods=["POST"], status=201, authorizer=authorize)
def raise_need(ask: Ask, body: RaiseNeedBody) -> BeneficiaryCard:
    """Enter somebody who needs care, for staff of the village. Safe to repeat with the same Idempotency-Key; the same
    person is entered once."""
    from chalicelib.services.care import raising
    from chalicelib.services.care.raising import Asked

    asked = Asked(id=new_id(ask.now), services=shapes.meant(body.services), grounds=body.grounds)
    return shapes.card(
        raising.raise_need(f"b{new_id(ask.now)}", _who(body), asked, key=ask.key, by=ask.actor, now=ask.now)
    )


@api.route("/beneficiaries", methods=["GET"], authorizer=authorize)
def list_beneficiaries(ask: Ask, query: BeneficiariesQuery) -> BeneficiaryPage:
    """Who is cared for in a village, or in the township in a state, by masked names; to the auditor without them."""
    from chalicelib.services.care import registers

    by, now, limit, cursor = ask.actor, ask.now, query.limit, query.cursor
    if query.village:
        page = registers.of_village(query.village, by=by, now=now, limit=limit, cursor=cursor)
    else:
        page = registers.in_state(query.state, by=by, now=now, limit=limit, cursor=cursor)
    return BeneficiaryPage(beneficiaries=[shapes.card(one) for one in page.beneficiaries], cursor=page.cursor)


@api.route("/beneficiaries/wordings", methods=["GET"], authorizer=authorize)
def list_care_wordings(ask: Ask) -> Wordings:
    """What a beneficiary consents to, or his guardian, with the versions that a consent names."""
    from chalicelib.services.care import consenting

    found = consenting.wordings(now=ask.now)
    return Wordings(wordings=[WordingView(name=w.name, version=w.version, zh=w.zh, en=w.en) for w in found])


@api.route("/beneficiaries/look-up", methods=["POST"], authorizer=authorize)
def look_up_beneficiary(ask: Ask, body: LookUpBody) -> Found:
    """Who can be reached by a number, so that nobody is entered twice. Each look is noted, and so many an hour."""
    from chalicelib.services.care import raising

    found = raising.look_up(body.phone, by=ask.actor, now=ask.now)
    return Found(beneficiaries=[shapes.card(one) for one in found])


@api.route("/beneficiaries/{beneficiary_id}", methods=["GET"], authorizer=authorize)
def get_beneficiary(ask: Ask, beneficiary_id: str, query: PurposeQuery) -> BeneficiaryView:
    """One beneficiary with who it is, as far as the caller may know. Each look is noted with what it is for."""
    from chalicelib.services.care import registers

    return shapes.whole(registers.view(beneficiary_id, query.purpose, by=ask.actor, now=ask.now))


@api.route("/beneficiaries/{beneficiary_id}", methods=["PUT"], authorizer=authorize)
def edit_beneficiary(ask: Ask, beneficiary_id: str, body: WhoBody) -> BeneficiaryCard:
    """Put who it is right, as a whole, for staff of the village. Send the version you read as If-Match."""
    from chalicelib.services.care import raising

    done = raising.edit(beneficiary_id, _who(body), version=ask.version, by=ask.actor, now=ask.now)
    return shapes.card(done)


@api.route("/beneficiaries/{beneficiary_id}/actions", methods=["POST"], authorizer=authorize)
def act_on_beneficiary(ask: Ask, beneficiary_id: str, body: AnyBeneficiaryAction) -> BeneficiaryCard:
    """Do something to a beneficiary. Taking a consent back acts at once, whatever version was read; for the rest send
    the version you read as If-Match."""
    return shapes.card(do(beneficiary_id, body, ask))


@api.route(
    "/beneficiaries/{beneficiary_id}/consents",
    methods=["POST"],
    status=201,
    result="/beneficiaries/{id}",
    authorizer=authorize,
)
def record_consent(ask: Ask, beneficiary_id: str, body: ConsentBody) -> RecordedConsent:
    """Record a consent, for staff of the village: the beneficiary's own, or a guardian's with proof; a relative's wish
    alone is none. Answers forms for the scans of its paper. Safe to repeat with the same Idempotency-Key."""
    from chalicelib.domain.care.consents import Form, Proof
    from chalicelib.services.care import consenting

    given = body.proof
    proof = Proof(name=given.name, relation=given.relation, document=given.document) if given else None
    asked = Form(
        giver=body.giver,
        services=shapes.meant(body.services),
        version=body.version,
        given_on=body.given_on,
        proof=proof,
    )
    made = consenting.record(beneficiary_id, asked, body.scans, key=ask.key, by=ask.actor, now=ask.now)
    return RecordedConsent(
        id=beneficiary_id,
        **consent_fields(made.consent),
        beneficiary=shapes.card(made.beneficiary),
        forms=[form(one) for one in made.forms],
    )


@api.route("/beneficiaries/{beneficiary_id}/consents", methods=["GET"], authorizer=authorize)
def list_consents(ask: Ask, beneficiary_id: str, query: PurposeQuery) -> ConsentList:
    """All consents of a beneficiary with proofs and papers, for village and centre. Each look is noted."""
    from chalicelib.services.care import consenting

    found = consenting.listing(beneficiary_id, query.purpose, by=ask.actor, now=ask.now)
    return ConsentList(consents=[consent(one) for one in found])


@api.route("/beneficiaries/{beneficiary_id}/looks", methods=["GET"], authorizer=authorize)
def list_looks(ask: Ask, beneficiary_id: str, query: Paging) -> LookPage:
    """Who has looked at a beneficiary, when, at which fields and what for: for village, centre and auditor."""
    from chalicelib.services.care import registers

    page = registers.looks(beneficiary_id, by=ask.actor, now=ask.now, limit=query.limit, cursor=query.cursor)
    return LookPage(looks=[shapes.look(one) for one in page.looks], cursor=page.cursor)


def _who(body: WhoBody) -> "Who":
    from chalicelib.domain.care.personal import Personal
    from chalicelib.services.care.raising import Spot, Who

    given = body.personal
    personal = Personal(**{name: getattr(given, name) for name in given.__struct_fields__})
    spot = Spot(lat=body.spot.lat, lon=body.spot.lon, crs=body.spot.crs) if body.spot else None
    return Who(personal=personal, village=body.village, grid=body.grid, spot=spot)
