"""Many reports in one batch, in few words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count

from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.bulk import Item
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Status
from chalicelib.domain.reports.terms import Basis, Outcome
from chalicelib.services.reports import bulk
from chalicelib.services.reports.bulk import Result
from chalicelib.store import history
from tests import bulk as many
from tests.builders import CENTRE, COURIER2, NOW, report

WRITE = "TransactWriteItems"
VERIFY = Command(action=Action.VERIFY, basis=Basis.PHOTO, outcome=Outcome.TO_CENTRE)
DISPATCH = Command(action=Action.DISPATCH, department="D04")
REMARK = Command(action=Action.COMMENT, text="已收到")
KEY = Key(caller_id=CENTRE.id, key="monday", fingerprint="f")


def filed(number: int, status: Status = Status.SUBMITTED, **changes: object) -> list[str]:
    """So many reports in the first grid."""
    ids = [f"r{each:02}" for each in range(number)]
    model = replace(report(status, counted=False, reporter_id=COURIER2.id), version=1, **changes)  # type: ignore[arg-type]
    many.put(replace(model, id=id) for id in ids)
    return ids


def items(ids: Sequence[str], command: Command, *, version: int | None = None) -> list[Item]:
    """The same to be done to each."""
    return [Item(report=id, version=version, command=command) for id in ids]


def act(
    asked: list[Item], *, by: Actor = CENTRE, key: Key | None = None, spent: Callable[[], bool] = lambda: False
) -> list[Result]:
    """The centre, unless told otherwise, does it."""
    return bulk.act(asked, key=key, by=by, now=NOW, spent=spent)


def statuses(results: list[Result]) -> list[str]:
    """How each stands, or the rule that refused it."""
    return [one.seen.report.status if one.seen else one.refusal.rule if one.refusal else "" for one in results]


def after(times: int) -> Callable[[], bool]:
    """Time for so many."""
    ticks = count()
    return lambda: next(ticks) >= times


def lines(id: str) -> list[Action]:
    """What its history says was done."""
    return [line.action for line in history.of(id)]
