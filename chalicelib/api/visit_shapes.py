"""What visits look like over HTTP, to staff and to the courier. None of it says who is cared for, but for an id."""

from msgspec import Struct

from chalicelib.api.care_shapes import CareService, word
from chalicelib.api.shapes import Instant
from chalicelib.domain.care.matching import Ring
from chalicelib.domain.care.model import CalledOff, Move, Visit
from chalicelib.domain.care.terms import VisitState
from chalicelib.services.care import reasons


class MoveView(Struct, frozen=True, kw_only=True):
    """Another time or load that a courier is asked to agree to, until `until`."""

    start: Instant
    end: Instant
    items: int
    heavy: bool
    until: Instant


class Why(Struct, frozen=True, kw_only=True):
    """What spoke for somebody, in words."""

    key: str
    zh: str
    en: str


class VisitView(Struct, frozen=True, kw_only=True):
    """A visit as staff see it. `courier` is asked until `asked_until`, or has it; `declined`: how many said no.

    `alarmed_at`: since when the centre knows that nobody has it; `move` waits for the courier's answer.
    """

    id: str
    plan: str
    beneficiary: str
    service: CareService
    village: str
    grid: str
    start: Instant
    end: Instant
    items: int
    seal: str
    heavy: bool
    state: VisitState
    courier: str | None
    asked_until: Instant | None
    by_hand: bool
    ring: Ring
    declined: int
    why: list[Why]
    alarmed_at: Instant | None
    move: MoveView | None
    called_off: CalledOff | None
    version: int


class VisitPage(Struct, frozen=True, kw_only=True):
    """Some visits by their start; `cursor` asks for the next ones, null at the end."""

    visits: list[VisitView]
    cursor: str | None


class OfferView(Struct, frozen=True, kw_only=True):
    """What a courier is asked for, or has: when, in which village, how much; `why` it is he. `seal`, where the bag is
    fetched, once he has it. Answer by `asked_until`; `move` asks him whether another time suits him."""

    id: str
    service: CareService
    village: str
    start: Instant
    end: Instant
    items: int
    seal: str | None
    heavy: bool
    state: VisitState
    asked_until: Instant | None
    why: list[Why]
    move: MoveView | None
    version: int


class OfferPage(Struct, frozen=True, kw_only=True):
    """What one is asked for and has, by its start; `cursor` asks for the next ones, null at the end."""

    visits: list[OfferView]
    cursor: str | None


def visit_view(visit: Visit) -> VisitView:
    """A visit as staff see it."""
    return VisitView(
        id=visit.id,
        plan=visit.plan_id,
        beneficiary=visit.beneficiary_id,
        service=word(visit.service),
        village=visit.village,
        grid=visit.grid,
        start=visit.start,
        end=visit.end,
        items=visit.items,
        seal=visit.seal,
        heavy=visit.heavy,
        state=visit.state,
        courier=visit.courier_id,
        asked_until=visit.asked_until,
        by_hand=visit.by_hand,
        ring=visit.ring,
        declined=len(visit.decliners),
        why=why(visit.reasons),
        alarmed_at=visit.alarmed_at,
        move=_move(visit.move),
        called_off=visit.called_off,
        version=visit.version,
    )


def offer_view(visit: Visit, courier_id: str) -> OfferView:
    """A visit as a courier sees it. What is his no more shows its state alone."""
    his = visit.courier_id == courier_id
    return OfferView(
        id=visit.id,
        service=word(visit.service),
        village=visit.village,
        start=visit.start,
        end=visit.end,
        items=visit.items,
        seal=visit.seal if visit.holder == courier_id else None,
        heavy=visit.heavy,
        state=visit.state,
        asked_until=visit.asked_until if his else None,
        why=why(visit.reasons) if his else [],
        move=_move(visit.move) if visit.holder == courier_id else None,
        version=visit.version,
    )


def why(keys: tuple[str, ...]) -> list[Why]:
    """Reasons in words."""
    return [Why(key=key, zh=zh, en=en) for key, (zh, en) in zip(keys, reasons.worded(keys), strict=True)]


def _move(move: Move | None) -> MoveView | None:
    if move is None:
        return None
    return MoveView(start=move.start, end=move.end, items=move.items, heavy=move.heavy, until=move.until)
