"""Consents of the care relay: whose, in which words, recorded by whom; and what none is (DOMAIN §4, §6).

It is the beneficiary's own. Who cannot say is represented by a guardian, who proves that he is one; a relative's wish
alone is none, however near he is.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Invalid
from chalicelib.domain.people.consents import Consents
from chalicelib.domain.reference.calendar import today


class Giver(StrEnum):
    """Whose word it is."""

    OWN = "own"
    GUARDIAN = "guardian"
    RELATIVE = "relative"  # refused by this name


class ConsentState(StrEnum):
    """Whether it counts."""

    IN_FORCE = "in_force"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"  # with the care


WORDINGS = {Giver.OWN: "care", Giver.GUARDIAN: "care_guardian"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """That somebody is a guardian: who he is, what to the beneficiary, by which document. Kept sealed."""

    name: str
    relation: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A consent as it is handed in: `version` of the wording, `given_on` which local day."""

    giver: Giver
    services: frozenset[Service]
    version: int
    given_on: date
    proof: Proof | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A consent as it is kept: without its proof, which is sealed. `ended_by` is empty where another replaced it."""

    number: int
    giver: Giver
    services: frozenset[Service]
    wording: str
    version: int
    given_on: date
    recorded_by: str
    recorded_at: datetime
    state: ConsentState = ConsentState.IN_FORCE
    ended_at: datetime | None = None
    ended_by: str = ""
    withdrawn_by: Giver | None = None


def given(form: Form, number: int, *, wordings: Consents, by: str, now: datetime) -> Consent:
    """The consent that the form is. Raises Invalid (`relative_is_no_guardian`, `guardian_proof_needed`,
    `consent_services_needed`, `consent_in_future`), Conflict (`consent_outdated`)."""
    require_giver(form.giver)
    if form.giver is Giver.GUARDIAN and not is_proven(form.proof):
        raise Invalid("guardian_proof_needed")
    if not form.services:
        raise Invalid("consent_services_needed")
    if form.given_on > today(now):
        raise Invalid("consent_in_future")
    wording = WORDINGS[form.giver]
    wordings.require(wording, form.version)
    return Consent(
        number=number,
        giver=form.giver,
        services=form.services,
        wording=wording,
        version=form.version,
        given_on=form.given_on,
        recorded_by=by,
        recorded_at=now,
    )


def require_giver(giver: Giver) -> None:
    """Raises Invalid (`relative_is_no_guardian`): for consenting as for taking it back."""
    if giver is Giver.RELATIVE:
        raise Invalid("relative_is_no_guardian")


def is_proven(proof: Proof | None) -> bool:
    """Whether it says who, what he is, and by which document."""
    return proof is not None and all(word.strip() for word in (proof.name, proof.relation, proof.document))


def over(consent: Consent, state: ConsentState, *, by: str, now: datetime, wish: Giver | None = None) -> Consent:
    """The consent once it counts no more."""
    return replace(consent, state=state, ended_at=now, ended_by=by, withdrawn_by=wish)
