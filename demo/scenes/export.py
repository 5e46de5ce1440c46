"""The centre takes the day's reports with it as a file: with a purpose, masked, watermarked, and on record."""

import csv
import io
from datetime import datetime

from demo.camera import LOCAL
from demo.client import Json, Person, Refused, download, patiently
from demo.stage import Stage, expect, new_key

PURPOSE = "当日工作小结"
SHOWN = ("编号", "类别", "状态", "上报人", "上报人电话")
ROWS = 3


def play(stage: Stage) -> None:
    """The whole scene; told only as far as the cap of exports a day lets it."""
    stage.tell.scene("第九幕　导出当日台账", "Scene 9: the day's reports as a file")
    stage.tell.does("centre", f"申请导出今天的上报，用途：{PURPOSE}。", "Asks for today's reports, and says what for.")
    try:
        job = _asked(stage.cast["centre"])
    except Refused as refusal:
        expect(refusal.rule == "exports_per_day", f"the export was refused by {refusal.rule}")
        stage.tell.refused(refusal.problem)
        return
    file = _ready(stage.cast["centre"], job)
    headings, *rows, watermark = _opened(file["url"])
    stage.tell.notes(f"链接已签发，短时有效：{file['filename']}", f"the link is good for minutes; {len(rows)} rows")
    _shown(stage, headings, rows)
    expect(stage.cast["centre"].id in watermark[0] and PURPOSE in watermark[0], "the watermark says who and what for")
    stage.tell.notes(f"水印：{watermark[0]}", "the watermark: who, when, what for")
    listed = stage.cast["auditor"].get("/exports", limit=1)["exports"][0]
    expect(listed["id"] == job["id"], "the auditor sees who took what")
    stage.tell.notes("审计员看得到谁导出了什么、做什么用。", "the auditor sees who took what, and what for")


def _asked(centre: Person) -> Json:
    today = datetime.now(LOCAL).date().isoformat()
    job: Json = centre.post("/exports", {"from": today, "to": today, "purpose": PURPOSE}, key=new_key())
    return job


def _ready(centre: Person, job: Json) -> Json:
    """The file's link, once it is there."""
    path = f"/exports/{job['id']}"
    patiently("the export", lambda: centre.get(path), lambda seen: seen["state"] == "ready")
    file: Json = centre.get(path, file="true")["file"]
    return file


def _opened(url: str) -> list[list[str]]:
    """As Excel opens it."""
    return list(csv.reader(io.StringIO(download(url).content.decode("utf-8-sig"), newline="")))


def _shown(stage: Stage, headings: list[str], rows: list[list[str]]) -> None:
    stage.tell.notes(f"表头：{' '.join(headings)}", "the headings")
    for row in rows[-ROWS:]:
        cells = dict(zip(headings, row, strict=True))
        expect("*" in cells["上报人"] or not cells["上报人"], "names are masked")
        stage.tell.notes(" | ".join(cells[name] for name in SHOWN), "names and phones are masked")
