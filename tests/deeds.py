"""What people and the clock do to reports, and how it is refused, in few words."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.domain.errors import DomainError
from chalicelib.domain.people.model import Actor, Person, Role
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.domain.reports.acts import ALONE, act, open_actions
from chalicelib.domain.reports.commands import Around, Command
from chalicelib.domain.reports.falling_due import fall_due
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.terms import Proxy
from tests.builders import CENTRE, NOW, RULES, actor, report

FIRE = actor("fire", (Role.DEPARTMENT, "D06"))  # vertical, without accounts
MARKET = actor("market", (Role.DEPARTMENT, "D09"))  # vertical, with accounts
POWER = actor("power", (Role.DEPARTMENT, "D18"))
CIVIL = actor("civil", (Role.DEPARTMENT, "D10"))
PROXY = Proxy(person="值班员", phone="05926030119", at=NOW, letter="函〔2026〕7号")
PHOTO = ("after-1",)

type Fields = dict[str, Any]  # what a command carries


def local(month: int, day: int, hour: int = 0, minute: int = 0, *, year: int = 2026) -> datetime:
    """A moment of the township's time, in UTC."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


def do(
    held: Report,
    action: Action,
    by: Actor,
    *,
    now: datetime = NOW,
    around: Around = ALONE,
    rules: Rulebook = RULES,
    **fields: Any,
) -> Change:
    """One action on a report."""
    return act(held, Command(action=action, **fields), by=by, now=now, rules=rules, around=around)


def refusal(held: Report, action: Action, by: Actor, **fields: Any) -> tuple[type[DomainError], str]:
    """The class and the rule that refuse it."""
    with pytest.raises(DomainError) as refused:
        do(held, action, by, **fields)
    return type(refused.value), refused.value.rule


def offered(held: Report, by: Actor, now: datetime = NOW) -> list[Action]:
    """What is open to somebody."""
    return open_actions(held, by=by, now=now, rules=RULES)


def rung(held: Report, now: datetime, rules: Rulebook = RULES) -> list[Change]:
    """All that has fallen due by `now`, one after the other."""
    changes: list[Change] = []
    while change := fall_due(changes[-1].report if changes else held, now=now, rules=rules):
        changes.append(change)
        assert len(changes) < 50
    return changes


def person(someone: Actor) -> Person:
    """Somebody as Fenjian knows him."""
    return Person(id=someone.id, name="", phone="", posts=someone.posts, valid_from=NOW)


def dispatched(department: str = "D04", *helpers: str, kind: str = "0303", now: datetime = NOW) -> Report:
    """Sorted by the centre: this body leads, others help."""
    waiting = report(Status.WITH_CENTRE, kind=kind, entered_at=now, created_at=now)
    return do(waiting, Action.DISPATCH, CENTRE, department=department, co_handlers=helpers, now=now).report


def handled(*helpers: str, kind: str = "0303", now: datetime = NOW) -> Report:
    """Works and parks have signed it."""
    works = actor("works", (Role.DEPARTMENT, "D04"))
    return do(dispatched("D04", *helpers, kind=kind, now=now), Action.ACCEPT, works, now=now).report
