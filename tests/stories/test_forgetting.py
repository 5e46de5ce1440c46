"""What is kept too long is forgotten, by a function that may do just that."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from demo.client import Cast, Json, patiently, upload
from infra.local.cloud import Cloud
from infra.operate.retention import retain
from tests.conftest import DATA
from tests.pictures import jpeg
from tests.stories.steps import act, file, items, settle

SHENQING_2 = (24.61706, 117.98158)
SHIPPED = (DATA / "retention.csv").read_bytes()
CSV = {"Content-Type": "text/csv; charset=utf-8"}
LONG_AGO = timedelta(days=2)
PASSED = (("photo_original,365", "photo_original,1"), ("photo_shown,1095", "photo_shown,1"), ("text,1825", "text,1"))


@pytest.fixture
def short_terms(cast: Cast) -> Iterator[None]:
    """Everything that hangs on a report is over after a day; as shipped again afterwards."""
    body = SHIPPED.decode()
    for shipped, short in PASSED:
        assert shipped in body
        body = body.replace(shipped, short)
    cast["admin"].ask("PUT", "/reference/retention", data=body.encode(), headers=CSV)
    yield
    cast["admin"].ask("PUT", "/reference/retention", data=SHIPPED, headers=CSV)


@pytest.fixture
def ended(cast: Cast, cloud: Cloud) -> Json:
    """A report with a photo that ended two days ago, and a look that came to the day before."""
    report = file(cast["grid_member"], "0311", *SHENQING_2, photos=["image/jpeg"], text="王阿姨家门口")
    upload(report["uploads"][0], jpeg())
    path = f"/reports/{report['id']}"
    patiently("photo", lambda: cast["centre"].get(path)["photos"][0]["state"], lambda state: state == "ready")
    act(cast["centre"], report, "verify", basis="on_site", outcome="already_gone", note="王阿姨说没有了")
    settle(cloud)
    _long_ago(cloud, report["id"])
    return report


def _long_ago(cloud: Cloud, id: str) -> None:
    """As if it had been closed two days earlier than it was."""
    store = cloud.client("dynamodb")
    head = next(i for i in items(cloud, "reports") if i["id"]["S"] == id and i["part"]["S"] == "head")
    report = json.loads(head["body"]["S"])
    ended = datetime.fromisoformat(report["ended_at"]) - LONG_AGO
    line = next(i for i in items(cloud, "history") if i["subject_id"]["S"] == id and '"closed"' in i["event"]["S"])
    event = json.loads(line["event"]["S"]) | {"at": _json(ended)}
    head["body"]["S"] = json.dumps(report | {"ended_at": _json(ended)}, ensure_ascii=False)
    shard = line["day_shard"]["S"].partition("#")[2]
    line |= {
        "event": {"S": json.dumps(event, ensure_ascii=False)},
        "at": {"S": ended.isoformat(timespec="microseconds")},
        "day_shard": {"S": f"{ended:%Y-%m-%d}#{shard}"},
    }
    store.put_item(TableName="fenjian-local-reports", Item=head)
    store.put_item(TableName="fenjian-local-history", Item=line)
    for kind in ("photo_original", "photo_shown", "report_text"):
        came_to = {"S": (ended - timedelta(hours=1)).isoformat(timespec="microseconds")}
        position: Any = {"kind": {"S": kind}, "part": {"S": "position"}, "at": came_to}
        store.put_item(TableName="fenjian-local-retention", Item=position)


def _json(at: datetime) -> str:
    return str(msgspec.to_builtins(at.astimezone(UTC)))


def counts(cloud: Cloud, *, dry: bool) -> dict[str, int]:
    return {kind["kind"]: kind["count"] for kind in retain(cloud.client("lambda"), "local", dry=dry) if kind["count"]}


def test_a_report_whose_time_is_over_is_forgotten_as_far_as_the_table_says(
    cast: Cast, cloud: Cloud, short_terms: None, ended: Json
) -> None:
    due = {"photo_original": 1, "photo_shown": 1, "report_text": 1}
    assert counts(cloud, dry=True) == due
    assert cast["centre"].get(f"/reports/{ended['id']}")["text"] == "王阿姨家门口"
    assert counts(cloud, dry=False) == due
    whole = cast["centre"].get(f"/reports/{ended['id']}")
    assert (whole["text"], whole["photos"][0]["state"], whole["photos"][0]["links"]) == ("", "erased", [])
    assert "王" not in json.dumps(whole, ensure_ascii=False)
    assert not [key for key in _keys(cloud) if ended["id"] in key and not key.startswith("incoming/")]
    assert counts(cloud, dry=False) == {}


def _keys(cloud: Cloud) -> list[str]:
    store = cloud.client("s3")
    (bucket,) = [one["Name"] for one in store.list_buckets()["Buckets"] if "photos" in one["Name"]]
    return [item["Key"] for item in store.list_objects_v2(Bucket=bucket).get("Contents", [])]
