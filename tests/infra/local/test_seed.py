"""The pilot is there after seeding, and seeding again changes nothing."""

from datetime import timedelta

from chalicelib.domain.people.model import may_sign_in
from chalicelib.store.people import people
from infra.local import seed
from tests.builders import NOW


def test_the_pilot_is_approved_and_known_by_phone(tables: str) -> None:
    seed.seed(NOW)
    seed.seed(NOW + timedelta(days=1))
    courier = people.get("pilot-courier")
    assert people.by_phone(courier.phone) == courier
    assert courier.approved_at == NOW and may_sign_in(courier, NOW, timedelta(days=90)) is None
