"""What is decided on a finding over HTTP: one Struct per action, told apart by `action`."""

from typing import TYPE_CHECKING, Annotated

from msgspec import Meta, Struct

from chalicelib.api.shapes import NeededText
from chalicelib.domain.fraud.terms import Judgement, Penalty

if TYPE_CHECKING:
    from chalicelib.domain.fraud.decisions import Order

ReportIds = Annotated[tuple[Annotated[str, Meta(min_length=1, max_length=100)], ...], Meta(max_length=5)]
Days = Annotated[int, Meta(ge=1, le=30)]


class FindingAct(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="action"):
    """Something decided on a finding, and why: the person it is about reads the reason."""

    reason: NeededText


class DismissFinding(FindingAct, frozen=True, kw_only=True, tag="dismiss"):
    """There is nothing in it."""


class WarnPerson(FindingAct, frozen=True, kw_only=True, tag="warn"):
    """A warning, as for a first false report. The reports named in `forfeit` lose what they gave."""

    forfeit: ReportIds = ()


class FreezeWallet(FindingAct, frozen=True, kw_only=True, tag="freeze"):
    """Nothing is redeemed for so many `days`; then it ends by itself. Another decision may follow."""

    days: Days
    forfeit: ReportIds = ()


class PenalisePerson(FindingAct, frozen=True, kw_only=True, tag="penalise"):
    """Points are taken: by P91 for a false report after an earlier warning, by P92 for deceit."""

    rule: Penalty
    forfeit: ReportIds = ()


class HearAppeal(FindingAct, frozen=True, kw_only=True, tag="hear"):
    """Uphold an appeal, which lifts all that was decided, or refuse it: by somebody else than who decided."""

    upheld: bool


type AnyFindingAction = DismissFinding | WarnPerson | FreezeWallet | PenalisePerson | HearAppeal


def order(asked: DismissFinding | WarnPerson | FreezeWallet | PenalisePerson) -> "Order":
    """The order that a decoded action is."""
    from chalicelib.domain.fraud.decisions import Order

    match asked:
        case DismissFinding():
            return Order(deed=Judgement.DISMISS, reason=asked.reason)
        case WarnPerson():
            return Order(deed=Judgement.WARN, reason=asked.reason, forfeit=asked.forfeit)
        case FreezeWallet():
            return Order(deed=Judgement.FREEZE, reason=asked.reason, days=asked.days, forfeit=asked.forfeit)
        case PenalisePerson():
            return Order(deed=Judgement.PENALISE, reason=asked.reason, penalty=asked.rule, forfeit=asked.forfeit)
