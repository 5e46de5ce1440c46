"""What a client may ask to be done to a report: one Struct per action, told apart by `action`."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from chalicelib.api.shapes import KindCode, NeededText, Text
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action, Basis, Outcome, RejectReason

DepartmentCode = Annotated[str, Meta(pattern=r"^(D\d{2}|V)$")]
PhotoId = Annotated[str, Meta(min_length=1, max_length=40)]
Photos = Annotated[tuple[PhotoId, ...], Meta(max_length=9)]
Severity = Annotated[int, Meta(ge=1, le=4)]


class Verify(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="verify"):
    """It is true. Without `outcome`: the village where it leads or helps with the kind, else the centre."""

    basis: Basis
    outcome: Outcome | None = None
    severity: Severity | None = None
    kind: KindCode | None = None
    text: Text = msgspec.field(default="", name="note")
    after_photos: Photos = ()


class Reject(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="reject"):
    """It is not taken up."""

    reason: RejectReason
    text: Text = msgspec.field(default="", name="note")


class Resolve(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="resolve"):
    """It is solved: what the reporter and the public are told, and a photo afterwards or why there is none."""

    text: NeededText = msgspec.field(name="answer")
    after_photos: Photos = ()
    no_photo_reason: Annotated[str, Meta(max_length=500)] = ""


class Escalate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="escalate"):
    """The village cannot solve it."""

    text: NeededText = msgspec.field(name="reason")


class Dispatch(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="dispatch"):
    """One body leads (`V`: the village), others help."""

    department: DepartmentCode
    co_handlers: Annotated[tuple[DepartmentCode, ...], Meta(max_length=8)] = ()
    text: Text = msgspec.field(default="", name="instruction")


class Accept(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="accept"):
    """The department signs."""

    text: Text = msgspec.field(default="", name="note")


class Confirm(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="confirm"):
    """The re-checker saw that it is solved; or the reporter's three answers."""

    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None
    text: Text = msgspec.field(default="", name="note")


class Reopen(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="reopen"):
    """It is not solved."""

    text: NeededText = msgspec.field(name="reason")


class Withdraw(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="withdraw"):
    """The reporter takes it back."""

    text: Text = msgspec.field(default="", name="note")


class Comment(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="comment"):
    """A remark by staff; `internal` ones the reporter does not see."""

    text: NeededText
    internal: bool = False


class AddInfo(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action", tag="add_info"):
    """More is known."""

    text: NeededText


type AnyAction = (
    Verify | Reject | Resolve | Escalate | Dispatch | Accept | Confirm | Reopen | Withdraw | Comment | AddInfo
)


def command(asked: Any) -> Command:
    """The command that a decoded action is."""
    tag = type(asked).__struct_config__.tag
    return Command(action=Action(tag), **msgspec.structs.asdict(asked))
