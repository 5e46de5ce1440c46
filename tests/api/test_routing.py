"""The routing over HTTP, from the draft to the dispatch that follows it."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.api.client import Client, refused
from tests.api.conftest import Contents
from tests.api.routing_calls import DRAFT, PUBLICATION, SHIPPED, TRIAL, discard, save
from tests.builders import ADMIN, CENTRE, COMMITTEE, COURIER, GRID_MEMBER, VILLAGER, WORKS
from tests.conftest import BACKENDS
from tests.domain.reference.test_routing import HEAD, row

# The emulator takes some things that DynamoDB refuses.
pytestmark = pytest.mark.parametrize("store", BACKENDS, indirect=True, scope="module")
HOLE = row("hole", "0303", lead="D04", co="D08", instruction_zh="请先围挡", instruction_en="Fence it off first")
VERIFY = {"action": "verify", "basis": "on_site", "outcome": "to_centre"}


def text(*rows: str) -> bytes:
    return "\n".join([HEAD, *rows]).encode()


def in_force(api: Client) -> int:
    return int(api.get("/reference/routing", by=COURIER).headers["ETag"].strip('"'))


def publish(api: Client, *rows: str) -> int:
    """A new edition of these rules."""
    save(api, body=text(*rows))
    answer = api.post(PUBLICATION, {}, by=ADMIN)
    assert answer.status == 200, answer.text
    return int(answer.json["version"])


@pytest.fixture(autouse=True)
def no_draft(api: Client) -> None:
    """A draft that another test has left is none of this one's."""
    discard(api)


def test_a_draft_is_begun_edited_tried_and_published(api: Client, report: str) -> None:
    edition = in_force(api)
    refused(api.get(DRAFT, by=ADMIN), 404, "NotFound", "no_draft")
    begun = save(api, body=text(HOLE), if_match=f'"{edition}"')
    assert begun.json["base"] == edition and begun.headers["ETag"] == f'"{begun.json["version"]}"'
    shown = api.get(DRAFT, by=ADMIN)
    assert shown.text.encode() == text(HOLE) and shown.headers["ETag"] == begun.headers["ETag"]
    api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER)
    tried = api.post(TRIAL, {"days": 1}, by=ADMIN).json
    row_of_it = next(one for one in tried["reports"] if one["id"] == report)
    assert row_of_it["in_force"] != row_of_it["draft"] and row_of_it["draft"]["instruction_en"] == "Fence it off first"
    assert row_of_it["changes"] and row_of_it["ordered"] is None and tried["totals"]["changed"] >= 1
    published = api.post(PUBLICATION, {}, by=ADMIN, if_match=begun.headers["ETag"])
    assert published.json == {"version": edition + 1}
    assert api.get("/reference/routing", by=CENTRE).text.encode() == text(HOLE)


def test_only_what_changes_is_shown_where_that_is_asked(api: Client, report: str) -> None:
    publish(api, HOLE)
    api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER)
    save(api, body=text(HOLE.replace("先围挡", "先警示")))
    whole = api.post(TRIAL, {"days": 1, "limit": 500}, by=ADMIN).json
    changed = api.post(TRIAL, {"days": 1, "limit": 500, "changed_only": True}, by=ADMIN).json
    assert whole["totals"] == changed["totals"] and whole["totals"]["changed"] == 0
    assert all(one["rewords"] for one in changed["reports"]) and changed["totals"]["reworded"] == len(
        changed["reports"]
    )


def test_the_centre_sees_the_suggestion_and_dispatches_on_it_with_one_call(api: Client, report: str) -> None:
    edition = publish(api, HOLE)
    api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER)
    seen = api.get(f"/reports/{report}", by=CENTRE).json["suggestion"]
    assert seen == {
        "lead": "D04",
        "co_handlers": ["D08"],
        "instruction": "请先围挡",
        "instruction_en": "Fence it off first",
        "table": "routing",
        "rule": "hole",
        "edition": edition,
    }
    standing = api.post(f"/reports/{report}/actions", {"action": "dispatch"}, by=CENTRE)
    assert (standing.status, standing.json["department"], standing.json["co_handlers"]) == (200, "D04", ["D08"])
    assert standing.json["suggestion"] == seen
    last = api.get(f"/reports/{report}", by=WORKS).json["history"][-1]
    assert (last["action"], last["note"], last["details"]["followed"]) == ("dispatch", "请先围挡", True)
    assert last["details"]["suggested"]["rule"] == "hole" and last["details"]["suggested"]["edition"] == edition


def test_the_suggestion_is_for_who_orders(api: Client, report: str) -> None:
    api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER)
    found = {by.id: api.get(f"/reports/{report}", by=by).json["suggestion"] for by in (COURIER, GRID_MEMBER, VILLAGER)}
    assert set(found.values()) == {None}
    assert all(api.get(f"/reports/{report}", by=by).json["suggestion"] for by in (CENTRE, COMMITTEE))
    api.post(f"/reports/{report}/actions", {"action": "dispatch", "department": "D01"}, by=CENTRE)
    last = api.get(f"/reports/{report}", by=COURIER).json["history"][-1]
    assert last["action"] == "dispatch" and not {"suggested", "followed"} & last["details"].keys()


