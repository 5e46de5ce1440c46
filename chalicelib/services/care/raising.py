"""Use cases by which a village brings in who needs care: raise a need, another one, put the personal fields right."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.care import personal as fields
from chalicelib.domain.care import powers, standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed, NeedGround
from chalicelib.domain.care.personal import Personal
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Invalid, NotFound, TooManyRequests
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role
from chalicelib.domain.places import Crs, point_from
from chalicelib.gateways import blind_keys
from chalicelib.services.care import sealing, writing
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.services.reports.once import once
from chalicelib.store import quotas
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.care.beneficiaries import Sealed

D = BeneficiaryDeed


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where the door is, as a phone or a Chinese map says."""

    lat: float
    lon: float
    crs: Crs


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Who it is and where: `grid` as the village knows it, else the one in which the `spot` lies."""

    personal: Personal
    village: str
    grid: str | None
    spot: Spot | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for, and why."""

    id: str
    services: frozenset[Service]
    grounds: frozenset[NeedGround]


def raise_need(id: str, who: Who, asked: Asked, *, key: Key | None, by: Actor, now: datetime) -> Beneficiary:
    """Enter somebody, with the first need: one call of KMS, one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`care_…_needed`, `grid_needed`, `door_elsewhere`, …),
    Conflict (`beneficiary_known`), KeyReused, Busy.
    """
    powers.require_village(by, who.village)
    need = standing.need(asked.id, asked.services, asked.grounds, by=by.id, now=now)
    grid, personal = placed(who, now=now)

    def do() -> Beneficiary:
        sealed = sealing.sealed(id, personal)
        township = areas.township(now=now)
        masked = fields.masked(personal)
        made = standing.raised(id, need, township=township, village=who.village, grid=grid, masked=masked)
        transaction = Transaction()
        told: dict[str, object] = {"services": sorted(need.services), "need": need.id}
        writing.write(made, D.RAISED, transaction, by=by.id, role=Role.VILLAGE, now=now, facts=told)
        _enter(id, sealed, transaction)
        records.put_need(id, need, transaction)
        writing.claim(key, id, transaction, now=now)
        transaction.commit()
        return made

    return once(key, do, store.get)


def want(beneficiary_id: str, asked: Asked, *, key: Key | None, by: Actor, now: datetime) -> Beneficiary:
    """Another need of somebody known: one read, one transaction.

    Raises Forbidden, NotFound, Invalid, IllegalAction (`beneficiary_state`), Conflict (`need_open`), KeyReused.
    """
    powers.require_staff(by)
    need = standing.need(asked.id, asked.services, asked.grounds, by=by.id, now=now)

    def do() -> Beneficiary:
        before = store.get(beneficiary_id)
        role = powers.role_of(by, before)
        after = standing.wanted(before, need, now=now)
        transaction = Transaction()
        told: dict[str, object] = {"services": sorted(need.services), "need": need.id}
        writing.write(after, D.WANTED, transaction, by=by.id, role=role, now=now, facts=told)
        records.put_need(beneficiary_id, need, transaction)
        writing.claim(key, beneficiary_id, transaction, now=now)
        transaction.commit()
        return after

    return once(key, do, store.get)


def edit(beneficiary_id: str, who: Who, *, version: int | None, by: Actor, now: datetime) -> Beneficiary:
    """Put the personal fields right, as a whole: two reads, one call of KMS, one transaction.

    Where the family contact is another, links that were given are dead. Raises Forbidden, NotFound, Invalid,
    StaleVersion, IllegalAction (`beneficiary_state`), Conflict (`beneficiary_known`), Busy.
    """
    powers.require_village(by, who.village)
    before = store.get(beneficiary_id)
    powers.role_of(by, before)
    if before.village != who.village:  # who moves to another village is raised there
        raise NotFound("no_such_beneficiary", beneficiary=beneficiary_id)
    writing.require_version(before, version)
    grid, personal = placed(who, now=now)
    old = store.sealed_of(beneficiary_id)
    if old is None:
        raise NotFound("personal_forgotten", beneficiary=beneficiary_id)
    sealed = sealing.sealed(beneficiary_id, personal)
    revoke = sealed.contact_digest != old.contact_digest
    after = standing.edited(before, masked=fields.masked(personal), grid=grid, revoke=revoke, now=now)
    transaction = Transaction()
    writing.write(after, D.EDITED, transaction, by=by.id, role=Role.VILLAGE, now=now)
    _enter(beneficiary_id, sealed, transaction, old=old)
    transaction.commit()
    return after


def look_up(phone: str, *, by: Actor, now: datetime) -> list[Beneficiary]:
    """Who can be reached by a number, so that nobody is entered twice: a query and a batch, counted and noted.

    To a village its own, to the centre all. Raises Forbidden (`role_needed`), Invalid (`phone_malformed`),
    TooManyRequests (`care_look_ups_per_hour`).
    """
    powers.require_staff(by)
    number, cap = fields.number_of(phone), writing.numbers(now).count("care_look_ups_per_hour")
    quotas.take(by.id, "care", cap=cap, now=now, refusal=TooManyRequests("care_look_ups_per_hour", cap=cap))
    held = store.by_phone(fields.phone_digest(number, blind_keys.key()))
    found = [one for one in held if by.holds(Role.VILLAGE, one.village) or by.holds(Role.CENTRE, one.township)]
    access.record_all(by, What.SAW_BENEFICIARY, [one.id for one in found], purpose="look-up", now=now)
    return found


def placed(who: Who, *, now: datetime) -> tuple[str, Personal]:
    """The grid, and the personal fields with the spot as WGS-84. Raises Invalid (`grid_needed`, `door_elsewhere`)."""
    personal = fields.checked(who.personal)
    grid, point = who.grid, None
    if who.spot:
        point = point_from(who.spot.lat, who.spot.lon, crs=who.spot.crs)
        found = areas.locate(point, now=now)
        if found.village != who.village:
            raise Invalid("door_elsewhere", village=who.village)
        grid = grid or found.grid
    if grid is None:
        raise Invalid("grid_needed")
    areas.named(grid, who.village, now=now)
    return grid, replace(personal, lon=point.lon, lat=point.lat) if point else personal


def _enter(id: str, sealed: Sealed, transaction: Transaction, *, old: Sealed | None = None) -> None:
    """The envelope, and who it is that nobody else may be from now on."""
    store.seal(id, sealed, transaction)
    if old is None or old.who_digest != sealed.who_digest:
        store.own(id, sealed.who_digest, transaction)
        if old:
            store.disown(old.who_digest, transaction)
