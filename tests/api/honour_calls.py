"""Calls about honours: who may make them (rows of the matrix), and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.people.model import Actor, Person, Post, Role
from chalicelib.domain.reference.calendar import local_day
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.people_calls import SINCE, new_phone
from tests.builders import AUDITOR, COMMITTEE, DISTRICT, TOWNSHIP, VILLAGE, actor

type Call = Callable[[Client, Actor | None, str], Answer]

CASE, YEAR = "/honours/applications/{person_id}", local_day(datetime.now(UTC))[:4]
COMMITTEE2 = actor("committee_too", (Role.COMMITTEE, TOWNSHIP))
APPLY = {"consent": 1, "public": 1, "statement": "愿意多为村里出力"}
FOR = "年度评议"


def known(one: Actor) -> None:
    """Somebody who may sign in."""
    from chalicelib.services.people import people

    villages = (VILLAGE,) if one.holds(Role.COURIER) else ()
    people.enrol(
        Person(id=one.id, name="试点快递员", phone=new_phone(), posts=one.posts, villages=villages, valid_from=SINCE)
    )


def new_courier() -> Actor:
    """A courier whom nobody has met."""
    id = f"honoured-{uuid4()}"
    known(one := Actor(id=id, posts=(Post(Role.COURIER, id),)))
    return one


def applied(api: Client) -> str:
    """The id of somebody who applied."""
    one = new_courier()
    assert api.post("/honours/application", APPLY, by=one).status == 200
    return one.id


def drawn(api: Client) -> str:
    """The id of an applicant whose evidence was drawn."""
    id = applied(api)
    assert step(api, id, "evidence", {}, COMMITTEE).status == 200
    return id


def recommended(api: Client) -> str:
    """The id of an applicant whom the second of the committee recommends."""
    id = drawn(api)
    known(COMMITTEE2)
    assert step(api, id, "recommendation", {"evidence": 1, "reason": "表现突出"}, COMMITTEE2).status == 200
    return id


def listed(api: Client) -> str:
    """The id of somebody on the reference list."""
    id = recommended(api)
    assert decide(api, id, COMMITTEE).status == 200
    return id


def step(api: Client, id: str, name: str, body: dict[str, Any], by: Actor | None) -> Answer:
    return api.post(f"/honours/applications/{id}/{name}", body, by=by)


def decide(api: Client, id: str, by: Actor | None, decision: str = "list") -> Answer:
    return step(api, id, "decision", {"decision": decision, "evidence": 1, "reason": "群众认可"}, by)


def sentinel(api: Client, by: Actor | None, _: str = "") -> Answer:
    """Name a sentinel, on a list that has room."""
    from chalicelib.store.honours.cases import HonourItem

    for item in HonourItem.query(f"sentinels:{TOWNSHIP}:{YEAR}"):
        item.delete()
    body = {"decision": "name", "person": drawn(api), "reason": "全年最多"}
    return api.post(f"/honours/sentinels/{YEAR}/decisions", body, by=by)


def look(path: str, **query: str) -> Call:
    return lambda api, by, _: api.get(path, by=by, **query)


def own_call(method: str, path: str = "/honours/application", body: str | None = None) -> Call:
    """By himself; a courier has applied before."""

    def call(api: Client, by: Actor | None, _: str) -> Answer:
        if by and by.holds(Role.COURIER, by.id):
            api.post("/honours/application", APPLY, by=by)
        return api.send(method, path, by=by, body=body)

    return call


def apply(api: Client, by: Actor | None, _: str) -> Answer:
    """For who may, after all of an earlier one is forgotten."""
    from chalicelib.store.honours import cases

    if by:
        cases.forget(by.id)
    return api.post("/honours/application", APPLY, by=by)


def of(made: Callable[[Client], str], path: str, **query: str) -> Call:
    """A look at a case."""
    return lambda api, by, _: api.get(path.format(id=made(api)), by=by, **query)


def reference_list(api: Client) -> Answer:
    """With somebody on it."""
    listed(api)
    return api.get("/honours/applications", by=DISTRICT, purpose=FOR, state="listed")


def year(api: Client) -> Answer:
    """The sentinels of this year, with somebody among them."""
    sentinel(api, COMMITTEE)
    return api.get(f"/honours/sentinels/{YEAR}", by=new_courier())


SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /honours/wordings": (look("/honours/wordings"), None),
    "POST /honours/application": (apply, None),
    "GET /honours/application": (own_call("GET"), None),
    "PUT /honours/application/publicity": (
        own_call("PUT", "/honours/application/publicity", '{"consent": null}'),
        None,
    ),
    "DELETE /honours/application": (own_call("DELETE"), None),
    "GET /honours/applications": (look("/honours/applications", purpose=FOR), None),
    "GET /honours/applications listed": (look("/honours/applications", purpose=FOR, state="listed"), None),
    f"GET {CASE}": (of(drawn, "/honours/applications/{id}", purpose=FOR), None),
    f"POST {CASE}/evidence": (lambda api, by, _: step(api, applied(api), "evidence", {}, by), None),
    f"GET {CASE}/evidence/{{number}}": (of(drawn, "/honours/applications/{id}/evidence/1", purpose=FOR), None),
    f"POST {CASE}/recommendation": (
        lambda api, by, _: step(api, drawn(api), "recommendation", {"evidence": 1, "reason": "突出"}, by),
        None,
    ),
    f"POST {CASE}/decision": (lambda api, by, _: decide(api, recommended(api), by), None),
    "GET /honours/sentinels/{year}": (look(f"/honours/sentinels/{YEAR}"), None),
    "GET /honours/sentinels/{year}/record": (look(f"/honours/sentinels/{YEAR}/record", purpose=FOR), None),
    "POST /honours/sentinels/{year}/decisions": (sentinel, None),
    "GET /audit/honours": (look("/audit/honours"), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "get_honour_wordings": lambda api, _: api.get("/honours/wordings", by=COMMITTEE),
    "apply_for_honours": lambda api, _: api.post("/honours/application", APPLY, by=new_courier()),
    "get_my_honours": lambda api, id: own_call("GET")(api, new_courier(), id),
    "show_my_name": lambda api, id: SITUATIONS["PUT /honours/application/publicity"][0](api, new_courier(), id),
    "withdraw_from_honours": lambda api, id: own_call("DELETE")(api, new_courier(), id),
    "list_honour_cases": lambda api, _: reference_list(api),
    "get_honour_case": lambda api, _: api.get(f"/honours/applications/{listed(api)}", by=COMMITTEE, purpose=FOR),
    "draw_evidence": lambda api, _: step(api, applied(api), "evidence", {}, COMMITTEE),
    "get_evidence": lambda api, _: of(drawn, "/honours/applications/{id}/evidence/1", purpose=FOR)(api, AUDITOR, ""),
    "recommend_for_honours": lambda api, _: SITUATIONS[f"POST {CASE}/recommendation"][0](api, COMMITTEE, ""),
    "decide_on_honours": lambda api, _: decide(api, recommended(api), COMMITTEE),
    "list_sentinels": lambda api, _: year(api),
    "get_sentinels_record": lambda api, _: api.get(f"/honours/sentinels/{YEAR}/record", by=AUDITOR, purpose=FOR),
    "decide_on_sentinels": lambda api, _: sentinel(api, COMMITTEE),
    "audit_honours": lambda api, _: api.get("/audit/honours", by=AUDITOR, limit=2),
}
