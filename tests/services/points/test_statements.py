"""A statement is what the ledger says, and its file is written once and fetched by its owner."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from chalicelib.config import settings
from chalicelib.domain.errors import Conflict, Invalid, NotFound, TooManyRequests
from chalicelib.domain.points.statements import Movement
from chalicelib.gateways import lean_queues
from chalicelib.services.points import expiry, statements
from chalicelib.store.points import ledger
from chalicelib.store.points import statements as store
from tests.services.points.test_expiry import IN_2026, IN_2027, NEW_YEAR, earned, held, redeemed
from tests.workbooks import read

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules")
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages to the worker."""
    found: list[str] = []
    monkeypatch.setattr(lean_queues, "send", lambda queue, body, **_: found.append(f"{queue} {body}"))
    return found


def months(now: datetime = NEW_YEAR) -> dict[str, tuple[int, int]]:
    """Opening and closing balance of some months."""
    found = [statements.statement("c", month, now=now) for month in ("2026-11", "2027-06", "2028-01")]
    return {one.month: (one.opening, one.closing) for one in found}


def test_a_statement_follows_what_came_was_spent_and_expired(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "PAGE", 2)
    for number in range(4):
        earned(5, IN_2026, id=f"a{number}")
    redeemed(3, IN_2027)
    earned(4, IN_2027 + DAY, id="b")
    expiry.run(now=NEW_YEAR)
    assert months(NEW_YEAR + DAY) == {"2026-11": (0, 20), "2027-06": (20, 21), "2028-01": (21, 4)}
    made = statements.statement("c", "2028-01", now=NEW_YEAR + DAY)
    assert made.moved[Movement.EXPIRE] == -17 and made.closing == held()[0] and made.expiring == {"2028": 4}


def test_a_file_is_written_once_and_has_what_the_statement_says(exports_bucket: "S3Client", sent: list[str]) -> None:
    earned(5, IN_2026, id="a")
    file = statements.ask("f1", "c", "2026-11", now=IN_2027)
    assert statements.ask("f2", "c", "2026-11", now=IN_2027) == file
    assert sent == ['exports {"statement":{"courier_id":"c","month":"2026-11"}}']
    with pytest.raises(Conflict, match="file_not_there"):
        statements.fetch("c", "2026-11", now=IN_2027)
    for _ in range(2):
        statements.write("c", "2026-11", now=IN_2027)
    found = exports_bucket.list_objects_v2(Bucket=settings().exports_bucket)["Contents"]
    assert [one["Key"] for one in found] == ["exports/1/statements/c/2026-11/f1.xlsx"]
    data = exports_bucket.get_object(Bucket=settings().exports_bucket, Key=found[0]["Key"])["Body"].read()
    pages = read(data)
    assert list(pages) == ["汇总", "到期", "明细"]
    assert ["期末余额", "Closing balance", 5.0] in pages["汇总"] and pages["到期"][2] == ["2027-12-31", 5.0]
    made = statements.fetch("c", "2026-11", now=IN_2027)
    assert made.filename == "红色积分月结单_2026-11.xlsx" and "exports/1/statements/c/2026-11/f1.xlsx" in made.url


def test_another_is_written_where_the_last_one_is_done_and_none_outlives_its_day(exports_bucket: "S3Client") -> None:
    statements.ask("f1", "c", "2027-06", now=IN_2027)
    statements.write("c", "2027-06", now=IN_2027)
    with pytest.raises(NotFound):
        statements.fetch("c", "2027-06", now=IN_2027 + DAY)
    assert statements.ask("f2", "c", "2027-06", now=IN_2027).id == "f2"
    with pytest.raises(Conflict):
        statements.fetch("c", "2027-06", now=IN_2027)


def test_nobody_fetches_anothers_and_nothing_is_written_unasked() -> None:
    statements.ask("f1", "c", "2026-11", now=IN_2027)
    with pytest.raises(NotFound):
        statements.fetch("d", "2026-11", now=IN_2027)
    statements.write("d", "2026-11", now=IN_2027)
    assert store.get("d", "2026-11") is None


def test_a_worker_that_was_overtaken_notes_nothing() -> None:
    old = statements.ask("f1", "c", "2026-11", now=IN_2027)
    store.written(old, at=IN_2027)
    new = statements.ask("f2", "c", "2026-11", now=IN_2027)
    store.written(old, at=IN_2027)
    assert store.get("c", "2026-11") == new


@pytest.mark.parametrize("month", ["0001-01", "0000-01", "9999-12", "2026-13", "2027-07"])
def test_a_month_that_nobody_has_a_statement_of_is_refused(month: str) -> None:
    with pytest.raises(Invalid, match="no_such_month"):
        statements.statement("c", month, now=IN_2027)
    with pytest.raises(Invalid, match="no_such_month"):
        statements.ask("f", "c", month, now=IN_2027)


def test_a_page_that_lies_before_the_days_asked_for_is_empty() -> None:
    earned(5, IN_2026, id="a")
    place = ledger.timeline("courier:c", start=None, end=None, before=None, limit=1)[0][0]
    assert ledger.timeline("courier:c", start=IN_2027, end=None, before=place, limit=1) == []
    assert ledger.timeline("courier:c", start=IN_2026, end=IN_2027, before=None, limit=1)


def test_a_day_has_so_many_files() -> None:
    for number in range(20):
        statements.ask(f"f{number}", "c", f"{2007 + number}-01", now=IN_2027)
    with pytest.raises(TooManyRequests):
        statements.ask("f", "c", "2027-01", now=IN_2027)


def test_asking_again_sends_for_the_worker_only_once_it_must_have_been_lost(sent: list[str]) -> None:
    first = statements.ask("f1", "c", "2026-11", now=IN_2027)
    soon, later = IN_2027 + timedelta(minutes=14), IN_2027 + timedelta(minutes=15)
    assert [statements.ask(f"f{number}", "c", "2026-11", now=soon) for number in range(2, 40)] == [first] * 38
    assert len(sent) == 1
    assert statements.ask("f9", "c", "2026-11", now=later).id == "f9" and len(sent) == 2
