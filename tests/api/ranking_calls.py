"""Calls about rankings: rows of the matrix, and one of each operation that succeeds."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from chalicelib.domain.people.model import Actor
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, COURIER, GRID, VILLAGE

type Call = Callable[[Client, Actor | None, str], Answer]

FROZEN = "2025-06"


def look(path: str, **query: str) -> Call:
    """GET it."""
    return lambda api, by, _: api.send("GET", path, by=by, query=query)


def corrected(api: Client, by: Actor | None, _: str = "") -> Answer:
    """What is different since a result was frozen: somebody's first points of the month came later."""
    from chalicelib.domain.people.membership import Membership
    from chalicelib.domain.points.scores import Score
    from chalicelib.domain.rankings.ranking import ordered
    from chalicelib.domain.rankings.results import Board
    from chalicelib.store.rankings import boards

    if boards.result(FROZEN) is None:
        at, members = datetime.now(UTC), {COURIER.id: Membership()}
        for honour, write in ((5, boards.freeze), (7, lambda board: boards.save(board, before=""))):
            rows = ordered([(COURIER.id, Score(honour=honour, solved=1, last_at=at))], members)
            write(Board(period=FROZEN, as_of=at, rows=tuple(rows)))
            at += timedelta(seconds=1)
    return api.send("GET", f"/rankings/{FROZEN}/corrections", by=by)


def put(api: Client, by: Actor | None, _: str = "") -> Answer:
    """Be shown, as by default."""
    return api.send("PUT", "/me/ranking", by=by, body=json.dumps({"shown": True}))


SITUATIONS: dict[str, tuple[Call, None]] = {
    "GET /rankings/{period}": (look("/rankings/2026-11"), None),
    "GET /rankings/{period} of village": (look("/rankings/2026-11", area=VILLAGE), None),
    "GET /rankings/{period} of grid": (look("/rankings/2026-11", area=GRID), None),
    "GET /rankings/{period} of employer": (look("/rankings/2026-11", employer="试点快递"), None),
    "GET /rankings/{period}/corrections": (corrected, None),
    "GET /me/ranking": (look("/me/ranking"), None),
    "PUT /me/ranking": (put, None),
}

CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "get_ranking": lambda api, _: api.get(f"/rankings/{FROZEN}", by=COURIER),
    "get_ranking_corrections": lambda api, _: corrected(api, CENTRE),
    "get_my_ranking_setting": lambda api, _: api.get("/me/ranking", by=COURIER),
    "set_my_ranking_setting": lambda api, _: put(api, COURIER),
}
