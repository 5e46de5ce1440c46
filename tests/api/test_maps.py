"""The map over HTTP: a report comes onto it and leaves it with what is done to it; cells as JSON and as GeoJSON."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.followers import queues
from chalicelib.domain.people.model import Actor
from chalicelib.domain.places import Crs, Point, distance, point_from
from chalicelib.domain.queues import Queue
from chalicelib.domain.reference.calendar import local_month
from chalicelib.gateways import cells
from tests.api.client import Client, refused
from tests.builders import CENTRE, COURIER, GRID, GRID_MEMBER, RULES, VILLAGE
from tests.mapping import CELL, HERE, OTHER, THERE, laid

PLACE = {"lat": HERE.lat, "lon": HERE.lon, "crs": "wgs84"}


def follow(report_id: str) -> None:
    """What the relay sends to the map is heard."""
    from chalicelib.services.maps import counting
    from chalicelib.store import history

    for event in history.of(report_id):
        if Queue.CELLS in queues(event):
            counting.follow(event)


def on_map(api: Client) -> dict[str, int]:
    """This month's counts by kind of the cell that the report lies in."""
    answer = api.send("GET", "/map/cells", by=CENTRE, query={"by": "kind"}).json
    return next((cell["counts"] for cell in answer["cells"] if cell["cell"] == CELL), {})


def act(api: Client, id: str, by: Actor, **body: Any) -> None:
    answer = api.post(f"/reports/{id}/actions", body, by=by)
    assert answer.status == 200, answer.text
    follow(id)


def submitted(api: Client, kind: str | None = "0303") -> str:
    from chalicelib.store.quotas import QuotaItem

    for item in QuotaItem.query(COURIER.id):
        item.delete()
    body = {"text": "路面有个大坑", "location": PLACE} | ({"kind": kind} if kind else {})
    id: str = api.post("/reports", body, by=COURIER).json["id"]
    follow(id)
    return id


@pytest.fixture(autouse=True)
def empty(api: Client) -> None:
    """Nothing lies on the map."""
    from chalicelib.store.maps.cells import CellItem

    for item in CellItem.scan():
        item.delete()


def test_a_report_leaves_the_map_when_it_is_rejected_and_comes_back_when_that_is_objected_to(api: Client) -> None:
    id = submitted(api)
    assert on_map(api) == {"0303": 1}
    act(api, id, GRID_MEMBER, action="reject", reason="not_found")
    assert on_map(api) == {}
    act(api, id, COURIER, action="object", reason="还在那里")
    assert on_map(api) == {"0303": 1}


def test_a_duplicate_is_counted_with_its_main_report_alone(api: Client) -> None:
    main, other = submitted(api), submitted(api)
    assert on_map(api) == {"0303": 2}
    act(api, other, GRID_MEMBER, action="merge", main=main)
    assert on_map(api) == {"0303": 1}
    act(api, other, CENTRE, action="unmerge", reason="不是同一处")
    assert on_map(api) == {"0303": 2}


def test_what_is_classified_comes_onto_the_map_and_what_turns_out_secret_leaves_it(api: Client) -> None:
    id = submitted(api, kind=None)
    assert on_map(api) == {}
    act(api, id, GRID_MEMBER, action="verify", basis="on_site", kind="0303", outcome="to_centre")
    assert on_map(api) == {"0303": 1}
    act(api, id, CENTRE, action="reclassify", kind="0304", reason="改类")
    assert on_map(api) == {"0304": 1}
    act(api, id, CENTRE, action="relocate", grid=f"{VILLAGE}002")
    assert on_map(api) == {"0304": 1}  # another grid's matter, at the same place
    act(api, id, CENTRE, action="reclassify", kind="0801", reason="涉密")
    assert on_map(api) == {}


def test_who_withdraws_his_report_takes_it_off_the_map(api: Client) -> None:
    id = submitted(api)
    act(api, id, COURIER, action="withdraw")
    assert on_map(api) == {}


@pytest.mark.parametrize("crs", list(Crs))
def test_a_cell_lies_where_the_asked_system_has_it(api: Client, crs: Crs) -> None:
    laid({"0303": 3}, month=local_month(datetime.now(UTC)))
    (cell,) = api.get("/map/cells", by=CENTRE, crs=crs).json["cells"]
    middle = point_from(cell["centre"]["lat"], cell["centre"]["lon"], crs=crs)
    hexagon = cells.hexagon(CELL)
    assert cell["cell"] == CELL and distance(middle, hexagon.centre) < 1
    for corner, true in zip(cell["boundary"], hexagon.corners, strict=True):
        assert distance(point_from(corner["lat"], corner["lon"], crs=crs), true) < 1
    shift = distance(Point(**cell["centre"]), hexagon.centre)
    assert shift < 1 if crs is Crs.WGS84 else 500 < shift < 700


