"""The pilot has somebody for every role, in every village and department."""

import csv

from chalicelib.domain.people.model import Role
from infra.local.pilot import DATA, people

KEYS = {
    *("courier", "courier2", "grid_member", "grid_member2", "village", "centre"),
    *("committee", "district", "auditor", "admin"),
}


def test_everyone_the_demo_facts_promise_is_there() -> None:
    with (DATA / "departments.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["code"] for row in csv.DictReader(file)} - {"V", "C"}
    assert people().keys() >= KEYS | {f"department:{code}" for code in codes}


def test_every_role_is_held_by_somebody() -> None:
    assert {role for member in people().values() for role, _ in member.roles} == set(Role)


def test_ids_and_phones_are_unique() -> None:
    members = people().values()
    assert len({member.id for member in members}) == len({member.phone for member in members}) == len(members)


def test_couriers_scope_is_themselves() -> None:
    for key in ("courier", "courier2"):
        assert people()[key].roles == (("courier", people()[key].id),)
