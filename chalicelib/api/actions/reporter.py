"""What a reporter does with his report."""

import msgspec

from chalicelib.api.actions.words import Act
from chalicelib.api.shapes import NeededText, Text
from chalicelib.domain.reports.terms import Basis


class Object(Act, frozen=True, kw_only=True, tag="object"):
    """It should not have been rejected: once, within a week."""

    text: NeededText = msgspec.field(name="reason")


class SupplyInfo(Act, frozen=True, kw_only=True, tag="supply_info"):
    """What was asked for."""

    text: NeededText


class AddInfo(Act, frozen=True, kw_only=True, tag="add_info"):
    """More is known."""

    text: NeededText


class Withdraw(Act, frozen=True, kw_only=True, tag="withdraw"):
    """The reporter takes it back."""

    text: Text = msgspec.field(default="", name="note")


class Confirm(Act, frozen=True, kw_only=True, tag="confirm"):
    """The re-checker saw that it is solved, and how (`basis`); or the reporter's three answers; or the centre confirms
    a false report."""

    basis: Basis | None = None
    contacted: bool | None = None
    solved: bool | None = None
    satisfied: bool | None = None
    text: Text = msgspec.field(default="", name="note")


class Reopen(Act, frozen=True, kw_only=True, tag="reopen"):
    """It is not solved."""

    text: NeededText = msgspec.field(name="reason")
