"""Who may sign in, who holds what, what is left of a phone and a name when they are masked."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import (
    Person,
    PersonState,
    Post,
    Role,
    masked_name,
    masked_phone,
    may_sign_in,
    require_any,
)
from tests.builders import ADMIN, CENTRE, COURIER, NOW, TOWNSHIP, actor

DAY, IDLE = timedelta(days=1), timedelta(days=90)
KNOWN = Person(
    id="p1",
    name="试点快递员",
    phone="10000000001",
    posts=(Post(Role.COURIER, "p1"),),
    valid_from=NOW,
    approved_at=NOW,
)

SIGN_IN: dict[str, tuple[dict[str, Any], str | None]] = {
    "approved just now": ({}, None),
    "paused": ({"state": PersonState.PAUSED}, None),
    "left": ({"state": PersonState.LEFT}, "account_closed"),
    "erased": ({"state": PersonState.ERASED}, "account_closed"),
    "never approved in person": ({"approved_at": None}, "reapproval_needed"),
    "approved 90 days ago": ({"approved_at": NOW - 90 * DAY}, None),
    "approved 91 days ago": ({"approved_at": NOW - 91 * DAY}, "reapproval_needed"),
    "active since": ({"approved_at": NOW - 200 * DAY, "last_active_at": NOW - DAY}, None),
    "active long ago": ({"approved_at": NOW - 200 * DAY, "last_active_at": NOW - 91 * DAY}, "reapproval_needed"),
    "approved after a long silence": ({"approved_at": NOW - DAY, "last_active_at": NOW - 200 * DAY}, None),
    "phone changed since": ({"phone_at": NOW + DAY, "last_active_at": NOW + DAY}, "reapproval_needed"),
    "phone changed in person": ({"phone_at": NOW}, None),
}


@pytest.mark.parametrize("name", SIGN_IN)
def test_whoever_was_away_or_changed_his_phone_is_approved_in_person_first(name: str) -> None:
    changes, rule = SIGN_IN[name]
    assert may_sign_in(replace(KNOWN, **changes), NOW, IDLE) == rule


def test_a_phone_keeps_its_ends_and_a_name_its_surname() -> None:
    assert masked_phone("13812340001") == "138****0001"
    assert masked_phone("12345") == "*****"
    assert (masked_name("试点快递员"), masked_name("")) == ("试****", "")


def test_a_role_of_elsewhere_is_another_refusal_than_none() -> None:
    wanted = frozenset({Role.CENTRE, Role.ADMIN})
    require_any(CENTRE, wanted, TOWNSHIP)
    require_any(ADMIN, wanted, TOWNSHIP)
    with pytest.raises(Forbidden) as none:
        require_any(COURIER, wanted, TOWNSHIP)
    with pytest.raises(Forbidden) as elsewhere:
        require_any(actor("c", (Role.CENTRE, "350211103")), wanted, TOWNSHIP)
    assert (none.value.rule, elsewhere.value.rule) == ("role_needed", "not_your_area")
