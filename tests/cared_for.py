"""Who is cared for, for tests: an elder of the village with her door, and who raises, consents and assesses."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest

from chalicelib.domain.care.beneficiaries import Beneficiary, NeedGround
from chalicelib.domain.care.consents import Form, Giver
from chalicelib.domain.care.personal import Personal
from chalicelib.domain.care.terms import Service
from chalicelib.domain.people.model import Actor
from chalicelib.gateways import blind_keys, kms
from chalicelib.services.care import assessing, consenting, raising
from chalicelib.services.care.raising import Asked, Spot, Who
from infra.local.emulator import client
from tests.builders import CENTRE, GRID, NOW, VILLAGE, VILLAGER

MEAL, MEDICINE, VISIT = Service.MEAL, Service.MEDICINE, Service.VISIT
ALONE = frozenset({NeedGround.ALONE})
ELDER = Personal(
    name="甲测试老人",
    phone="13900000001",
    contact_name="乙测试家属",
    contact_phone="13900000002",
    door="测试路1号302室，敲三下",
    notes="听力不好",
    language="闽南话",
)


@contextmanager
def keys_on(url: str) -> Iterator[None]:
    """A key of personal fields on the emulator, for as long as it is asked for."""
    kms.client.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", url)
        kms.client()  # made while this is where AWS is
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PERSONAL_KEY", client("kms", url).create_key()["KeyMetadata"]["KeyId"])
        yield
    kms.client.cache_clear()


@pytest.fixture
def sealing(backends: dict[str, str]) -> Iterator[str]:
    """Keys of personal fields, on the emulator, whatever store the tables are on."""
    with keys_on(backends["ministack"]), pytest.MonkeyPatch.context() as patch:
        patch.setattr(blind_keys, "key", lambda: b"blind")
        yield backends["ministack"]


def raised(
    id: str = "b1", who: Personal = ELDER, *, by: Actor = VILLAGER, now: datetime = NOW, **more: Any
) -> Beneficiary:
    """A need for meals and knocks at her door."""
    spot: Spot | None = more.pop("spot", None)
    where = Who(personal=who, village=VILLAGE, grid=None if spot else GRID, spot=spot)
    asked = Asked(id=f"n-{id}", services=more.pop("services", frozenset({MEAL, VISIT})), grounds=ALONE)
    return raising.raise_need(id, where, asked, **({"key": None} | more), by=by, now=now)


FORM = Form(giver=Giver.OWN, services=frozenset({MEAL, VISIT}), version=1, given_on=date(2026, 11, 22))


def consented(
    id: str = "b1", form: Form = FORM, *, by: Actor = VILLAGER, now: datetime = NOW, **more: Any
) -> Beneficiary:
    """She agrees."""
    return consenting.record(id, form, more.pop("scans", ()), **({"key": None} | more), by=by, now=now).beneficiary


def assessed(id: str = "b1", *, by: Actor = CENTRE, now: datetime = NOW, **more: Any) -> Beneficiary:
    """The centre accepts both."""
    need, services = more.pop("need", f"n-{id}"), more.pop("services", FORM.services)
    return assessing.assess(id, need, services, **({"version": None, "key": None} | more), by=by, now=now)


def active(id: str = "b1", who: Personal = ELDER) -> Beneficiary:
    """Visits may be made."""
    raised(id, who)
    consented(id)
    return assessed(id)


def other(number: int) -> Personal:
    """Somebody else."""
    return replace(ELDER, name=f"丙测试{number}", phone=f"1390001{number:04}")
