"""One tap parks time and place; a report is made of it later, and the clock reminds of what is left."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.idempotency import Key
from chalicelib.domain.places import Crs
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.people import own_data
from chalicelib.services.people.own_parts import READ, Part
from chalicelib.services.reports import drafts, intake
from chalicelib.services.reports.drafts import Tap
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people
from chalicelib.store.reports import due, reports
from tests.bench.calls import counted
from tests.builders import COURIER, COURIER2, GRID, GRID_MEMBER, NOW, VILLAGE, draft
from tests.shop import rule

pytestmark = pytest.mark.usefixtures("rules")
KEY = Key(caller_id=COURIER.id, key="k1", fingerprint="f")
DAY = timedelta(days=1)
EVENING = datetime(2026, 11, 23, 19, tzinfo=ZONE)
HERE = Tap(at=None, lat=24.6085, lon=117.9795, crs=Crs.WGS84, accuracy=8, photo="IMG_1", word="井盖")


def park(id: str = "d1", *, now: datetime = NOW, key: Key | None = None, by: Any = COURIER, **more: Any) -> str:
    return drafts.park(id, replace(HERE, **more), key=key, by=by, now=now).id


def own(now: datetime = NOW) -> list[str]:
    return [one.id for one in drafts.own(COURIER.id, now=now)]


def file(
    id: str = "r1", parked: str = "d1", *, now: datetime = NOW + DAY, by: Any = COURIER, **more: Any
) -> intake.Accepted:
    made = draft(
        **{"parked": parked, "spot": None, "observed_at": None} | {k: v for k, v in more.items() if k != "key"}
    )
    return intake.accept(id, made, key=more.get("key"), by=by, now=now)


def test_a_tap_is_kept_for_days_and_seen_by_nobody_else() -> None:
    park()
    (kept,) = drafts.own(COURIER.id, now=NOW)
    assert (kept.at, kept.expires_at, kept.photo, kept.word) == (NOW, NOW + 3 * DAY, "IMG_1", "井盖")
    assert drafts.own(COURIER2.id, now=NOW) == () and own(NOW + 3 * DAY) == []


def test_told_twice_it_is_parked_once_and_told_late_it_keeps_its_own_time() -> None:
    for id in ("d1", "d2"):
        assert park(id, key=KEY, at=NOW - DAY) == "d1"
    (kept,) = drafts.own(COURIER.id, now=NOW)
    assert (kept.at, kept.told_at, kept.expires_at) == (NOW - DAY, NOW, NOW + 2 * DAY)


def test_only_couriers_park_and_only_so_many_even_at_once() -> None:
    assert rule(lambda: park(by=GRID_MEMBER)) == "role_needed"

    def tap(number: int) -> int:
        try:
            park(f"d{number:02}")
        except DomainError:
            return 0
        return 1

    for number in range(18):
        tap(number)
    with ThreadPoolExecutor(4) as threads:
        assert sum(threads.map(tap, range(20, 24))) == 2
    assert len(own()) == 20 and rule(lambda: park("d99")) == "parked_drafts"


def test_a_report_made_of_it_has_its_time_and_place_and_it_is_parked_no_longer() -> None:
    park(crs=Crs.GCJ02)
    filed = file().report
    assert (filed.observed_at, filed.created_at) == (NOW, NOW + DAY)
    assert filed.place.source_crs is Crs.GCJ02 and filed.place.accuracy == 8
    assert own() == [] and rule(lambda: file("r2")) == "no_such_draft"


def test_without_a_place_of_its_own_the_reports_stands() -> None:
    park(lat=None, lon=None)
    spot = intake.Spot(lat=24.6085, lon=117.9795, crs=Crs.WGS84, accuracy=5)
    place = file(spot=spot).report.place
    assert (place.grid, place.village) == (GRID, VILLAGE)


def test_sent_again_because_the_answer_got_lost_it_is_the_same_report() -> None:
    park()
    assert file("r1", key=KEY).report == file("r2", key=KEY).report


def test_where_the_report_is_refused_the_draft_stays() -> None:
    park(lat=None, lon=None)
    assert rule(lambda: file(text="")) == "nothing_reported"
    assert own() == ["d1"]


def test_of_two_phones_that_file_it_at_once_one_does() -> None:
    park()

    def attempt(id: str) -> str:
        try:
            return file(id).report.id
        except DomainError as refusal:
            return refusal.rule

    with ThreadPoolExecutor(2) as threads:
        answers = sorted(threads.map(attempt, ("r1", "r2")))
    assert answers[0] == "no_such_draft" and answers[1] in ("r1", "r2")
    assert len(reports.several(["r1", "r2"])) == 1


def test_another_ones_draft_cannot_be_filed_nor_thrown_away() -> None:
    park()
    assert rule(lambda: file(by=COURIER2)) == "no_such_draft"
    assert rule(lambda: drafts.remove("d1", by=COURIER2, now=NOW)) == "no_such_draft"
    drafts.remove("d1", by=COURIER, now=NOW)
    assert own() == []


def fallen(now: datetime) -> list[datetime]:
    return [one.at for shard in range(8) for one in due.fallen(shard, now) if one.part == "drafts"]


def test_the_clock_reminds_in_the_evening_and_before_it_lapses_each_once() -> None:
    park()
    for at in (EVENING, EVENING + 2 * DAY):
        assert fallen(at) == [at]
        for _ in range(2):
            drafts.fire(COURIER.id, at=at, now=at)
    assert fallen(NOW + 9 * DAY) == []
    told = inbox.page(COURIER.id, limit=9, before=None, now=NOW + 3 * DAY)
    assert [one.template for one in told] == ["drafts_waiting"] * 2 and "1条" in told[0].zh


def test_a_tap_is_a_read_and_a_transaction_and_filing_it_the_same() -> None:
    park("d0")
    file("r0", "d0", now=NOW)  # a process reads each table of rules once
    with counted() as calls:
        park()
        assert calls.names == ["GetItem", "TransactWriteItems"]
        calls.made.clear()
        file(now=NOW)
        assert calls.names == ["GetItem", "TransactWriteItems"]


def test_nobody_is_reminded_of_what_he_filed() -> None:
    park()
    file(now=NOW)
    drafts.fire(COURIER.id, at=EVENING, now=EVENING)
    assert inbox.page(COURIER.id, limit=9, before=None, now=EVENING) == [] and fallen(NOW + 9 * DAY) == []


def test_a_copy_of_ones_data_has_them_and_who_is_forgotten_leaves_none() -> None:
    from chalicelib.domain.people.model import Person, PersonState, Post, Role

    park()
    assert [one.id for one in READ[Part.DRAFTS](COURIER.id, 50, None, NOW).drafts] == ["d1"]
    person = Person(id=COURIER.id, name="n", phone="1", posts=(Post(Role.COURIER, COURIER.id),), valid_from=NOW)
    people.put(replace(person, state=PersonState.LEFT, left_at=NOW, posts=()))
    assert own_data.erase(COURIER.id, now=NOW)
    assert own() == []
