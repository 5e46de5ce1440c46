"""Every closing is drawn, and two couriers are on the round."""

import pytest

from chalicelib.services.reference import tables as reference
from chalicelib.store.people import people
from tests.builders import COURIER2
from tests.drawn import LONG_AGO
from tests.rechecking import EVERY_ONE, rider


@pytest.fixture
def everyone_is_drawn(rules: None) -> None:
    reference.publish("closing", EVERY_ONE.encode(), base=None, by="test", now=LONG_AGO)


@pytest.fixture
def riders(rules: None) -> None:
    for id in (COURIER2.id, "third"):
        people.put(rider(id))
