"""Who takes part in the local pilot: invented posts, nobody real; phones with a prefix that no mobile has."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import count
from pathlib import Path

DATA = Path(__file__).parents[2] / "chalicelib" / "data"
TOWNSHIP, DISTRICT = "350211102", "350211"
FIRST_PHONE = 10000000001


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody of the pilot; `roles` are (role, scope), `villages` those on a courier's round."""

    id: str
    name: str
    phone: str
    roles: tuple[tuple[str, str], ...]
    employer: str = ""
    villages: tuple[str, ...] = ()


type Entry = tuple[str, str, tuple[tuple[str, str], ...]]


@cache
def people() -> dict[str, Member]:
    """Everyone, by the key the demo facts use."""
    phones = count(FIRST_PHONE)
    entries = [*_villagers(), *_town(), *_departments()]
    members = {key: _member(key, name, roles, next(phones)) for key, name, roles in entries}
    return _couriers(phones) | members


def _member(key: str, name: str, roles: tuple[tuple[str, str], ...], phone: int) -> Member:
    return Member(id=_id(key), name=name, phone=str(phone), roles=roles)


def _couriers(phones: Iterator[int]) -> dict[str, Member]:
    rounds = {"courier": _villages()[:1], "courier2": _villages()[1:]}
    return {
        key: Member(
            id=_id(key),
            name=f"试点快递员{number}",
            phone=str(next(phones)),
            roles=(("courier", _id(key)),),
            employer="试点快递公司",
            villages=tuple(village for village, _ in villages),
        )
        for number, (key, villages) in enumerate(rounds.items(), start=1)
    }


def _villagers() -> Iterator[Entry]:
    """A grid member for each village, who holds all its grids, and one of its staff."""
    for number, (village, name) in enumerate(_villages(), start=1):
        suffix = "" if number == 1 else str(number)
        grids = tuple(("grid_member", code) for code in _grids(village))
        yield f"grid_member{suffix}", f"{name}网格员", grids
        yield f"village{suffix}", f"{name}村居工作人员", (("village", village),)


def _town() -> Iterator[Entry]:
    yield "centre", "分拣中心值班员", (("centre", TOWNSHIP),)
    yield "committee", "镇党委值班员", (("committee", TOWNSHIP),)
    yield "district", "区级观察员", (("district", DISTRICT),)
    yield "auditor", "审计员", (("auditor", TOWNSHIP),)
    yield "admin", "系统管理员", (("admin", TOWNSHIP),)


def _departments() -> Iterator[Entry]:
    """One account a department; village and centre stand in the table as leads, not as departments."""
    with (DATA / "departments.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"].startswith("D"):
                yield f"department:{row['code']}", f"{row['zh']}经办人", (("department", row["code"]),)


@cache
def _villages() -> tuple[tuple[str, str], ...]:
    return tuple((area["code"], area["name"]) for area in _areas() if area["level"] == "village")


def _grids(village: str) -> Iterator[str]:
    return (area["code"] for area in _areas() if area["level"] == "grid" and area["parent"] == village)


@cache
def _areas() -> tuple[dict[str, str], ...]:
    collection = json.loads((DATA / "areas.geojson").read_text(encoding="utf-8"))
    return tuple(feature["properties"] for feature in collection["features"])


def _id(key: str) -> str:
    return f"pilot-{key.replace(':', '-').replace('_', '-').lower()}"
