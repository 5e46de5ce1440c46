"""Points through the deployed stack: earned, approved, put right on appeal, stated, exported, and audited."""

import csv
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from uuid import uuid4

from chalicelib.domain.reference.calendar import local_day
from demo.case import Case
from demo.client import Cast, Json, Person, Refused, download, patiently
from infra.local.cloud import Cloud
from infra.stages import ROOT, local_environment
from tests import workbooks
from tests.stories.riders import riders
from tests.stories.steps import act, file, refusal, settle
from tests.stories.test_export import asked, ready
from tests.workbooks import Value

PLACE = (24.61228, 118.01718)
MAJOR, ORDINARY = "P14", "P12"
AUDIT = """
from chalicelib.services.points import auditing
books = auditing.audit()
print(books.total, books.misfit)
"""


def entries(person: Person, rule: str) -> list[Json]:
    """A courier's latest entries by a rule, newest first."""
    return [one for one in person.get("/points", limit=100)["entries"] if one["rule"] == rule]


def earned(cast: Cast, cloud: Cloud, name: str) -> tuple[Person, Json]:
    """A courier whose report was found true, and what he got for it."""
    (courier,) = riders(cloud, name, 1, 0)
    report = file(courier, "0303", *PLACE)
    village = report["location"]["village"]
    verifier = next(cast[key] for key in ("grid_member", "grid_member2", "grid_member3") if serves(cast[key], village))
    act(verifier, report, "verify", basis="on_site", severity=2)
    found = patiently("the points", lambda: entries(courier, ORDINARY), bool)
    return courier, found[0]


def serves(person: Person, village: str) -> bool:
    return any(post.startswith(f"grid_member:{village}") for post in person.get("/me")["posts"])


def test_what_is_major_counts_once_centre_and_committee_agree(day: dict[str, Case], cast: Cast) -> None:
    courier = day["manhole"].courier
    listed = cast["centre"].get("/awards", limit=100)["awards"]
    (waiting,) = [one for one in listed if (one["courier"], one["rule"]) == (courier.id, MAJOR)]
    before = courier.get("/points")["balance"]
    for key in ("centre", "committee"):
        assert courier.get("/points")["balance"] == before
        cast[key].post(f"/awards/{waiting['id']}/approval", {})
    assert courier.get("/points")["balance"] == before + waiting["points"]
    assert entries(courier, MAJOR)[0]["state"] == "posted"


def test_an_appeal_becomes_an_entry_when_others_agree(cast: Cast, cloud: Cloud) -> None:
    courier, entry = earned(cast, cloud, "courier-appeals")
    before = courier.get("/points")["balance"]
    appeal = courier.post("/appeals", {"entry": entry["id"], "text": "坑很深，应为较大"}, key=uuid4().hex)
    answer = {"points": 5, "answer": "复核后按较大计。"}
    decided = cast["centre"].post(f"/appeals/{appeal['id']}/decision", answer, version=appeal["version"])
    assert decided["state"] == "upheld" and courier.get("/points")["balance"] == before + 5
    assert refusal(lambda: courier.post("/appeals", {"entry": entry["id"], "text": "再加"})).status == 409


def test_a_month_is_stated_exported_and_the_books_add_up(cast: Cast, cloud: Cloud) -> None:
    courier, entry = earned(cast, cloud, "courier-stated")
    month = local_day(datetime.now(UTC))[:7]
    stated = courier.get(f"/points/statements/{month}")
    assert stated["closing"] == courier.get("/points")["balance"] and stated["moved"]["earn"] == entry["points"]
    assert entry["text"] in printed(courier, month)
    headings, *rows, _ = exported(cast["centre"])
    assert entry["id"] in {dict(zip(headings, row, strict=True))["明细编号"] for row in rows}
    settle(cloud)
    assert audited(cloud) == "0 None"


def printed(courier: Person, month: str) -> set[Value]:
    """What stands in the workbook of a month."""
    path = f"/points/statements/{month}/file"
    courier.post(path, {})
    link = patiently("the workbook", lambda: made(courier, path), bool)
    sheets = workbooks.read(download(link).content).values()
    return {cell for sheet in sheets for row in sheet for cell in row}


def made(courier: Person, path: str) -> str:
    """The link to the file; none while it is being written."""
    try:
        return str(courier.get(path)["url"])
    except Refused:
        return ""


def exported(person: Person) -> list[list[str]]:
    done = ready(person, asked(person, content="ledger", personal=True, ground="contact"))
    text = download(done["file"]["url"]).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def audited(cloud: Cloud) -> str:
    """What the entries of this stage add up to, and what does not fit."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment = clean | local_environment(cloud.api)
    done = subprocess.run(
        [sys.executable, "-c", AUDIT], env=environment, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()