def test_a_dispatch_sent_again_with_its_key_is_done_once(api: Client, report: str) -> None:
    api.post(f"/reports/{report}/actions", VERIFY, by=GRID_MEMBER)
    first, again = (
        api.post(f"/reports/{report}/actions", {"action": "dispatch"}, by=CENTRE, idempotency_key=report)
        for _ in range(2)
    )
    assert first.status == again.status == 200 and first.json["version"] == again.json["version"]


def test_of_two_admins_one_wins_and_the_other_is_told_412(api: Client, contents: Contents) -> None:
    edition = in_force(api)
    first = save(api, body=text(HOLE), if_match=f'"{edition}"')
    before = contents.read()
    refused(save(api, body=text(), if_match=f'"{edition}"'), 412, "StaleVersion", "stale_version")
    stale = f'"{first.json["version"] - 1}"'
    for path, body in ((PUBLICATION, {}), (TRIAL, {"days": 1})):
        refused(api.post(path, body, by=ADMIN, if_match=stale), 412, "StaleVersion", "stale_version")
    answer = api.send("DELETE", DRAFT, by=ADMIN, headers={"If-Match": stale})
    refused(answer, 412, "StaleVersion", "stale_version")
    assert contents.read() == before
    assert api.post(PUBLICATION, {}, by=ADMIN, if_match=first.headers["ETag"], idempotency_key="p").status == 200
    again = api.post(PUBLICATION, {}, by=ADMIN, if_match=first.headers["ETag"], idempotency_key="p")
    assert again.json == {"version": edition + 1}
    refused(api.post(PUBLICATION, {}, by=ADMIN), 404, "NotFound", "no_draft")


YESTERDAY = (datetime.now(UTC) - timedelta(days=2)).date().isoformat()


@pytest.mark.parametrize(
    ("wrong", "rule", "column"),
    [
        (row("x", "0399"), "routing_unknown", "kind"),
        (row("x", lead="D99"), "routing_unknown", "lead"),
        (row("x", "0303", low=4), "routing_no_report", "severity_min"),
        (row("x", valid_until=YESTERDAY), "routing_past", "valid_until"),
        (row("x", "0303"), "routing_ambiguous", "valid_from"),
        (row("x", "12", lead="C"), "routing_centre_leads", "lead"),
    ],
)
def test_what_may_not_be_published_is_refused_by_line_and_column_and_leaves_nothing(
    wrong: str, rule: str, column: str, api: Client, contents: Contents
) -> None:
    save(api, body=text(HOLE, wrong))
    before = contents.read()
    for path, body in ((PUBLICATION, {}), (TRIAL, {"days": 1})):
        problem = refused(api.post(path, body, by=ADMIN), 400, "Invalid", rule)
        assert (problem["facts"]["line"], problem["facts"]["column"]) == (3, column)
    assert contents.read() == before


def test_a_rule_that_is_never_heard_is_refused(api: Client) -> None:
    save(api, body=text(HOLE, *(row(f"s{severity}", "0303", low=severity, high=severity) for severity in (1, 2, 3))))
    problem = refused(api.post(PUBLICATION, {}, by=ADMIN), 400, "Invalid", "routing_hidden")
    assert problem["facts"] == {"line": 2, "column": "severity_min", "others": "3, 4, 5"}


def test_what_is_no_draft_is_refused(api: Client) -> None:
    refused(save(api, body=b"id\n"), 400, "Invalid", "reference_columns")
    refused(save(api, body=text(row("x", "030"))), 400, "Invalid", "reference_cell")
    refused(save(api, body=b"x" * 300_000), 413, "TooLarge", "body_too_large")
    answer = api.send("PUT", DRAFT, by=ADMIN, body=SHIPPED)
    refused(answer, 415, "UnsupportedMediaType", "media_type")
    put = api.send("PUT", "/reference/routing", by=ADMIN, body=SHIPPED, headers={"Content-Type": "text/csv"})
    refused(put, 409, "Conflict", "routing_by_draft")


@pytest.mark.parametrize(
    "body",
    [{}, {"days": 0}, {"days": 7.5}, {"days": 1, "limit": 501}, {"days": 1, "as_of": "tomorrow"}, {"days": 1, "x": 1}],
)
def test_a_trial_that_makes_no_sense_is_refused(body: dict[str, object], api: Client) -> None:
    save(api, body=text(HOLE))
    refused(api.post(TRIAL, body, by=ADMIN), 400, "Invalid", "malformed")


def test_a_trial_looks_back_as_far_as_the_township_allows(api: Client) -> None:
    save(api, body=text(HOLE))
    assert refused(api.post(TRIAL, {"days": 93}, by=ADMIN), 400, "Invalid", "routing_trial_span")["facts"] == {
        "most": 92
    }
    refused(api.post(TRIAL, {"days": 7, "cursor": "x"}, by=ADMIN), 400, "Invalid", "bad_cursor")