def test_geojson_says_the_same_as_json(api: Client) -> None:
    month = local_month(datetime.now(UTC))
    laid({"0303": 3, "0201": 1}, month=month)
    laid({"0303": 2}, point=THERE, month=month)
    query = {"by": "kind", "crs": "gcj02"}
    plain = api.send("GET", "/map/cells", by=CENTRE, query=query).json
    answer = api.send("GET", "/map/hexagons", by=CENTRE, query=query)
    assert answer.headers["Content-Type"] == "application/geo+json" and answer.headers["ETag"]
    made = answer.json
    assert made["type"] == "FeatureCollection"
    assert made["properties"] == {name: value for name, value in plain.items() if name != "cells"}
    assert [feature["id"] for feature in made["features"]] == sorted([CELL, OTHER])
    for feature, cell in zip(made["features"], plain["cells"], strict=True):
        (ring,) = feature["geometry"]["coordinates"]
        assert ring == [[corner["lon"], corner["lat"]] for corner in (*cell["boundary"], cell["boundary"][0])]
        assert feature["properties"] == {"count": cell["count"], "counts": cell["counts"]}
        assert (feature["type"], feature["geometry"]["type"]) == ("Feature", "Polygon")


def test_codes_are_named_in_both_languages(api: Client) -> None:
    laid({"0303": 3, "0201": 3})
    answer = api.get("/map/cells", by=COURIER, **{"from": "2026-10", "until": "2026-10"}).json
    named = {code: RULES.taxonomy.groups[code] for code in ("02", "03")}
    assert {name["code"]: (name["name"], name["name_en"]) for name in answer["names"]} == named
    assert not answer["exact"] and (answer["from"], answer["until"]) == ("2026-10", "2026-10")


@pytest.mark.parametrize(
    ("query", "status", "code", "rule"),
    [
        ({"group": "03", "kind": "0303"}, 400, "Invalid", "malformed"),
        ({"from": "2026-13"}, 400, "Invalid", "malformed"),
        ({"from": "2026-10-01"}, 400, "Invalid", "malformed"),  # whole months alone
        ({"until": "9999-12"}, 403, "Forbidden", "month_not_over"),
        ({"from": "2020-01"}, 400, "Invalid", "too_many_months"),
        ({"from": "2026-09", "until": "2026-08"}, 400, "Invalid", "months_reversed"),
        ({"kind": "0801"}, 400, "Invalid", "never_mapped"),
        ({"kind": "9999"}, 400, "Invalid", "unknown_kind"),
        ({"area": "350211102999"}, 400, "Invalid", "unknown_area"),
        ({"cursor": "x"}, 400, "Invalid", "bad_cursor"),
        ({"limit": "1001"}, 400, "Invalid", "malformed"),
        ({"days": "3"}, 400, "Invalid", "malformed"),
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(api: Client, query: dict[str, str], status: int, code: str, rule: str) -> None:
    for path in ("/map/cells", "/map/hexagons"):
        refused(api.send("GET", path, by=COURIER, query=query), status, code, rule)


def test_a_gap_lies_in_a_grid_and_says_how_many_couriers_come_by(api: Client) -> None:
    from chalicelib.store.people import people

    people.put(replace(people.get(COURIER.id), villages=(VILLAGE,)))
    answer = api.get("/map/gaps", by=CENTRE, crs="gcj02", limit=1000).json
    assert {cell["village"] for cell in answer["cells"]} == {VILLAGE}
    here = next(cell for cell in answer["cells"] if cell["cell"] == CELL)
    assert (here["grid"], here["couriers"], here["last_day"], here["days"]) == (GRID, 1, None, None)
    assert {village["village"] for village in answer["unvisited"]} == {"350211102003", "350211102004"}
    follow(submitted(api))
    after = api.get("/map/gaps", by=CENTRE, limit=1000, days=1).json
    assert CELL not in {cell["cell"] for cell in after["cells"]} and len(after["cells"]) == len(answer["cells"]) - 1
