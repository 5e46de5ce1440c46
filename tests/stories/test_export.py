"""An export through the deployed stack: asked for, written by the worker, fetched by its link, opened."""

import csv
import io
from datetime import UTC, datetime
from urllib.parse import unquote

from chalicelib.domain.reference.calendar import local_day
from demo.client import Cast, Json, Person, download, patiently
from infra.local.cloud import Cloud
from tests.stories.steps import file, items, refusal

PLACE = (24.61228, 118.01718)
FORMULA = '=HYPERLINK("http://example.org","点我") 电话13800000001'


def asked(person: Person, **fields: object) -> Json:
    today = local_day(datetime.now(UTC))
    job: Json = person.post("/exports", {"from": today[:7], "to": today, "purpose": "月度分析"} | fields)
    return job


def ready(person: Person, job: Json) -> Json:
    """The job once its file is there, with the link."""
    patiently("the export", lambda: person.get(f"/exports/{job['id']}"), lambda seen: seen["state"] == "ready")
    done: Json = person.get(f"/exports/{job['id']}", file="true")
    return done


def opened(link: str) -> list[list[str]]:
    """As Excel opens it."""
    answer = download(link)
    assert answer.ok and answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "上报导出_" in unquote(answer.headers["content-disposition"])
    assert answer.content.startswith(b"\xef\xbb\xbf") and b"\r\n" in answer.content
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def test_the_centre_asks_waits_and_opens_its_file(cast: Cast, cloud: Cloud) -> None:
    report = file(cast["courier"], "0303", *PLACE, text=FORMULA)
    clear = ready(cast["centre"], asked(cast["centre"], personal=True, ground="contact"))
    headings, *rows, watermark = opened(clear["file"]["url"])
    (row,) = [dict(zip(headings, row, strict=True)) for row in rows if row[0] == report["id"]]
    assert row["内容"] == f"'{FORMULA}" and row["状态"] == "待核实" and row["上报人"] and row["上报人电话"].isdigit()
    assert cast["centre"].id in watermark[0] and "月度分析" in watermark[0] and f"行数：{len(rows)}" in watermark[0]
    assert clear["rows"] == len(rows)
    _is_noted(cloud, clear["id"], ["exported", "fetched_export"])


def _is_noted(cloud: Cloud, export_id: str, what: list[str]) -> None:
    found = [item for item in items(cloud, "access") if item["subject"]["S"] == export_id]
    assert sorted(name for name in what if any(name in item["body"]["S"] for item in found)) == sorted(what)


def test_the_village_takes_its_own_and_sees_no_names(cast: Cast) -> None:
    here = file(cast["village"], "0303", *PLACE)
    done = ready(cast["village"], asked(cast["village"]))
    headings, *rows, watermark = opened(done["file"]["url"])
    found = [dict(zip(headings, row, strict=True)) for row in rows]
    assert {row["村居"] for row in found} <= {found[0]["村居"]} if found else True
    assert all(row["上报人"] == "（不显示）" for row in found) and "已脱敏" in watermark[0]
    assert (here["location"]["village"] == cast["village"].get("/me")["posts"][0].partition(":")[2]) == any(
        row["编号"] == here["id"] for row in found
    )


def test_nobody_else_fetches_it_and_the_auditor_sees_who_took_what(cast: Cast) -> None:
    done = ready(cast["centre"], asked(cast["centre"]))
    assert refusal(lambda: cast["village"].get(f"/exports/{done['id']}", file="true")).status == 404
    assert refusal(lambda: cast["auditor"].get(f"/exports/{done['id']}", file="true")).status == 404
    bare = done["file"]["url"].partition("?")[0]
    assert download(bare).status_code == 403
    listed = cast["auditor"].get("/exports", limit=100)["exports"]
    assert {"id": done["id"], "requester": cast["centre"].id, "purpose": "月度分析"}.items() <= next(
        one for one in listed if one["id"] == done["id"]
    ).items()


def test_the_same_key_is_the_same_export(cast: Cast) -> None:
    body = {"from": "2026-11", "to": "2026-11", "purpose": "月度分析"}
    first = cast["centre"].post("/exports", body, key="export-once")
    assert cast["centre"].post("/exports", body, key="export-once")["id"] == first["id"]


def test_figures_follow_and_the_courier_sees_his_own(cast: Cast) -> None:
    before = cast["courier"].get("/me/contribution")["total"]["filed"]
    file(cast["courier"], "0303", *PLACE)
    patiently(
        "the contribution",
        lambda: cast["courier"].get("/me/contribution")["total"]["filed"],
        lambda filed: filed >= before + 1,
    )
    figures = cast["centre"].get("/statistics/reports", by="status")
    assert figures["total"]["filed"] >= 1 and any(row["name"] == "待核实" for row in figures["rows"])
    assert cast["district"].get("/statistics/reports", by="village")["total"]["filed"] >= 1
