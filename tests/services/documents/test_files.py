"""A report's workbook: written by the worker, the same however often, fetched by a link, never half there."""

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.errors import Conflict
from chalicelib.gateways import lean_queues, multiparts
from chalicelib.services.documents import files, monthly
from chalicelib.store.documents import documents
from tests.builders import CENTRE, TOWNSHIP, VILLAGE
from tests.services.documents.test_monthly import AFTER, NOVEMBER, happened, make
from tests.workbooks import read

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

pytestmark = pytest.mark.usefixtures("rules", "exports_bucket")
BUCKET, KEY = "fenjian-test-exports", f"kept/monthly/{NOVEMBER}.xlsx"


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages to the worker."""
    found: list[str] = []
    monkeypatch.setattr(lean_queues, "send", lambda queue, body, **_: found.append(f"{queue} {body}"))
    return found


def body(bucket: "S3Client") -> bytes:
    return bucket.get_object(Bucket=BUCKET, Key=KEY)["Body"].read()


def test_the_workbook_says_what_the_report_says(exports_bucket: "S3Client") -> None:
    happened("r1", "r2")
    make()
    files.write(NOVEMBER, now=AFTER)
    found = read(body(exports_bucket))
    villages = {row[0]: dict(zip(found["村居"][0], row, strict=True)) for row in found["村居"][2:]}
    assert villages[VILLAGE]["上报"] == 2.0 and villages[VILLAGE]["名称"] == "深青村"
    assert [row[0] for row in found["类别"][2:]] == ["03"]
    assert ["数据截至", "As of", "2026-11-26 09:00"] in found["说明"]


def test_it_is_fetched_by_a_short_lived_link_under_a_chinese_name(exports_bucket: "S3Client") -> None:
    report = make()
    files.write(NOVEMBER, now=AFTER)
    got = files.fetch(report, now=AFTER)
    assert got.filename == "基层微治理月报_2026-11.xlsx" and got.expires_at == AFTER + timedelta(minutes=5)
    query = parse_qs(urlsplit(got.url).query)
    (disposition,) = query["response-content-disposition"]
    assert query["X-Amz-Expires"] == ["300"] and 'filename="fenjian-monthly-2026-11.xlsx"' in disposition
    assert urlsplit(got.url).path.endswith(f"/{BUCKET}/{KEY}") and body(exports_bucket)


def test_before_it_is_written_that_is_said_and_it_is_sent_for(sent: list[str]) -> None:
    report = make()
    sent.clear()
    with pytest.raises(Conflict) as refused:
        files.fetch(report, now=AFTER)
    assert refused.value.rule == "file_not_there" and sent == [f'exports {{"monthly":"{NOVEMBER}"}}']


def test_a_message_that_comes_twice_writes_once_and_one_for_nothing_is_passed_over(
    exports_bucket: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    make()
    files.write(NOVEMBER, now=AFTER)
    monkeypatch.setattr(multiparts, "keep", lambda *_: pytest.fail("written twice"))
    for id in (NOVEMBER, f"{TOWNSHIP}-2026-10", "nonsense"):
        files.write(id, now=AFTER)


def test_a_worker_that_dies_before_it_notes_the_file_leaves_the_same_to_the_next(
    exports_bucket: "S3Client", monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object, **__: object) -> None:
        raise RuntimeError("gone")

    happened("r1")
    report = make()
    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr(documents, "filed", die)
        files.write(NOVEMBER, now=AFTER)
    first = body(exports_bucket)
    happened("r2")
    files.write(NOVEMBER, now=AFTER + timedelta(hours=1))
    assert body(exports_bucket) == first, "frozen is frozen"
    assert files.fetch(report, now=AFTER)


def test_who_makes_it_again_does_not_send_for_a_file_that_is_there(sent: list[str]) -> None:
    make()
    files.write(NOVEMBER, now=AFTER)
    make()
    assert len(sent) == 1 and monthly.get(NOVEMBER, by=CENTRE, now=AFTER)
