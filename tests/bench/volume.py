"""What grows with numbers: a month's figures, and one line of a report that fifty others reported too."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.bench.calls import Calls, counted

JOINED = 50
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
MAIN = "volume-0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """The calls of each; `told` is of the whole line, to all who joined."""

    figures: Calls
    told: Calls


def measure() -> Volume:
    """Files fifty-one reports of one matter in the store of `setting.store`, and asks for the month's figures."""
    from chalicelib.domain.figures.figures import By
    from chalicelib.services.figures import figures, indicators
    from chalicelib.services.reports import contributors
    from chalicelib.store import history
    from tests.builders import CENTRE

    _merge_all()
    line = history.of(MAIN)[-1]
    with counted() as told:
        contributors.follow(line, now=NOW)
    figures.recount(MAIN)
    question = indicators.Question(by=By.VILLAGE, first="2026-11-01", last="2026-11-30")
    with counted() as asked:
        indicators.ask(question, by=CENTRE, now=NOW)
    return Volume(figures=asked, told=told)


def _merge_all() -> None:
    from chalicelib.domain.reports.model import Action
    from chalicelib.domain.reports.terms import Basis, Outcome
    from chalicelib.services.reports import intake
    from tests.builders import CENTRE, GRID_MEMBER, draft

    for number in range(JOINED + 1):
        id, at = f"volume-{number}", NOW + timedelta(seconds=number)
        intake.accept(id, draft(), key=None, by=_courier(f"{id}-courier"), now=at)
        if number:
            _act(id, Action.MERGE, CENTRE, main=MAIN)
    _act(MAIN, Action.VERIFY, GRID_MEMBER, basis=Basis.ON_SITE, outcome=Outcome.TO_VILLAGE)


def _courier(id: str) -> Any:
    from chalicelib.domain.people.model import Role
    from tests.builders import actor

    return actor(id, (Role.COURIER, id))


def _act(id: str, action: Any, by: Any, **fields: Any) -> None:
    from chalicelib.domain.reports.commands import Command
    from chalicelib.services.reports import reports

    reports.act(id, Command(action=action, **fields), version=None, key=None, by=by, now=NOW + timedelta(minutes=5))
