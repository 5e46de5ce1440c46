"""A recruitment call and who applies by it. For tests of how people join."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.applications import Application, ApplicationState, Form, Recruitment, Welcome
from chalicelib.domain.people.model import Actor
from chalicelib.services.people import applications
from tests.builders import ADMIN, CENTRE, NOW, VILLAGE

DAY, WRITE = timedelta(days=1), "TransactWriteItems"
CALL = Recruitment(code="code", villages=(VILLAGE,), valid_until=NOW + 30 * DAY, most=3, made_by=ADMIN.id, made_at=NOW)
FORM = Form(
    name="申请人", phone="10000000001", employer="试点快递公司", skills=(), villages=(VILLAGE,), adult=True, consent=1
)
WELCOME = Welcome(trained_on=date(2026, 11, 20), trained_by="讲师")


@pytest.fixture
def call(rules: None) -> Recruitment:
    """A call that is open."""
    return applications.call(CALL, key=None, by=ADMIN, now=NOW)


def apply(id: str = "a1", *, code: str = CALL.code, address: str = "203.0.113.7", **changes: Any) -> None:
    """Somebody applies, from an address."""
    applications.apply(id, replace(FORM, **changes), code, address=address, now=NOW)


def waiting(state: ApplicationState = ApplicationState.SUBMITTED) -> list[str]:
    """Ids of the applications in that state, as the centre lists them."""
    page = applications.listing(state, by=CENTRE, now=NOW, limit=50, cursor=None)
    return [application.id for application in page.applications]


def approve(id: str = "a1", *, by: Actor = CENTRE, key: Key | None = None) -> Application:
    """Somebody, the centre unless told otherwise, approves."""
    return applications.approve(id, WELCOME, key=key, by=by, now=NOW)


def refused(do: Callable[[], object]) -> DomainError:
    """What refuses it."""
    with pytest.raises(DomainError) as refusal:
        do()
    return refusal.value
