"""How much one person may ask of the others' time is the township's to say, and costs no read more."""

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.places import Point
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.services.reference import tables as reference
from chalicelib.services.reports import intake, listings, reports
from tests.bench.calls import counted
from tests.builders import COURIER, COURIER2, DATA, NOW, draft

pytestmark = pytest.mark.usefixtures("rules")


def say(**numbers: int) -> None:
    """The township's edition: as shipped, but for these numbers."""
    body = (DATA / "numbers.csv").read_text(encoding="utf-8")
    for name, number in numbers.items():
        row = next(line for line in body.splitlines() if line.startswith(f"{name},"))
        body = body.replace(row, ",".join([name, str(number), *row.split(",", 2)[2:]]))
    reference.publish("numbers", body.encode(), base=None, by="test", now=NOW)


def submit(id: str) -> None:
    intake.accept(id, draft(), key=None, by=COURIER, now=NOW)


def remark(id: str) -> None:
    reports.act(id, Command(action=Action.ADD_INFO, text="还有"), version=None, key=None, by=COURIER, now=NOW)


def look(_: str) -> None:
    listings.nearby(Point(lat=24.6085, lon=117.9795), "0303", by=COURIER2, now=NOW)


@pytest.mark.parametrize("rule", ["submissions_per_day", "awaiting_verification"])
def test_reports_a_day_and_reports_that_wait(rule: str) -> None:
    say(**{rule: 2})
    submit("r1")
    submit("r2")
    with pytest.raises(DomainError) as refusal:
        submit("r3")
    assert (refusal.value.rule, refusal.value.facts) == (rule, {"cap": 2})


def test_remarks_and_look_ups_an_hour() -> None:
    say(remarks_per_hour=1, look_ups_per_hour=1)
    submit("r1")
    for do, rule in ((remark, "remarks_per_hour"), (look, "look_ups_per_hour")):
        do("r1")
        with pytest.raises(DomainError) as refusal:
            do("r1")
        assert (refusal.value.rule, refusal.value.facts) == (rule, {"cap": 1})


def test_what_it_costs() -> None:
    submit("r1")
    with counted() as calls:
        submit("r2")
        remark("r2")
    assert calls.names == ["TransactWriteItems", "GetItem", "TransactWriteItems"]
