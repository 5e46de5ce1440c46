"""Where couriers rest and charge, as the directory in force says."""

from datetime import datetime

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.places import Point
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.stops import StopKind
from chalicelib.services.reference import stops, tables
from chalicelib.services.reference.stops import Page, Wanted
from tests.bench.calls import counted
from tests.builders import ADMIN, DATA, NOW

pytestmark = pytest.mark.usefixtures("rules")
NEAR = Point(lat=24.6062, lon=117.9872)
SUNDAY = datetime(2026, 11, 29, 15, tzinfo=ZONE)
SHIPPED = (DATA / "stops.csv").read_bytes()


def codes(page: Page) -> list[str]:
    return [one.stop.code for one in page.stops]


def look(*, limit: int = 50, cursor: str | None = None, **wanted: object) -> Page:
    asked: dict[str, object] = {"near": NEAR, "at": NOW} | wanted
    return stops.page(Wanted(**asked), now=NOW, limit=limit, cursor=cursor)  # type: ignore[arg-type]


def test_the_nearest_comes_first_and_pages_follow_each_other() -> None:
    first = look(limit=2)
    second = look(limit=9, cursor=first.cursor)
    assert codes(first) == ["S01", "S02"] and second.cursor is None
    assert sorted(codes(first) + codes(second)) == ["S01", "S02", "S03", "S04", "S05"]


def test_one_kind_and_only_what_is_open_then() -> None:
    assert codes(look(kind=StopKind.CHARGING)) == ["S02", "S05"]
    assert "S03" not in codes(look(at=SUNDAY, open_only=True)) and "S03" in codes(look(at=SUNDAY))


def test_a_process_that_knows_the_directory_asks_nobody() -> None:
    look()
    with counted() as calls:
        look()
    assert calls.names == []


def test_a_new_edition_is_read_from_its_beginning() -> None:
    first = look(limit=4)
    tables.replace_table("stops", SHIPPED.replace(b"S05", b"S06"), base=None, by=ADMIN, now=NOW)
    assert codes(look(limit=9, cursor=first.cursor))[0] == "S01"


def test_a_stop_outside_its_village_is_refused() -> None:
    moved = SHIPPED.replace(b"117.9872", b"118.9872")
    with pytest.raises(Invalid, match="stop_outside"):
        tables.replace_table("stops", moved, base=None, by=ADMIN, now=NOW)


def test_an_employer_keeps_its_hours() -> None:
    hours = (DATA / "quiet_hours.csv").read_text().splitlines()
    without = "\n".join(line for line in hours if not line.startswith("food")).encode()
    with pytest.raises(Invalid, match="reference_lacks"):
        tables.replace_table("quiet_hours", without, base=None, by=ADMIN, now=NOW)
    with pytest.raises(Invalid, match="reference_lacks"):
        tables.replace_table("employers", b"employer,employer_type\nx,taxi\n", base=None, by=ADMIN, now=NOW)
