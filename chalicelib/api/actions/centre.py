"""What the centre and the committee do."""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from chalicelib.api.actions.words import (
    Act,
    BodyCode,
    DepartmentCode,
    Helpers,
    Hours,
    Letter,
    Severity,
    SuggestionRead,
    Word,
)
from chalicelib.api.shapes import NeededText, Text
from chalicelib.domain.reports.terms import Ruling, Service, Watch


class Dispatch(Act, frozen=True, kw_only=True, tag="dispatch"):
    """One body leads (`V`: the village), others help; without both, as suggested: as `suggested` where that was read,
    and refused if another one holds by now. `letter`: of the committee, once a vertical body returned it."""

    department: DepartmentCode | None = None
    co_handlers: Helpers = ()
    letter: Letter = ""
    suggested: SuggestionRead | None = None
    text: Text = msgspec.field(default="", name="instruction")


class Reassign(Act, frozen=True, kw_only=True, tag="reassign"):
    """Another body leads from now on."""

    department: BodyCode
    co_handlers: Helpers = ()
    letter: Letter = ""
    text: NeededText = msgspec.field(name="reason")


class ReturnToVillage(Act, frozen=True, kw_only=True, tag="return_to_village"):
    """The village can solve it after all: once."""

    text: NeededText = msgspec.field(name="reason")


class Answer(Act, frozen=True, kw_only=True, tag="answer"):
    """The centre answers itself what it leads."""

    text: NeededText = msgspec.field(name="answer")


class Coordinate(Act, frozen=True, kw_only=True, tag="coordinate"):
    """A hard case: the committee coordinates."""

    text: NeededText = msgspec.field(name="reason")


class Transfer(Act, frozen=True, kw_only=True, tag="transfer"):
    """To 110, 119, 120 or 12345, with the number under which they took it; it counts as verified, as grave as said."""

    service: Service
    number: Word
    severity: Severity | None = None
    text: Text = msgspec.field(default="", name="note")


class CallIn(Act, frozen=True, kw_only=True, tag="call_in"):
    """Others are called to help, or who returned its part is told to do it; who leads stays."""

    co_handlers: Annotated[tuple[DepartmentCode, ...], Meta(min_length=1, max_length=8)]
    text: Text = msgspec.field(default="", name="instruction")


class TakeBack(Act, frozen=True, kw_only=True, tag="take_back"):
    """It comes back from where it was transferred."""

    text: NeededText = msgspec.field(name="reason")


class Cancel(Act, frozen=True, kw_only=True, tag="cancel"):
    """The centre withdraws it."""

    text: NeededText = msgspec.field(name="reason")


class Grant(Act, frozen=True, kw_only=True, tag="grant"):
    """What the department asked for; fewer `hours` than asked may be granted."""

    hours: Hours | None = None
    text: Text = msgspec.field(default="", name="note")


class Refuse(Act, frozen=True, kw_only=True, tag="refuse"):
    """Not what the department asked for."""

    text: NeededText = msgspec.field(name="reason")


class Decide(Act, frozen=True, kw_only=True, tag="decide"):
    """The committee decides: dispatch (`department`), the village, a wait (`plan`), or no solution, said in public.
    `day`: by the end of which local day whoever it orders is to be done."""

    decision: Ruling
    department: BodyCode | None = None
    co_handlers: Helpers = ()
    letter: Letter = ""
    plan: Text = ""
    day: date | None = None
    text: NeededText = msgspec.field(name="reason")


class Urge(Act, frozen=True, kw_only=True, tag="urge"):
    """Whoever holds it is asked to hurry."""

    text: NeededText


class Supervise(Act, frozen=True, kw_only=True, tag="supervise"):
    """The committee watches it."""

    watch: Watch
    text: NeededText
