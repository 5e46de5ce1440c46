"""The shapes of consents, as village and centre record and read them."""

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta, Struct

from chalicelib.api.beneficiary_shapes import BeneficiaryCard, CareService, named
from chalicelib.api.personal_shapes import Name
from chalicelib.api.shapes import ImageLink, Instant, UploadForm, image
from chalicelib.domain.care.consents import ConsentState, Giver

if TYPE_CHECKING:
    from chalicelib.domain.care.consents import Consent
    from chalicelib.services.care.consenting import Shown


class ProofBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """That somebody is a guardian: his name, what he is to the beneficiary, the document's number. Kept encrypted."""

    name: Name
    relation: Name
    document: Annotated[str, Meta(min_length=1, max_length=60)]


class ConsentView(Struct, frozen=True, kw_only=True):
    """A consent: whose, to what, in which wording, recorded by whom, and whether it counts."""

    number: int
    giver: Giver
    services: list[CareService]
    wording: str
    wording_version: int
    given_on: date
    recorded_by: str
    recorded_at: Instant
    state: ConsentState
    ended_at: Instant | None
    withdrawn_by: Giver | None


class ProofView(Struct, frozen=True, kw_only=True):
    """What a guardian has shown."""

    name: str
    relation: str
    document: str


class WholeConsent(ConsentView, frozen=True, kw_only=True):
    """… with a guardian's proof, and short-lived addresses of the scans of its paper."""

    proof: ProofView | None
    scans: list[ImageLink]


class RecordedConsent(ConsentView, frozen=True, kw_only=True):
    """… with the beneficiary as he stands now, and forms for the scans of its paper that are awaited."""

    id: str
    beneficiary: BeneficiaryCard
    forms: list[UploadForm]


def consent(shown: "Shown") -> WholeConsent:
    """A consent as staff read it."""
    proof = shown.proof
    return WholeConsent(
        **consent_fields(shown.consent),
        proof=ProofView(name=proof.name, relation=proof.relation, document=proof.document) if proof else None,
        scans=[image(link) for link in shown.links],
    )


def consent_fields(one: "Consent") -> dict[str, Any]:
    """What every shape of a consent has in common."""
    return {
        "number": one.number,
        "giver": one.giver,
        "services": named(one.services),
        "wording": one.wording,
        "wording_version": one.version,
        "given_on": one.given_on,
        "recorded_by": one.recorded_by,
        "recorded_at": one.recorded_at,
        "state": one.state,
        "ended_at": one.ended_at,
        "withdrawn_by": one.withdrawn_by,
    }
