"""Calls about who is cared for and who helped: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.api.people_calls import new_phone
from tests.builders import CENTRE, GRID, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

SERVICES = ["meal", "visit"]
TODAY = local_day(datetime.now(UTC))
CONSENT = {"giver": "own", "services": SERVICES, "version": 1, "given_on": TODAY}
ONE = "/beneficiaries/{beneficiary_id}"


def who(**changes: Any) -> dict[str, Any]:
    """Somebody whom nobody has entered."""
    personal = {
        "name": f"测试{uuid4().hex[:6]}",
        "phone": new_phone(),
        "contact_phone": "13900000002",
        "door": "测试路1号",
    }
    return {"personal": personal, "village": VILLAGE, "grid": GRID} | changes


def needed(api: Client, by: Actor | None = VILLAGER) -> Answer:
    return api.post("/beneficiaries", {**who(), "services": SERVICES, "grounds": ["alone"]}, by=by)


def raised(api: Client) -> dict[str, Any]:
    found: dict[str, Any] = needed(api).json
    return found


def act(api: Client, id: str, by: Actor | None, action: str, **body: Any) -> Answer:
    return api.post(f"/beneficiaries/{id}/actions", {"action": action, **body}, by=by)


def consent(api: Client, id: str, by: Actor | None = VILLAGER, **changes: Any) -> Answer:
    return api.post(f"/beneficiaries/{id}/consents", CONSENT | changes, by=by)


def active(api: Client) -> str:
    """The id of somebody whom visits may be made to."""
    one = raised(api)
    assert consent(api, one["id"]).status == 201
    assert act(api, one["id"], CENTRE, "assess", need=one["need"], services=SERVICES).status == 200
    id: str = one["id"]
    return id


def of_raised(action: str, **body: Any) -> Call:
    def call(api: Client, by: Actor | None, _: str) -> Answer:
        one = raised(api)
        return act(api, one["id"], by, action, need=one["need"], **body)

    return call


def of_active(action: str, **body: Any) -> Call:
    return lambda api, by, _: act(api, active(api), by, action, **body)


@cache
def _standing(api: Client) -> str:
    return active(api)


def listed(api: Client) -> Answer:
    """A page of a village's, behind which there are more."""
    active(api)
    return api.get("/beneficiaries", by=CENTRE, village=VILLAGE, limit=1)


def at(path: str = "", **query: Any) -> Call:
    """What is read of one who is there."""
    return lambda api, by, _: api.get(f"/beneficiaries/{_standing(api)}{path}", by=by, **query)


def edit(api: Client, by: Actor | None, _: str) -> Answer:
    import json

    one, body = raised(api), json.dumps(who())
    headers = {"If-Match": f'"{one["version"]}"', "Content-Type": "application/json"}
    return api.send("PUT", f"/beneficiaries/{one['id']}", by=by, body=body, headers=headers)


def unhurried() -> None:
    """All of it comes from one address, and within the hour."""
    from chalicelib.store.quotas import QuotaItem

    for item in QuotaItem.scan():
        if item.person_id.startswith(("address#", "family#")):
            item.delete()


def link(api: Client, by: Actor | None = VILLAGER) -> Answer:
    unhurried()
    return api.post(f"/beneficiaries/{_standing(api)}/family-link", {}, by=by)


def page(api: Client, by: Actor | None = None) -> Answer:
    return api.get(link(api).json["path"].removeprefix("/v1"), by=by)


def wish(api: Client, by: Actor | None = None, **sent: str) -> Answer:
    """A complaint by the page's own form."""
    path = link(api).json["path"].removeprefix("/v1")
    form = api.get(path).text.partition('name="form" value="')[2].partition('"')[0]
    body = urlencode({"form": form, "wish": "complain", "words": "饭凉了"} | sent)
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    return api.send("POST", path, by=by, body=body, headers=headers)


