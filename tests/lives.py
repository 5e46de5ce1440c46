"""One report's life in few words, by the rules themselves, and the history it leaves."""

from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.events import Event, event
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reports.intake import Intake, submit
from chalicelib.domain.reports.model import Action, Change, Report
from chalicelib.domain.reports.terms import Basis, Outcome
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NOW, RULES, VILLAGER, WORKS, report
from tests.counting import columns
from tests.deeds import PHOTO, do, rung

A = Action
HOUR = timedelta(hours=1)


class Life:
    """A report from its intake on; each deed is appended to its history."""

    def __init__(self, kind: str | None = "0303", *, id: str = "r1", now: datetime = NOW, **changes: Any) -> None:
        intake = Intake(text="有问题", kind=kind, place=report().place, observed_at=None, photos=0, **changes)
        by = GRID_MEMBER if changes else COURIER
        self.changes: list[Change] = [submit(id, intake, by=by, now=now, rules=RULES)]

    @property
    def report(self) -> Report:
        """As it stands."""
        return self.changes[-1].report

    @property
    def lines(self) -> list[Event]:
        """Its history so far."""
        return [event(change) for change in self.changes]

    @property
    def columns(self) -> dict[str, list[tuple[str, str]]]:
        """The columns it is behind, each with days and bodies."""
        return columns(self.lines)

    def due(self) -> datetime:
        """The deadline of the stage it is in."""
        assert self.report.due_at
        return self.report.due_at

    def rings(self, now: datetime) -> "Life":
        """All that has fallen due by then."""
        self.changes += rung(self.report, now)
        return self

    def does(self, action: Action, by: Actor, now: datetime = NOW, **fields: Any) -> "Life":
        """Somebody does something."""
        self.changes.append(do(self.report, action, by, now=now, **fields))
        return self

    def verified(self, now: datetime = NOW, outcome: Outcome = Outcome.TO_CENTRE) -> "Life":
        """By the grid member."""
        fields: Any = {"basis": Basis.ON_SITE, "severity": 2, "outcome": outcome, "after_photos": PHOTO}
        return self.does(A.VERIFY, GRID_MEMBER, now, **fields)

    def dispatched(self, now: datetime = NOW, department: str = "D04", **fields: Any) -> "Life":
        """By the centre."""
        return self.does(A.DISPATCH, CENTRE, now, department=department, **fields)

    def handled(self) -> "Life":
        """Works and parks have signed it."""
        return self.verified().dispatched().does(A.ACCEPT, WORKS)

    def with_village(self) -> "Life":
        """Verified, and the village's to solve."""
        return self.verified(outcome=Outcome.TO_VILLAGE)

    def resolved(self, by: Actor = WORKS, now: datetime = NOW, **fields: Any) -> "Life":
        """Said to be solved, with a photo."""
        return self.does(A.RESOLVE, by, now, text="已修好", after_photos=PHOTO, **fields)

    def solved_in_village(self, now: datetime = NOW) -> "Life":
        """By the village, to be re-checked."""
        return self.with_village().resolved(VILLAGER, now)
