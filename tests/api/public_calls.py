"""Calls about what everybody may see: who may make them, and one of each operation that succeeds."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.photos import ContentType, Findings, Photo, Purpose
from chalicelib.domain.reports.model import Status
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, COURIER, GRID_MEMBER, VILLAGE, VILLAGER

type Call = Callable[[Client, Actor | None, str], Answer]

FREE: dict[str, Any] = {"free_of": ["faces", "plates", "waybills", "interiors"]}
HERE = {"lat": 24.6085, "lon": 117.9795, "crs": "wgs84"}
HOLE = {"text": "路面有个大坑", "kind": "0303", "location": HERE}
VILLAGE_POST = Post(Role.VILLAGE, VILLAGE)
VERIFIED: dict[str, Any] = {"status": Status.WITH_VILLAGE, "holder": VILLAGE_POST, "verified_by": "grid_member"}
LED = VERIFIED | {"status": Status.IN_HANDLING, "holder": Post(Role.DEPARTMENT, "D04"), "department": "D04"}


def photographed(report_id: str, purpose: Purpose = Purpose.BEFORE, by: str = COURIER.id) -> Photo:
    """The report has a good photo, if it had none yet."""
    from chalicelib.domain import photos as rules
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import photos

    (photo,) = rules.declare(report_id, [(purpose, ContentType.JPEG)], by=by, now=datetime.now(UTC))
    if known := photos.find(report_id, photo.id):
        return known
    photos.declare([photo], transaction := Transaction())
    transaction.commit()
    ready = rules.ready(photo, Findings(sha256="0" * 64, width=800, height=600, sizes=(320, 1024)))
    photos.settle(ready)
    return ready


def drawn(report_id: str, photo_id: str = "before-1") -> None:
    """The worker has drawn the public copies."""
    from chalicelib.store.reports import photos, publications

    photo = photos.find(report_id, photo_id)
    assert photo and photo.publication and publications.note_drawn(photo, photo.publication.number)


def put(api: Client, path: str, body: Any, by: Actor | None, headers: Mapping[str, str] | None = None) -> Answer:
    """PUT a JSON body."""
    return api.send("PUT", path, by=by, body=json.dumps(body), headers=headers)


def mark(api: Client, by: Actor | None, id: str) -> Answer:
    photographed(id)
    return put(api, f"/reports/{id}/photos/before-1/publication", FREE, by)


def unmark(api: Client, by: Actor | None, id: str) -> Answer:
    if by and mark(api, CENTRE, id).status != 200:
        raise AssertionError("the centre marks anything")
    return api.send("DELETE", f"/reports/{id}/photos/before-1/publication", by=by)


def verified(api: Client) -> str:
    """A report that was found true."""
    from chalicelib.store.quotas import QuotaItem

    for item in QuotaItem.query(COURIER.id):
        item.delete()
    id: str = api.post("/reports", HOLE, by=COURIER).json["id"]
    body = {"action": "verify", "basis": "on_site", "outcome": "to_village"}
    answer = api.post(f"/reports/{id}/actions", body, by=GRID_MEMBER)
    assert answer.status == 200, answer.text
    return id


def linked(api: Client, id: str = "", by: Actor = COURIER) -> str:
    """The address of the public page of a report, a new one by default."""
    answer = api.post(f"/reports/{id or verified(api)}/public-link", {}, by=by)
    assert answer.status == 200, answer.text
    path: str = answer.json["path"]
    return path.removeprefix("/v1")


def ticket(report_id: str, *, page: int = 0, expires_in: timedelta = timedelta(days=1)) -> str:
    """The address of a page by a token that this product has signed."""
    from chalicelib.domain.reports.page_links import Ticket, written

    made = Ticket(report_id=report_id, page=page, expires_at=datetime.now(UTC) + expires_in)
    return f"/p/{written(made, b'pages')}"


def show(path: str = "") -> Call:
    return lambda api, by, _: api.get(linked(api) + path, by=by)


def link(method: str) -> Call:
    return lambda api, by, id: api.send(method, f"/reports/{id}/public-link", by=by)


def outcome(api: Client, by: Actor | None, id: str) -> Answer:
    write_history(id)
    return api.get(f"/reports/{id}/outcome", by=by)


def write_history(report_id: str) -> None:
    """The first line of a report that a test has put into the store."""
    from chalicelib.domain.events import event
    from chalicelib.domain.reports.model import Action, Change
    from chalicelib.store import history
    from chalicelib.store.base import Transaction
    from chalicelib.store.reports import reports

    report = replace(reports.get(report_id), version=1)
    at = report.created_at
    line = Change(report=report, before=None, action=Action.SUBMIT, actor_id=COURIER.id, as_role="reporter", at=at)
    if not history.of(report_id):
        history.append(event(line), transaction := Transaction())
        transaction.commit()


PUBLICATION = "/reports/{report_id}/photos/{photo_id}/publication"
SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    f"PUT {PUBLICATION}": (mark, LED),
    f"PUT {PUBLICATION} at village": (mark, VERIFIED),
    f"DELETE {PUBLICATION}": (unmark, LED),
    "GET /reports/{report_id}/outcome": (outcome, LED),
    "POST /reports/{report_id}/public-link": (link("POST"), LED),
    "DELETE /reports/{report_id}/public-link": (link("DELETE"), LED),
    "GET /p/{token}": (show(), None),
    "GET /p/{token}/data": (show("/data"), None),
}


def with_photo(api: Client) -> str:
    """A report with a public photo."""
    id = verified(api)
    assert mark(api, VILLAGER, id).status == 200
    drawn(id)
    return id


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "publish_photo": lambda api, _: mark(api, VILLAGER, verified(api)),
    "unpublish_photo": lambda api, _: unmark(api, VILLAGER, verified(api)),
    "get_outcome": lambda api, _: api.get(f"/reports/{with_photo(api)}/outcome", by=COURIER),
    "give_page_link": lambda api, _: api.post(f"/reports/{verified(api)}/public-link", {}, by=COURIER),
    "close_page": lambda api, _: api.send("DELETE", f"/reports/{verified(api)}/public-link", by=CENTRE),
    "show_page": lambda api, _: api.get(linked(api, with_photo(api))),
    "get_page": lambda api, _: api.get(linked(api, with_photo(api)) + "/data"),
}
