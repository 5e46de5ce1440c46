"""Trust is seen by the courier himself and by the centre, whose look is noted."""

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.people.access import What
from chalicelib.services.fraud import trust
from chalicelib.services.people import access
from chalicelib.services.reports import filtered
from tests import bulk
from tests.bench.calls import counted
from tests.builders import CENTRE, COMMITTEE, COURIER, COURIER2, GRID_MEMBER, report
from tests.suspicions import LATER, REJECTED, VERIFIED, hear, stored

pytestmark = pytest.mark.usefixtures("staffed")


def test_it_says_what_it_is_made_of() -> None:
    hear([*stored("a", *VERIFIED), *stored("b", *REJECTED), *stored("c", *VERIFIED)])
    found = trust.mine(by=COURIER, now=LATER)
    assert (found.judged, found.verified, found.percent) == (3, 2, 71)
    zh, en = trust.explained(found)
    assert zh.startswith("信任度71%：已判定3件，其中属实2件") and "decides nothing" in en


def test_the_centre_sees_it_and_he_is_told_that_it_looked() -> None:
    assert trust.show(COURIER.id, by=CENTRE, now=LATER).percent == 75
    (line,) = access.about(COURIER.id, now=LATER, limit=5, cursor=None).entries
    assert (line.what, line.actor_id) == (What.SAW_TRUST, CENTRE.id)
    with pytest.raises(NotFound):
        trust.show("nobody", by=CENTRE, now=LATER)


def test_nobody_else_does() -> None:
    for other in (COMMITTEE, GRID_MEMBER, COURIER):
        with pytest.raises(Forbidden):
            trust.show(COURIER.id, by=other, now=LATER)
    with pytest.raises(Forbidden):
        trust.mine(by=CENTRE, now=LATER)


def test_it_breaks_the_tie_of_what_falls_due_together_in_the_inbox() -> None:
    hear([*stored("a", *REJECTED), *stored("b", *REJECTED)])
    held = [report(reporter_id=by.id, due_at=LATER, counted=False) for by in (COURIER, COURIER2)]
    bulk.put([replace(one, id=f"r{place}", version=1) for place, one in enumerate(held)])
    with counted() as calls:
        page, _ = filtered.advised(None, post=None, by=GRID_MEMBER, now=LATER, limit=9, cursor=None)
    assert [one.id for one in page.reports] == ["r1", "r0"]
    assert calls.names == ["Query", "BatchGetItem"]
