"""Use cases by which couriers join: call for them, take their applications, decide, let them know."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from chalicelib.domain import applications as rules
from chalicelib.domain import consents
from chalicelib.domain.access import What
from chalicelib.domain.applications import Application, ApplicationState, Form, Recruitment, Welcome
from chalicelib.domain.consents import APPLICATION, Consent, Consents
from chalicelib.domain.errors import Busy, TooManyRequests
from chalicelib.domain.idempotency import Key
from chalicelib.domain.login import network
from chalicelib.domain.numbers import Numbers
from chalicelib.domain.people import Actor, require_any
from chalicelib.services import access, areas, rulebook
from chalicelib.services.once import once
from chalicelib.store import answers, idempotency, people, quotas, reference
from chalicelib.store import applications as store
from chalicelib.store.answers import Answer
from chalicelib.store.applications import Page, PhoneWaits
from chalicelib.store.base import Transaction
from chalicelib.store.reference import Edition

log = logging.getLogger(__name__)

CONSENTS = "consents"
KEPT_AFTER = timedelta(days=365)  # a call after its end, so that who comes late is told that it is over
PAUSE = timedelta(minutes=10)  # before an SMS that could not be sent is tried again
TRIED_FOR = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A recruitment call as an applicant reads it, with what he is to agree to."""

    recruitment: Recruitment
    consent: Consent


def call(wanted: Recruitment, *, key: Key | None, by: Actor, now: datetime) -> Recruitment:
    """Make a recruitment call: one transaction.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid, KeyReused.
    """
    township = areas.listing(now=now)[0]
    require_any(by, rules.CALLERS, township.township)
    numbers, villages = rulebook.in_force(now=now).numbers, [village.code for village in township.villages]
    longest, largest = numbers.days("recruitment_days"), numbers.count("recruitment_most")

    def do() -> Recruitment:
        made = rules.call(wanted, known=villages, longest=longest, largest=largest)
        transaction = Transaction()
        store.open_call(made, until=made.valid_until + KEPT_AFTER, transaction=transaction)
        access.record(by, What.MADE_RECRUITMENT, made.code, now=now, transaction=transaction)
        if key:
            idempotency.claim(key, made.code, now=now, transaction=transaction)
        transaction.commit()
        return made

    return once(key, do, store.recruitment)


def read_call(code: str, *, address: str, now: datetime) -> Call:
    """What the QR code leads to. Raises NotFound (`unknown_recruitment`), Conflict, TooManyRequests."""
    _count(address, rulebook.in_force(now=now).numbers, now)
    recruitment = store.recruitment(code)
    rules.require_open(recruitment, now)
    return Call(recruitment=recruitment, consent=_consents(now).newest[APPLICATION])


def apply(id: str, form: Form, code: str, *, address: str, now: datetime) -> None:
    """Take an application: one count, one read, one transaction.

    Whether the phone is known, or waits for a decision already, makes no difference to the answer. Raises NotFound
    (`unknown_recruitment`), Conflict, Invalid, and TooManyRequests for too many from one address.
    """
    numbers = rulebook.in_force(now=now).numbers
    _count(address, numbers, now)
    recruitment = store.recruitment(code)
    application = rules.apply(id, form, recruitment, consents=_consents(now), now=now)
    try:
        store.submit(application, recruitment, until=now + numbers.days("application_days"))
    except PhoneWaits:
        log.info("an application waits for this phone already")


def listing(state: ApplicationState, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Applications in a state, oldest first: one query, and one call that notes the looks.

    Raises Forbidden (`role_needed`, `not_your_area`) unless the centre asks, Invalid (`bad_cursor`).
    """
    require_any(by, rules.DECIDERS, areas.listing(now=now)[0].township)
    page = store.listed(state, limit=limit, cursor=cursor)
    access.record_all(by, What.SAW_APPLICATION, [application.id for application in page.applications], now=now)
    return page


def approve(id: str, welcome: Welcome, *, key: Key | None, by: Actor, now: datetime) -> Application:
    """The applicant becomes a courier: one read, one transaction, which also has him told.

    Raises Forbidden, NotFound, AlreadyDone (`application_decided`), Invalid (`day_ahead`), KeyReused, and Conflict
    (`phone_taken`) where somebody with this phone is known.
    """
    require_any(by, rules.DECIDERS, areas.listing(now=now)[0].township)

    def do() -> Application:
        before = store.get(id)
        after, courier = rules.approve(before, welcome, by=by, now=now)
        transaction = _decided(before, after, "application_approved", until=None, key=key, by=by)
        people.add(courier, transaction)  # last: of two who approve, the second hears that it was done
        transaction.commit()
        return after

    return once(key, do, store.get)


def reject(id: str, reason: str, *, key: Key | None, by: Actor, now: datetime) -> Application:
    """The applicant is not taken: one read, one transaction, which also has him told.

    Raises Forbidden, NotFound, AlreadyDone (`application_decided`), KeyReused.
    """
    require_any(by, rules.DECIDERS, areas.listing(now=now)[0].township)
    until = now + rulebook.in_force(now=now).numbers.days("application_rejected_days")

    def do() -> Application:
        before = store.get(id)
        after = rules.reject(before, reason, by=by, now=now)
        _decided(before, after, "application_rejected", until=until, key=key, by=by).commit()
        return after

    return once(key, do, store.get)


def tell(id: str, *, now: datetime) -> None:
    """Send an applicant the SMS that waits for him, if one does: it is the same SMS however often this is asked.

    One that cannot be sent is tried again later, for a day.
    """
    answer = answers.find(id)
    if answer is None:
        return
    from chalicelib.gateways import sms  # the API, which only writes answers, does without

    try:
        sms.send(answer.phone, _sentence(answer), id=f"{id}#{answer.template}")
    except Busy:
        if now - answer.at < TRIED_FOR:
            answers.put_off(answer, until=now + PAUSE)
            return
        log.warning("gave up telling an applicant about %s", id)
    answers.remove(id)


def _decided(
    before: Application, after: Application, template: str, *, until: datetime | None, key: Key | None, by: Actor
) -> Transaction:
    """The writes of a decision: with it go the SMS and the line in the access log."""
    now, transaction = after.decided_at or before.at, Transaction()
    store.decide(before, after, until=until, transaction=transaction)
    answers.put(Answer(id=before.id, phone=before.form.phone, template=template, at=now), transaction)
    details: dict[str, object] = {"state": after.state}
    access.record(by, What.DECIDED_APPLICATION, before.id, now=now, details=details, transaction=transaction)
    if key:
        idempotency.claim(key, before.id, now=now, transaction=transaction)
    return transaction


def _sentence(answer: Answer) -> str:
    from chalicelib.services.wording import sentences

    zh, _ = sentences().render(answer.template, {})
    return zh


def _count(address: str, numbers: Numbers, now: datetime) -> None:
    """Fifty people may stand behind one address; thousands do not."""
    cap = numbers.count("application_address_hour")
    refusal = TooManyRequests("applications_per_address", cap=cap)
    quotas.take(f"address#{network(address)}", "applications", cap=cap, now=now, refusal=refusal)


def _consents(now: datetime) -> Consents:
    return _read(reference.current(CONSENTS, now=now)[CONSENTS])


@lru_cache(maxsize=2)
def _read(edition: Edition) -> Consents:
    return consents.read(edition.body)
