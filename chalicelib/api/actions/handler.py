"""What village, department and co-handlers do; `proxy` where the centre records it for a body without an account."""

import msgspec

from chalicelib.api.actions.words import Act, DepartmentCode, Hours, Photos, ProxyBody
from chalicelib.api.shapes import NeededText, Text
from chalicelib.domain.reports.terms import ReturnReason


class Resolve(Act, frozen=True, kw_only=True, tag="resolve"):
    """It is solved: what the reporter and the public are told, and a photo afterwards or why there is none.

    `overrule`: why it is done without the parts of co-handlers that are not in."""

    text: NeededText = msgspec.field(name="answer")
    after_photos: Photos = ()
    no_photo_reason: Text = ""
    overrule: Text = ""
    proxy: ProxyBody | None = None


class Escalate(Act, frozen=True, kw_only=True, tag="escalate"):
    """The village cannot solve it."""

    text: NeededText = msgspec.field(name="reason")


class Accept(Act, frozen=True, kw_only=True, tag="accept"):
    """The department signs."""

    text: Text = msgspec.field(default="", name="note")
    proxy: ProxyBody | None = None


class Return(Act, frozen=True, kw_only=True, tag="return"):
    """The department sends the order back, while it may."""

    return_reason: ReturnReason = msgspec.field(name="reason")
    text: NeededText = msgspec.field(name="explanation")
    proxy: ProxyBody | None = None


class RequestReassign(Act, frozen=True, kw_only=True, tag="request_reassign"):
    """Somebody else should lead."""

    text: NeededText = msgspec.field(name="reason")
    proxy: ProxyBody | None = None


class RequestExtension(Act, frozen=True, kw_only=True, tag="request_extension"):
    """More time: `hours` of the class's clock."""

    hours: Hours
    text: NeededText = msgspec.field(name="reason")
    proxy: ProxyBody | None = None


class WithdrawRequest(Act, frozen=True, kw_only=True, tag="withdraw_request"):
    """The department does without what it asked for."""

    text: Text = msgspec.field(default="", name="note")
    proxy: ProxyBody | None = None


class MakeSafe(Act, frozen=True, kw_only=True, tag="make_safe"):
    """Fenced, evacuated, cut off: shown by a photo."""

    text: NeededText = msgspec.field(name="measures")
    after_photos: Photos
    proxy: ProxyBody | None = None


class Suspend(Act, frozen=True, kw_only=True, tag="suspend"):
    """It must wait: the department asks for it, the centre orders it."""

    text: NeededText = msgspec.field(name="cause")
    plan: NeededText
    proxy: ProxyBody | None = None


class Resume(Act, frozen=True, kw_only=True, tag="resume"):
    """The wait is over."""

    text: Text = msgspec.field(default="", name="note")
    proxy: ProxyBody | None = None


class AcceptPart(Act, frozen=True, kw_only=True, tag="accept_part"):
    """A co-handler signs its part; `department` where one speaks for several."""

    department: DepartmentCode | None = None
    text: Text = msgspec.field(default="", name="note")
    proxy: ProxyBody | None = None


class ReturnPart(Act, frozen=True, kw_only=True, tag="return_part"):
    """Not its part."""

    department: DepartmentCode | None = None
    text: NeededText = msgspec.field(name="reason")
    proxy: ProxyBody | None = None


class FilePart(Act, frozen=True, kw_only=True, tag="file_part"):
    """The part is done."""

    department: DepartmentCode | None = None
    text: NeededText = msgspec.field(name="result")
    after_photos: Photos = ()
    proxy: ProxyBody | None = None
