"""Which role sees which field of somebody: one row per field, one column per sight and role."""

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor, Identity, Person, PersonState, Post, Role
from chalicelib.domain.people.sight import UNTOLD, Sight, require, require_holders, shown, sight_of
from tests.builders import GRID, NOW, TOWNSHIP, VILLAGE, actor

# ✓ as it is · m masked · – hidden
TABLE = """
               admin centre committee village grid_member department auditor
name             ✓     ✓        ✓        ✓         ✓           ✓        m
phone            ✓     ✓        m        m         m           m        m
employer         ✓     ✓        –        –         –           –        –
villages         ✓     ✓        –        –         –           –        –
skills           ✓     ✓        –        –         –           –        –
trained_by       ✓     ✓        –        –         –           –        –
identity         ✓     ✓        –        –         –           –        –
consent          ✓     ✓        –        –         –           –        –
id               ✓     ✓        ✓        ✓         ✓           ✓        ✓
version          ✓     ✓        ✓        ✓         ✓           ✓        ✓
posts            ✓     ✓        m        m         m           m        m
state            ✓     ✓        m        m         m           m        ✓
adult            ✓     ✓        –        –         –           –        –
trained_on       ✓     ✓        –        –         –           –        –
pack_on          ✓     ✓        –        –         –           –        –
joined_at        ✓     ✓        –        –         –           –        –
approved_at      ✓     ✓        –        –         –           –        –
phone_at         ✓     ✓        –        –         –           –        –
last_active_at   ✓     ✓        –        –         –           –        –
paused_by        ✓     ✓        –        –         –           –        –
left_at          ✓     ✓        –        –         –           –        –
erase_asked_at   ✓     ✓        –        –         –           –        –
hidden_in_ranking ✓    ✓        –        –         –           –        –
valid_from       ✓     ✓        m        m         m           m        m
"""
WHOLE = Person(
    id="p1",
    name="试点网格员",
    phone="10000000001",
    posts=(Post(Role.COURIER, "p1"), Post(Role.GRID_MEMBER, GRID)),
    valid_from=NOW,
    state=PersonState.PAUSED,
    employer="试点快递公司",
    villages=(VILLAGE,),
    skills=("急救",),
    identity=Identity("https://login.example.gov.cn", "1"),
    consent=1,
    trained_by="讲师",
    adult=True,
    trained_on=date(2026, 11, 1),
    pack_on=date(2026, 11, 1),
    joined_at=NOW,
    approved_at=NOW,
    phone_at=NOW,
    last_active_at=NOW,
    paused_by="p1",
    left_at=NOW,
    erase_asked_at=NOW,
    hidden_in_ranking=True,
    version=7,
)
MASKED: dict[str, object] = {
    "name": "试****",
    "phone": "100****0001",
    "posts": (Post(Role.GRID_MEMBER, GRID),),
    "state": PersonState.ACTIVE,
    "valid_from": UNTOLD,
}
SCOPES = {Role.VILLAGE: VILLAGE, Role.GRID_MEMBER: GRID, Role.DEPARTMENT: "D04", Role.DISTRICT: "350211"}
_HEAD, *_ROWS = TABLE.strip("\n").splitlines()
CELLS = [
    (field, role, sign)
    for field, *signs in map(str.split, _ROWS)
    for role, sign in zip(_HEAD.split(), signs, strict=True)
]


def holding(role: Role, scope: str | None = None) -> Actor:
    """Somebody of this role, here unless said otherwise."""
    return actor("viewer", (role, scope or SCOPES.get(role, TOWNSHIP)))


@pytest.mark.parametrize(("field", "role", "sign"), CELLS)
def test_each_role_sees_of_each_field_what_the_table_says(field: str, role: str, sign: str) -> None:
    seen = getattr(shown(WHOLE, sight_of(holding(Role(role)), TOWNSHIP)), field)
    whole = getattr(WHOLE, field)
    assert seen == {"✓": whole, "m": MASKED.get(field)}.get(sign, seen)
    if sign == "–":
        assert not seen and whole


def test_no_field_is_forgotten_by_the_table() -> None:
    assert set(Person.__slots__) == {cell[0] for cell in CELLS}


@pytest.mark.parametrize("role", [Role.COURIER, Role.DISTRICT])
def test_couriers_and_the_district_see_nobody(role: Role) -> None:
    with pytest.raises(Forbidden):
        sight_of(holding(role), TOWNSHIP)


@pytest.mark.parametrize("role", [Role.ADMIN, Role.CENTRE, Role.COMMITTEE, Role.AUDITOR, Role.VILLAGE])
def test_a_post_elsewhere_shows_nobody_here(role: Role) -> None:
    with pytest.raises(Forbidden):
        sight_of(holding(role, "350211103" if role is not Role.VILLAGE else "350211103001"), TOWNSHIP)


def test_the_widest_of_several_posts_counts() -> None:
    both = actor("viewer", (Role.AUDITOR, TOWNSHIP), (Role.CENTRE, TOWNSHIP))
    assert sight_of(both, TOWNSHIP) is Sight.FULL
    with pytest.raises(Forbidden):
        require(both, TOWNSHIP, Sight.MASKED)


def test_colleagues_see_who_holds_a_post_but_not_who_is_a_courier() -> None:
    village = holding(Role.VILLAGE)
    assert require_holders(village, TOWNSHIP, Post(Role.GRID_MEMBER, GRID)) is Sight.COLLEAGUE
    with pytest.raises(Forbidden):
        require_holders(village, TOWNSHIP, Post(Role.COURIER, "p1"))


def test_what_is_masked_of_nothing_is_nothing() -> None:
    nobody = replace(WHOLE, name="", phone="")
    assert (shown(nobody, Sight.MASKED).name, shown(nobody, Sight.MASKED).phone) == ("", "")
