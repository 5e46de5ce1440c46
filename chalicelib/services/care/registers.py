"""Use cases of looking: who is cared for in a village, who one of them is, who has looked at him."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.care import powers
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryState, Need
from chalicelib.domain.care.complaints import Complaint
from chalicelib.domain.care.personal import Personal
from chalicelib.domain.care.sight import Field, Moment, Viewer, shown
from chalicelib.domain.errors import Invalid, NotFound
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role, masked_name, require_any
from chalicelib.services.care import personal, sealing
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.care.beneficiaries import Page
from chalicelib.store.people import people


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A beneficiary as staff work with him; of `personal`, what they may know. `words` of complaints by their ids."""

    beneficiary: Beneficiary
    personal: Personal
    fields: frozenset[Field]
    needs: list[Need]
    complaints: list[Complaint]
    words: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Somebody looked: as which roles, his name masked, when, at which fields, what for; the family by its link."""

    at: datetime
    roles: tuple[Role, ...]
    name: str
    fields: tuple[str, ...]
    purpose: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Some looks, newest first, and where the next ones begin; None at the end."""

    looks: list[Look]
    cursor: str | None


def of_village(village: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """A village's, newest first, by masked names; to the auditor without these: one query.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    powers.require_reader(by)
    township = areas.township(now=now)
    if not by.holds(Role.VILLAGE, village):
        require_any(by, [Role.CENTRE, Role.AUDITOR], township)
    return _masked(store.of_village(village, limit=limit, cursor=cursor), by, township)


def in_state(state: BeneficiaryState, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """A township's in a state, newest first, for centre and auditor: one query. Raises what `of_village` does."""
    township = areas.township(now=now)
    require_any(by, [Role.CENTRE, Role.AUDITOR], township)
    return _masked(store.in_state(township, state, limit=limit, cursor=cursor), by, township)


def view(beneficiary_id: str, purpose: str, *, by: Actor, now: datetime) -> Whole:
    """One beneficiary with what the caller may know of who it is: three reads and a query or two, one call of KMS and
    one a complaint; the look is noted. After their time the personal fields are empty.

    Raises Forbidden (`role_needed`), NotFound (`no_such_beneficiary`), Invalid (`purpose_needed`), Busy.
    """
    powers.require_reader(by)
    if not purpose.strip():
        raise Invalid("purpose_needed")
    one = store.get(beneficiary_id)
    viewer = powers.viewer_of(by, one)
    fields = shown(viewer, Moment.BEFORE)
    who = _known(one, fields, by=by, purpose=purpose.strip(), now=now)
    told = [] if viewer is Viewer.AUDITOR else records.complaints(one.id)
    return Whole(
        beneficiary=one if Field.NAME in fields else replace(one, masked=""),
        personal=who,
        fields=fields,
        needs=records.needs(one.id),
        complaints=[complaint for complaint, _ in told],
        words={complaint.id: sealing.opened_words(one.id, complaint.id, sealed) for complaint, sealed in told},
    )


def looks(beneficiary_id: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Looks:
    """Who has looked at him, newest first, for his village, the centre and the auditor: a read, a query, a batch.

    Raises Forbidden (`role_needed`), NotFound (`no_such_beneficiary`), Invalid (`bad_cursor`).
    """
    powers.require_reader(by)
    powers.viewer_of(by, store.get(beneficiary_id))
    return looks_of(beneficiary_id, now=now, limit=limit, cursor=cursor)


def looks_of(beneficiary_id: str, *, now: datetime, limit: int, cursor: str | None = None) -> Looks:
    """The same for who may read them."""
    page = access.about(beneficiary_id, now=now, limit=limit, cursor=cursor)
    lines = [line for line in page.entries if line.what is What.SAW_BENEFICIARY]
    names = {person.id: masked_name(person.name) for person in people.several({line.actor_id for line in lines})}
    told = [
        Look(
            at=line.at,
            roles=line.roles,
            name=names.get(line.actor_id, ""),
            fields=tuple(str(field) for field in _listed(line.details.get("fields"))),
            purpose=line.purpose,
        )
        for line in lines
    ]
    return Looks(looks=told, cursor=page.cursor)


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []


def _known(one: Beneficiary, fields: frozenset[Field], *, by: Actor, purpose: str, now: datetime) -> Personal:
    try:
        return personal.reveal(one.id, by=by, what=fields, purpose=purpose, now=now)
    except NotFound:  # forgotten, and the rest of it stays
        return Personal()


def _masked(page: Page, by: Actor, township: str) -> Page:
    """To who is the auditor alone without names."""
    if by.holds(Role.CENTRE, township) or not by.holds(Role.AUDITOR, township):
        return page
    return replace(page, beneficiaries=[replace(one, masked="") for one in page.beneficiaries])
