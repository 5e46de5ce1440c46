"""The shapes of sign-ups over HTTP: where somebody stands with a slot, what he was there for, and his hours."""

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from chalicelib.api import slot_shapes
from chalicelib.api.shapes import Instant
from chalicelib.api.slot_shapes import SlotView
from chalicelib.domain.places import Crs
from chalicelib.domain.volunteering.terms import Doubt, SignUpState, VolunteerKind

if TYPE_CHECKING:
    from chalicelib.domain.volunteering.attendance import Scan, SignUp
    from chalicelib.services.volunteering.slots import Attendance, Seen


class SlotScanView(Struct, frozen=True, kw_only=True):
    """When and how far from the place somebody was there; with a `doubt`, his `reason`. An offline phone told it later,
    at `told_at`."""

    at: Instant
    told_at: Instant
    metres: int | None
    doubt: Doubt | None
    reason: str


class CheckPointView(Struct, frozen=True, kw_only=True):
    """A check point that was passed, the first is number 1."""

    number: int
    scan: SlotScanView
    note: str


class SignUpView(Struct, frozen=True, kw_only=True):
    """Where one volunteer stands with one slot. `minutes` is what counts by now; `title` is empty of what is
    confidential. `free_to_leave`: it changed after he signed up, and leaving is never late."""

    slot_id: str
    courier_id: str
    kind: VolunteerKind
    village: str
    title: str
    title_en: str
    start: Instant
    end: Instant
    state: SignUpState
    at: Instant
    free_to_leave: bool
    check_in: SlotScanView | None
    check_out: SlotScanView | None
    passed: list[CheckPointView]
    minutes: int
    confirmed_at: Instant | None
    reason: str


class AttendanceView(SignUpView, frozen=True, kw_only=True):
    """A sign-up as staff see it: `measured` is what the codes say, null where one is missing; `name` is masked except
    for the centre; `disputed` is what the courier says, `doubtful` asks whoever confirms to vouch."""

    name: str
    measured: int | None
    doubtful: bool
    disputed: str


class SlotStanding(SlotView, frozen=True, kw_only=True):
    """A slot with the caller's own sign-up; `runs`: the caller is of its staff. `place_in_line`: how many wait before
    him, himself with them; null where he does not wait."""

    own: SignUpView | None
    runs: bool
    place_in_line: int | None


class SignUpViews(Struct, frozen=True, kw_only=True):
    """Some sign-ups; `cursor` asks for the next ones, null at the end."""

    sign_ups: list[SignUpView]
    cursor: str | None


def standing(seen: "Seen", crs: Crs, courier_id: str) -> SlotStanding:
    """The slot with the caller's own sign-up."""
    slot = seen.slot
    shown = slot_shapes.view(slot, crs, place=seen.place, taken=len(slot.taken), waiting=len(slot.waiting))
    fields: dict[str, Any] = {name: getattr(shown, name) for name in SlotView.__struct_fields__}
    line = slot.waiting.index(courier_id) + 1 if courier_id in slot.waiting else None
    return SlotStanding(**fields, own=sign_up(seen.own) if seen.own else None, runs=seen.runs, place_in_line=line)


def sign_up(one: "SignUp") -> SignUpView:
    """Somebody's sign-up."""
    return SignUpView(**_fields(one))


def attendance(found: "Attendance") -> AttendanceView:
    """… as staff see it."""
    from chalicelib.domain.volunteering.presence import doubts

    one = found.sign_up
    return AttendanceView(
        **_fields(one),
        name=found.name,
        measured=found.measured,
        doubtful=bool(doubts(one)),
        disputed=one.disputed.reason if one.disputed else "",
    )


def _fields(one: "SignUp") -> dict[str, Any]:
    said = one.settled or one.hours
    return {
        "slot_id": one.slot_id,
        "courier_id": one.courier_id,
        "kind": one.kind,
        "village": one.village,
        "title": one.zh,
        "title_en": one.en,
        "start": one.start,
        "end": one.end,
        "state": one.state,
        "at": one.at,
        "free_to_leave": one.free_to_leave,
        "check_in": _scan(one.check_in) if one.check_in else None,
        "check_out": _scan(one.check_out) if one.check_out else None,
        "passed": [CheckPointView(number=stop.number, scan=_scan(stop.scan), note=stop.note) for stop in one.passings],
        "minutes": one.minutes,
        "confirmed_at": said.at if said else None,
        "reason": said.reason if said else one.ended.reason if one.ended else "",
    }


def _scan(scan: "Scan") -> SlotScanView:
    return SlotScanView(at=scan.at, told_at=scan.told_at, metres=scan.metres, doubt=scan.doubt, reason=scan.reason)
