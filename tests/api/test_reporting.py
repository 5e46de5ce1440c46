"""Monthly reports and the auditor's views over HTTP: what is refused, and how pages go on."""

import pytest

from tests.api.client import Client
from tests.api.reporting_calls import MONTHLY, make_month
from tests.builders import AUDITOR, CENTRE, COURIER, TOWNSHIP


def test_there_is_one_report_of_a_month_and_it_says_where_it_is(api: Client) -> None:
    first, second = (api.post("/monthly-reports", {"month": "2025-07"}, by=CENTRE) for _ in range(2))
    assert first.json == second.json and first.status == second.status == 201
    assert first.headers["Location"] == f"/v1/monthly-reports/{TOWNSHIP}-2025-07"
    assert (first.json["from"], first.json["to"]) == ("2025-06-26", "2025-07-25")
    assert api.get(f"/monthly-reports/{TOWNSHIP}-2025-07", by=CENTRE).json == first.json


def test_the_same_key_with_another_month_is_refused(api: Client) -> None:
    made = [
        api.post("/monthly-reports", {"month": month}, by=CENTRE, idempotency_key="month")
        for month in ("2025-03", "2025-03", "2025-04")
    ]
    assert [one.status for one in made] == [201, 201, 422] and made[0].json == made[1].json


def test_without_a_month_it_is_the_last_one_that_is_over(api: Client) -> None:
    assert api.post("/monthly-reports", {}, by=CENTRE).status == 201


@pytest.mark.parametrize("month", ["2025-13", "9999-12", "2025", "0000-00", "0001-01"])
def test_a_month_that_is_none_or_not_over_is_refused(month: str, api: Client) -> None:
    assert api.post("/monthly-reports", {"month": month}, by=CENTRE).status == 400


def test_a_file_that_is_not_written_yet_is_sent_for(api: Client, errands: list[str]) -> None:
    api.post("/monthly-reports", {"month": "2025-08"}, by=CENTRE)
    errands.clear()
    answer = api.get(f"/monthly-reports/{TOWNSHIP}-2025-08", by=CENTRE, file="true")
    assert (answer.status, answer.json["rule"]) == (409, "file_not_there")
    assert errands == [f'exports {{"monthly":"{TOWNSHIP}-2025-08"}}']
    make_month()
    found = api.get(f"/monthly-reports/{MONTHLY}", by=CENTRE, file="true").json["file"]
    assert found["filename"] == "基层微治理月报_2025-06.xlsx"


@pytest.mark.parametrize("query", [{}, {"report": "r", "day": "2026-11-23"}, {"day": "2026-02-30"}, {"day": "x"}])
def test_history_is_asked_for_by_just_one_of_two(query: dict[str, str], api: Client) -> None:
    assert api.send("GET", "/audit/history", by=AUDITOR, query=query).status == 400


@pytest.mark.parametrize(
    "query", [{}, {"from": "2026-11-02", "to": "2026-11-01"}, {"from": "2020-01-01", "to": "2026-01-01"}]
)
def test_a_period_of_points_has_an_end_and_is_not_too_long(query: dict[str, str], api: Client) -> None:
    assert api.send("GET", "/audit/ledger", by=AUDITOR, query=query).status == 400


def test_the_auditor_reads_what_was_done_and_not_who_reported(api: Client, report: str) -> None:
    answer = api.get("/audit/history", by=AUDITOR, report=report)
    assert [line["action"] for line in answer.json["lines"]] == ["submit"]
    assert answer.json["lines"][0]["actor"] == "" and f'"{COURIER.id}"' not in answer.text


@pytest.mark.parametrize("id", [f"{TOWNSHIP}-", TOWNSHIP, "a-b-c", "%20"])
def test_an_id_that_names_no_report_is_not_found(id: str, api: Client) -> None:
    for path in (f"/monthly-reports/{id}", f"/monthly-reports/{id}/corrections", f"/weekly-reports/{id}"):
        assert api.get(path, by=CENTRE).status == 404
