"""Calls about teams, and rounds over grids: who may make them, and one of each operation that succeeds."""

import json
from collections.abc import Callable
from typing import Any

from chalicelib.domain.people.model import Actor
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.honour_calls import look, new_courier
from tests.builders import CENTRE, COURIER, GRID

type Call = Callable[[Client, Actor | None, str], Answer]

LEGAL: dict[str, Any] = {"kind": "legal", "name": "法律服务队", "name_en": "Legal help", "grids": [GRID], "most": 9}
ONE = {"roles": ["member"]}


def found(api: Client, by: Actor | None = CENTRE) -> Answer:
    return api.post("/teams", LEGAL, by=by)


def team(api: Client) -> str:
    """The id of a new team."""
    id: str = found(api).json["id"]
    return id


def with_member(api: Client, who: Actor | None = None) -> tuple[str, Actor]:
    """A new team with one member, somebody new if nobody is named."""
    member, id = who or new_courier(), team(api)
    assert api.post(f"/teams/{id}/members", ONE | {"person": member.id}, by=CENTRE).status == 200
    return id, member


def asked(api: Client) -> tuple[str, str]:
    """A new team, and who wants to be in it."""
    id, who = team(api), new_courier()
    assert api.post(f"/teams/{id}/applications", ONE, by=who).status == 200
    return id, who.id


def of(call: Callable[[Client, Actor | None, str], Answer]) -> Call:
    """The call on a new team."""

    def on_a_team(api: Client, by: Actor | None, _: str) -> Answer:
        return call(api, by, team(api))

    return on_a_team


def put(path: str, body: dict[str, Any]) -> Call:
    return lambda api, by, id: api.send("PUT", f"/teams/{id}{path}", by=by, body=json.dumps(body).encode())


def lead(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, member = with_member(api)
    return put("/leader", {"person": member.id})(api, by, id)


def apply(api: Client, by: Actor | None, _: str = "") -> Answer:
    """Somebody new who is what `by` is: who applies must be known."""
    if by and by.id.startswith("courier"):
        by = new_courier()
    return api.post(f"/teams/{team(api)}/applications", ONE, by=by)


def decide(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, who = asked(api)
    return api.post(f"/teams/{id}/applications/{who}/decision", {"accept": True, "reason": "欢迎"}, by=by)


def appoint(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/teams/{team(api)}/members", ONE | {"person": new_courier().id}, by=by)


def remove(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, member = with_member(api)
    return api.post(f"/teams/{id}/members/{member.id}/removal", {"reason": "调往别处"}, by=by)


def leave(api: Client, by: Actor | None, _: str = "") -> Answer:
    id, member = with_member(api)
    return api.post(f"/teams/{id}/departure", {}, by=member if by is COURIER else by)


def fit(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/map/overlap/couriers/{new_courier().id}", by=by)


SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /teams": (lambda api, by, _: found(api, by), None),
    "GET /teams": (look("/teams", kind="legal"), None),
    "GET /teams/{team_id}": (of(lambda api, by, id: api.get(f"/teams/{id}", by=by)), None),
    "PUT /teams/{team_id}": (of(put("", {"name": "改名", "name_en": "Renamed", "most": 5})), None),
    "POST /teams/{team_id}/dissolution": (
        of(lambda api, by, id: api.post(f"/teams/{id}/dissolution", {"reason": "合并"}, by=by)),
        None,
    ),
    "PUT /teams/{team_id}/leader": (lead, None),
    "GET /teams/{team_id}/ground": (of(lambda api, by, id: api.get(f"/teams/{id}/ground", by=by)), None),
    "GET /me/teams": (look("/me/teams"), None),
    "POST /teams/{team_id}/applications": (apply, None),
    "GET /teams/{team_id}/applications": (of(lambda api, by, id: api.get(f"/teams/{id}/applications", by=by)), None),
    "POST /teams/{team_id}/applications/{person_id}/decision": (decide, None),
    "POST /teams/{team_id}/members": (appoint, None),
    "POST /teams/{team_id}/members/{person_id}/removal": (remove, None),
    "POST /teams/{team_id}/departure": (leave, None),
    "GET /map/overlap": (look("/map/overlap"), None),
    "GET /map/overlap/couriers/{courier_id}": (fit, None),
    "GET /map/overlap/grids/{grid}": (look(f"/map/overlap/grids/{GRID}"), None),
}


def mine(api: Client) -> Answer:
    """What a courier is in, which is something."""
    _, member = with_member(api)
    return api.get("/me/teams", by=member)


def everybody(api: Client) -> Answer:
    """A team with a member, as the centre reads it."""
    id, _ = with_member(api)
    return api.get(f"/teams/{id}", by=CENTRE)


def waiting(api: Client) -> Answer:
    id, _ = asked(api)
    return api.get(f"/teams/{id}/applications", by=CENTRE)


def seen(api: Client) -> Answer:
    id, member = with_member(api)
    return api.get(f"/teams/{id}/ground", by=member)


def of_the_centre(row: str) -> Callable[[Client, str], Answer]:
    return lambda api, _: SITUATIONS[row][0](api, CENTRE, "")


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "found_team": lambda api, _: found(api),
    "list_teams": of_the_centre("GET /teams"),
    "get_team": lambda api, _: everybody(api),
    "change_team": of_the_centre("PUT /teams/{team_id}"),
    "dissolve_team": of_the_centre("POST /teams/{team_id}/dissolution"),
    "name_team_leader": lambda api, _: lead(api, CENTRE),
    "get_team_ground": lambda api, _: seen(api),
    "list_my_teams": lambda api, _: mine(api),
    "apply_to_team": lambda api, _: apply(api, COURIER),
    "list_team_applications": lambda api, _: waiting(api),
    "decide_on_team_application": lambda api, _: decide(api, CENTRE),
    "appoint_to_team": lambda api, _: appoint(api, CENTRE),
    "remove_from_team": lambda api, _: remove(api, CENTRE),
    "leave_team": lambda api, _: leave(api, COURIER),
    "get_overlap": of_the_centre("GET /map/overlap"),
    "get_courier_fit": lambda api, _: fit(api, CENTRE),
    "get_grid_fit": of_the_centre("GET /map/overlap/grids/{grid}"),
}
