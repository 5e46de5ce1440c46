"""A statement of hours as a workbook is written once, has what the statement says, and is its owner's."""

from typing import TYPE_CHECKING

import pytest

from chalicelib.config import settings
from chalicelib.domain.errors import Conflict, Invalid, NotFound
from chalicelib.gateways import lean_queues
from chalicelib.services.volunteering import files
from tests.builders import COURIER
from tests.volunteers import DAY, START, called, confirm, courier, served, sign_up
from tests.workbooks import read

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules")
LATER = START + 2 * DAY


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What went to the worker."""
    bodies: list[str] = []
    monkeypatch.setattr(lean_queues, "send", lambda queue, body, **_: bodies.append(f"{queue} {body}"))
    return bodies


def test_a_file_is_written_once_and_has_what_the_statement_says(exports_bucket: "S3Client", sent: list[str]) -> None:
    called()
    sign_up(by=courier())
    served()
    confirm()
    file = files.ask("f1", COURIER.id, "2026-Q4", now=LATER)
    assert files.ask("f2", COURIER.id, "2026-Q4", now=LATER) == file
    assert sent == ['exports {"hours":{"courier_id":"courier","period":"2026-Q4"}}']
    with pytest.raises(Conflict, match="file_not_there"):
        files.fetch(COURIER.id, "2026-Q4", now=LATER)
    for _ in range(2):
        files.write(COURIER.id, "2026-Q4", now=LATER)
    (found,) = exports_bucket.list_objects_v2(Bucket=settings().exports_bucket)["Contents"]
    pages = read(exports_bucket.get_object(Bucket=settings().exports_bucket, Key=found["Key"])["Body"].read())
    assert list(pages) == ["说明", "按类汇总", "明细"]
    assert pages["按类汇总"][2] == ["平安巡查", "safety patrol", 1.0, 120.0]
    assert pages["明细"][2][0] == "2026-11-26 09:00" and pages["明细"][2][-1] == 120.0
    assert files.fetch(COURIER.id, "2026-Q4", now=LATER).filename == "志愿服务时长_2026-Q4.xlsx"


def test_of_what_nobody_asked_for_and_of_no_period_there_is_no_file(sent: list[str]) -> None:
    with pytest.raises(NotFound, match="no_statement_file"):
        files.fetch(COURIER.id, "2026-11", now=LATER)
    with pytest.raises(Invalid, match="no_such_hours_period"):
        files.ask("f1", COURIER.id, "2026-11-01", now=LATER)
    assert sent == []
