"""What a client may ask to be done to a report: one Struct per action, told apart by `action`."""

from typing import Any

import msgspec

from chalicelib.api.actions import centre, handler, reporter, verifier
from chalicelib.domain.reference.calendar import day_end
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Proxy

type AnyAction = (
    verifier.Verify
    | verifier.Reject
    | verifier.AskInfo
    | verifier.Comment
    | verifier.Claim
    | verifier.Assign
    | verifier.HandOver
    | verifier.Relocate
    | verifier.Reclassify
    | verifier.Merge
    | verifier.Unmerge
    | reporter.Object
    | reporter.SupplyInfo
    | reporter.AddInfo
    | reporter.Withdraw
    | reporter.Confirm
    | reporter.Reopen
    | centre.Dispatch
    | centre.Reassign
    | centre.ReturnToVillage
    | centre.Answer
    | centre.Coordinate
    | centre.Transfer
    | centre.CallIn
    | centre.TakeBack
    | centre.Cancel
    | centre.Grant
    | centre.Refuse
    | centre.Decide
    | centre.Urge
    | centre.Supervise
    | handler.Resolve
    | handler.Escalate
    | handler.Accept
    | handler.Return
    | handler.RequestReassign
    | handler.RequestExtension
    | handler.WithdrawRequest
    | handler.MakeSafe
    | handler.Suspend
    | handler.Resume
    | handler.AcceptPart
    | handler.ReturnPart
    | handler.FilePart
)


def command(asked: Any) -> Command:
    """The command that a decoded action is."""
    fields = msgspec.structs.asdict(asked)
    if proxy := fields.get("proxy"):
        fields["proxy"] = Proxy(**msgspec.structs.asdict(proxy))
    if fields.get("hours", 0.0) is None:
        del fields["hours"]
    if read := fields.get("suggested"):
        fields["suggested"] = msgspec.structs.astuple(read)
    if day := fields.pop("day", None):
        fields["finish_by"] = day_end(day)
    return Command(action=Action(type(asked).__struct_config__.tag), **fields)
