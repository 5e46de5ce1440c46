"""Use cases of the family contact's link: given and taken back by the village, opened by who has it.

Whoever has the link may look, pause for days, and complain. He cannot end anything: consent is the beneficiary's own,
so a wish to stop pauses for a few days, in which the village asks; where nobody asks, it goes on (docs/adr/0050).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.care import family_links as links
from chalicelib.domain.care import looking, powers, standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed, BeneficiaryState, Pause
from chalicelib.domain.care.complaints import Complaint
from chalicelib.domain.care.family_links import Ticket
from chalicelib.domain.care.looking import Seen
from chalicelib.domain.care.sight import Field, Viewer
from chalicelib.domain.care.terms import Service, VisitState, Welfare
from chalicelib.domain.errors import NotFound, TooManyRequests
from chalicelib.domain.login.codes import network
from chalicelib.domain.login.keyed import keyed
from chalicelib.domain.notifications.messages import Both
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import local_day
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.gateways import page_keys
from chalicelib.services.care import registers, visited, writing
from chalicelib.services.care.registers import Look
from chalicelib.services.reference import areas
from chalicelib.store import quotas
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.people import people

D = BeneficiaryDeed
PAST, AHEAD = timedelta(days=31), timedelta(days=7)
MOST, LOOKS = 20, 20
FORM_LIFE = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A link's token, and until when it opens the page."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A visit as the family reads it. `delivered` where something was; `welfare` where somebody said how she was;
    `courier`: surname and employer of who comes, empty where the table does not show it."""

    start: datetime
    end: datetime
    service: Service
    state: VisitState
    delivered: bool
    left_behind: bool
    welfare: Welfare | None
    courier: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the family contact may know, and what he may do. `form` goes with whatever he sends."""

    village: Both
    services: list[Service]
    pauses: tuple[Pause, ...]
    ahead: list[Line]
    past: list[Line]
    looks: list[Look]
    complaints: list[Complaint]
    expires_at: datetime
    form: str
    today: str
    longest: int


def give(beneficiary_id: str, *, by: Actor, now: datetime) -> Given:
    """A link for the family contact, for months: a read, one transaction. Raises Forbidden, NotFound, IllegalAction
    (`beneficiary_state`), Busy."""
    powers.require_staff(by)
    until = (now + writing.numbers(now).days("care_link_days")).replace(microsecond=0)

    def do() -> Beneficiary:
        before = store.get(beneficiary_id)
        role = powers.role_of(by, before)
        after = standing.linked(before, until, now=now)
        transaction = Transaction()
        writing.write(after, D.LINKED, transaction, by=by.id, role=role, now=now)
        transaction.commit()
        return after

    after = writing.insist(do)
    ticket = Ticket(beneficiary_id=beneficiary_id, link=after.link, expires_at=until)
    return Given(token=links.written(ticket, page_keys.key()), expires_at=until)


def take_back(beneficiary_id: str, *, by: Actor, now: datetime) -> Beneficiary:
    """Every link to the page is dead: a read, one transaction. Raises what `give` does."""
    powers.require_staff(by)

    def do() -> Beneficiary:
        before = store.get(beneficiary_id)
        role = powers.role_of(by, before)
        after = standing.unlinked(before, now=now)
        transaction = Transaction()
        writing.write(after, D.UNLINKED, transaction, by=by.id, role=role, now=now)
        transaction.commit()
        return after

    return writing.insist(do)


def show(token: str, *, address: str, once: str, now: datetime) -> Page | None:
    """What a link leads to; None where there is none, or none any more, whatever the reason.

    A write that counts the look, a read, and what the page shows: three queries, a batch of people. `once`: a word for
    its form. Raises TooManyRequests (`care_link_looks`), Busy.
    """
    numbers = writing.numbers(now)
    count_look(address, numbers, now=now)
    found = opened(token, now=now)
    return _page(*found, once=once, numbers=numbers, now=now) if found else None


def count_look(address: str, numbers: Numbers, *, now: datetime) -> None:
    """Count a look from this address: one write. Raises TooManyRequests (`care_link_looks`), Busy."""
    cap = numbers.count("care_link_looks_per_hour")
    who = f"address#{keyed(page_keys.key(), 'address', network(address))}"
    quotas.take(who, "links", cap=cap, now=now, refusal=TooManyRequests("care_link_looks", cap=cap))


def opened(token: str, *, now: datetime) -> tuple[Ticket, Beneficiary] | None:
    """Whom a link leads to, while visits may be made there: one read, none for what is no link."""
    ticket = links.read(token, page_keys.key(), now=now)
    one = store.find(ticket.beneficiary_id) if ticket else None
    if ticket is None or one is None or one.link != ticket.link or one.state is not BeneficiaryState.ACTIVE:
        return None
    return ticket, one


def _page(ticket: Ticket, one: Beneficiary, *, once: str, numbers: Numbers, now: datetime) -> Page:
    visits = visited.recent(one.id, since=now - PAST, until=now + AHEAD)
    form = Ticket(beneficiary_id=one.id, link=one.link, expires_at=(now + FORM_LIFE).replace(microsecond=0), once=once)
    lines = _lines(visits, numbers, now)
    return Page(
        village=_village(one, now=now),
        services=sorted(one.services & one.consented),
        pauses=tuple(pause for pause in one.pauses if pause.last.isoformat() >= local_day(now)),
        ahead=[line for line in lines if line.end >= now],
        past=[line for line in reversed(lines) if line.end < now][:MOST],
        looks=registers.looks_of(one.id, now=now, limit=LOOKS).looks,
        complaints=[complaint for complaint, _ in reversed(records.complaints(one.id))],
        expires_at=ticket.expires_at,
        form=links.written(form, page_keys.key()),
        today=local_day(now),
        longest=numbers.count("care_family_pause_days"),
    )


def _lines(visits: list[Seen], numbers: Numbers, now: datetime) -> list[Line]:
    """Each visit by the row of the family: what it does not show at that moment is not there."""
    fields = [looking.fields([Viewer.FAMILY], looking.at(visit, numbers=numbers, now=now)) for visit in visits]
    named = [visit.courier_id for visit, may in zip(visits, fields, strict=True) if _names(visit, may)]
    couriers = {person.id: (person.name[:1], person.employer) for person in people.several(set(filter(None, named)))}
    return [
        _line(visit, may, couriers.get(visit.courier_id or "", ("", "")) if _names(visit, may) else ("", ""))
        for visit, may in zip(visits, fields, strict=True)
    ]


def _names(visit: Seen, may: frozenset[Field]) -> bool:
    return Field.COURIER in may and visit.is_taken and visit.courier_id is not None


def _line(visit: Seen, may: frozenset[Field], courier: tuple[str, str]) -> Line:
    told = Field.RESULT in may
    return Line(
        start=visit.start,
        end=visit.end,
        service=visit.service,
        state=visit.state,
        delivered=told and visit.handed_over_at is not None,
        left_behind=told and visit.left_behind,
        welfare=visit.welfare if told else None,
        courier=courier,
    )


def _village(one: Beneficiary, *, now: datetime) -> Both:
    known, _ = areas.listing(now=now)
    found = next((area for area in known.villages if area.code == one.village), None)
    if found is None:
        raise NotFound("no_such_beneficiary", beneficiary=one.id)
    return found.name, found.name_en