def complained(api: Client) -> str:
    """The id of a complaint."""
    assert wish(api).status == 200
    whole = api.get(f"/beneficiaries/{_standing(api)}", by=VILLAGER, purpose="处理意见").json
    return next(str(one["id"]) for one in whole["complaint_list"] if one["outcome"] == "open")


def answered(api: Client, by: Actor | None, _: str = "") -> Answer:
    return act(api, _standing(api), by, "answer", complaint=complained(api), outcome="put_right")


PAUSE = {"first": TODAY, "last": TODAY, "word": "village"}
LOOK_UP = {"phone": "13900000002"}
LINK = f"{ONE}/family-link"

SITUATIONS: dict[str, tuple[Call, None]] = {
    "POST /beneficiaries": (lambda api, by, _: needed(api, by), None),
    "GET /beneficiaries": (lambda api, by, _: api.get("/beneficiaries", by=by), None),
    "GET /beneficiaries of village": (lambda api, by, _: api.get("/beneficiaries", by=by, village=VILLAGE), None),
    "GET /beneficiaries/wordings": (lambda api, by, _: api.get("/beneficiaries/wordings", by=by), None),
    "POST /beneficiaries/look-up": (lambda api, by, _: api.post("/beneficiaries/look-up", LOOK_UP, by=by), None),
    f"GET {ONE}": (at(purpose="核对"), None),
    f"PUT {ONE}": (edit, None),
    f"POST {ONE}/actions want": (of_active("want", services=["medicine"], grounds=["alone"]), None),
    f"POST {ONE}/actions assess": (of_raised("assess", services=SERVICES), None),
    f"POST {ONE}/actions refuse": (of_raised("refuse", reason="not_needed"), None),
    f"POST {ONE}/actions withdraw": (of_active("withdraw", wish="own"), None),
    f"POST {ONE}/actions pause": (of_active("pause", **PAUSE), None),
    f"POST {ONE}/actions end": (of_active("end", ending="moved"), None),
    f"POST {ONE}/actions answer": (answered, None),
    f"POST {ONE}/consents": (lambda api, by, _: consent(api, raised(api)["id"], by), None),
    f"GET {ONE}/consents": (at("/consents", purpose="核对"), None),
    f"GET {ONE}/looks": (at("/looks"), None),
    f"POST {LINK}": (lambda api, by, _: link(api, by), None),
    "GET /f/{token}": (lambda api, by, _: page(api, by), None),
    "POST /f/{token}": (lambda api, by, _: wish(api, by), None),
    f"DELETE {LINK}": (lambda api, by, _: api.send("DELETE", f"/beneficiaries/{active(api)}/family-link", by=by), None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "raise_need": lambda api, _: needed(api),
    "list_beneficiaries": lambda api, _: (active(api), api.get("/beneficiaries", by=CENTRE, village=VILLAGE, limit=1))[
        1
    ],
    "list_care_wordings": lambda api, _: api.get("/beneficiaries/wordings", by=VILLAGER),
    "look_up_beneficiary": lambda api, _: api.post("/beneficiaries/look-up", LOOK_UP, by=VILLAGER),
    "get_beneficiary": lambda api, id: (complained(api), at(purpose="送餐")(api, VILLAGER, id))[1],
    "edit_beneficiary": lambda api, id: edit(api, VILLAGER, id),
    "act_on_beneficiary": lambda api, id: of_active("pause", **PAUSE)(api, VILLAGER, id),
    "record_consent": lambda api, _: consent(api, raised(api)["id"], scans=["image/jpeg"]),
    "list_consents": lambda api, id: at("/consents", purpose="核对")(api, CENTRE, id),
    "list_looks": lambda api, id: at("/looks")(api, VILLAGER, id),
    "give_family_link": lambda api, _: link(api),
    "take_family_link_back": lambda api, _: api.send(
        "DELETE", f"/beneficiaries/{active(api)}/family-link", by=VILLAGER
    ),
    "show_family_page": lambda api, _: page(api),
    "send_family_wish": lambda api, _: wish(api),
}
