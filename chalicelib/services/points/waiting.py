"""What waits for people to agree, and what came of it: lists, and one."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Role, require_any
from chalicelib.domain.points.proposals import DECIDERS, Proposal, ProposalState
from chalicelib.domain.points.terms import Kind
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.store.points import awards as store
from chalicelib.store.points.awards import Page


def listing(state: ProposalState, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """The township's proposals in a state, what waits longest first: one query. That he looked is noted of each whose
    they are.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    township = _require(by, now)
    page = store.page(township, state, limit=limit, cursor=cursor)
    shown = [seen(one, by) for one in page.proposals]
    _note(shown, by, now)
    return replace(page, proposals=shown)


def view(id: str, *, by: Actor, now: datetime) -> Proposal:
    """One proposal: one read; that he looked is noted.

    Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_such_award`).
    """
    _require(by, now)
    shown = seen(store.get(id), by)
    _note([shown], by, now)
    return shown


def seen(proposal: Proposal, by: Actor) -> Proposal:
    """As its reader may see it: who reported what, the centre alone knows (DOMAIN §2).

    What a report earned is told by the report, not whose it is; what people propose for somebody, without a report. The
    answer to an appeal bears rule and day of what it is against, which would join both: it is told without either.
    """
    if by.holds(Role.CENTRE, proposal.township):
        return proposal
    if proposal.kind is Kind.EARN:
        return replace(proposal, courier_id="")
    courier = "" if proposal.appeal_id else proposal.courier_id
    return replace(proposal, courier_id=courier, report_id="", entry_id="", corrects="", appeal_id="")


def _note(shown: Iterable[Proposal], by: Actor, now: datetime) -> None:
    access.record_all(by, What.SAW_POINTS, (one.courier_id for one in shown if one.courier_id), now=now)


def _require(by: Actor, now: datetime) -> str:
    township = areas.township(now=now)
    require_any(by, DECIDERS, township)
    return township
