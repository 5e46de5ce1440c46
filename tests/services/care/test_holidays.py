"""A new calendar: plans that heed holidays look at their visits anew, as open deadlines are computed anew."""

from datetime import timedelta

import pytest

from chalicelib.domain.care.model import Holidays
from chalicelib.domain.care.terms import VisitState
from chalicelib.domain.timers import Errand, TimerMessage
from chalicelib.services.reference import tables
from chalicelib.services.reports import timers
from chalicelib.store.care import due, visits
from chalicelib.store.reference import reference
from chalicelib.store.reports.reports import DUE_SHARDS
from tests.care_desk import cared_for, planned
from tests.caring import EVE
from tests.conftest import DATA

pytestmark = pytest.mark.usefixtures("rules")


def test_a_new_holiday_sets_aside_and_one_that_is_none_any_more_wants_again(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[TimerMessage] = []
    monkeypatch.setattr(timers, "_send", sent.extend)
    cared_for()
    planned(holidays=Holidays.SKIP)
    shipped = (DATA / "calendar.csv").read_bytes().rstrip() + b"\n"
    for body, state in ((shipped + "off,2026-11-25,临时放假,a day off\n".encode(), "set_aside"), (shipped, "planned")):
        sent.clear()
        tables.publish("calendar", body, base=None, by="admin", now=EVE)
        reference.forget()
        for shard in range(DUE_SHARDS):
            timers.run(TimerMessage(errand=Errand.RECOMPUTE_SHARD, shard=shard), now=EVE + timedelta(minutes=1))
        (message,) = [one for one in sent if one.part == due.PLAN]
        timers.run(message, now=EVE + timedelta(minutes=1))
        assert visits.get("p1.20261125").state is VisitState(state)
