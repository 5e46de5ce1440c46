"""A new stage becomes fit for use by one command, which may be run again."""

from datetime import timedelta

import pytest

from chalicelib.domain.errors import Conflict, Invalid
from chalicelib.domain.people.model import Post, Role, may_sign_in
from chalicelib.services.people import access
from chalicelib.services.reference import tables as reference
from chalicelib.store.people import people
from infra.operate import fill, first
from tests.builders import NOW, TOWNSHIP

PHONE = "10000000001"


def test_the_first_person_is_admin_and_centre_and_may_sign_in(tables: str) -> None:
    made = first.begin(" 负责人 ", PHONE, now=NOW)
    assert made and made.name == "负责人"
    assert made.posts == (Post(Role.ADMIN, TOWNSHIP), Post(Role.CENTRE, TOWNSHIP))
    assert people.by_phone(PHONE) == made
    assert may_sign_in(made, NOW, timedelta(days=90)) is None
    assert all(reference.read(name, now=NOW).version == 1 for name in reference.READERS)
    (line,) = access.about(made.id, now=NOW, limit=9, cursor=None).entries
    assert line.actor_id == first.OPERATOR.id


def test_a_second_time_changes_nothing(tables: str) -> None:
    first.begin("负责人", PHONE, now=NOW)
    later = NOW + timedelta(days=1)
    assert first.begin("另一人", "10000000002", now=later) is None
    assert people.by_phone("10000000002") is None
    assert all(reference.read(name, now=later).version == 1 for name in reference.READERS)


def test_a_township_without_an_admin_gets_one_again(tables: str) -> None:
    made = first.begin("负责人", PHONE, now=NOW)
    assert made
    fill.enrol(made)
    people.PersonItem(made.id, f"post#admin:{TOWNSHIP}").delete()
    with pytest.raises(Conflict):
        first.begin("负责人", PHONE, now=NOW)
    assert first.begin("另一人", "10000000002", now=NOW)


def test_a_number_that_is_none_changes_nothing(tables: str) -> None:
    with pytest.raises(Invalid):
        first.begin("负责人", "12345", now=NOW)
    assert people.holders(f"admin:{TOWNSHIP}") == []


def test_outlines_of_ones_own_are_put_in_force(tables: str) -> None:
    with pytest.raises(Invalid):
        first.begin("负责人", PHONE, now=NOW, outlines=b"{}")
    shipped = (fill.DATA / "areas.geojson").read_bytes()
    assert first.begin("负责人", PHONE, now=NOW, outlines=shipped)
