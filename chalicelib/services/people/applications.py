"""Use cases by which couriers join: call for them, take their applications, decide, let them know."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from chalicelib.domain.errors import Busy, TooManyRequests
from chalicelib.domain.idempotency import Key
from chalicelib.domain.login.codes import network
from chalicelib.domain.people import applications as rules
from chalicelib.domain.people import consents
from chalicelib.domain.people.access import What
from chalicelib.domain.people.applications import Application, ApplicationState, Form, Recruitment, Welcome
from chalicelib.domain.people.consents import APPLICATION, Consent, Consents
from chalicelib.domain.people.model import Actor, require_any
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.handouts import handouts
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.people import answers, people, waiting
from chalicelib.store.people import applications as store
from chalicelib.store.people.answers import Answer
from chalicelib.store.people.waiting import PhoneWaits
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """Some applications, the ids of others that wait with the same phone, and where the next ones begin."""

    applications: list[Application]
    beside: dict[str, frozenset[str]]
    cursor: str | None


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

    Whether the phone is known, or waits for a decision already, makes no difference to the answer. A few may wait with
    one phone, so that nobody keeps its owner out by being first; beyond that the oldest stay (docs/adr/0026). Raises
    NotFound (`unknown_recruitment`), Conflict, Invalid, and TooManyRequests for too many from one address.
    """
    numbers = rulebook.in_force(now=now).numbers
    _count(address, numbers, now)
    recruitment = store.recruitment(code)
    application = rules.apply(id, form, recruitment, consents=_consents(now), now=now)
    until, transaction = now + numbers.days("application_days"), Transaction()
    store.submit(application, recruitment, until=until, transaction=transaction)
    waiting.join(application, most=numbers.count("applications_per_phone"), until=until, transaction=transaction)
    try:
        transaction.commit()
    except PhoneWaits:
        log.info("this form waits already, or as many others with its phone as may")


def listing(state: ApplicationState, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Shown:
    """Applications in a state, oldest first: one query, and one call that notes the looks.

    Of those that wait, one more says which others wait with the same phone. Raises Forbidden (`role_needed`,
    `not_your_area`) unless the centre asks, Invalid (`bad_cursor`).
    """
    require_any(by, rules.DECIDERS, areas.township(now=now))
    page = store.listed(state, limit=limit, cursor=cursor)
    access.record_all(by, What.SAW_APPLICATION, [application.id for application in page.applications], now=now)
    beside = waiting.sharing(page.applications) if state is ApplicationState.SUBMITTED else {}
    return Shown(applications=page.applications, beside=beside, cursor=page.cursor)


def approve(id: str, welcome: Welcome, *, key: Key | None, by: Actor, now: datetime) -> Application:
    """The applicant becomes a courier, and what else waits with his phone ends: two reads, one more where something
    does, and one transaction, which also has him told.

    Raises Forbidden, NotFound, AlreadyDone (`application_decided`, `application_superseded`), StaleVersion, Invalid
    (`day_ahead`), KeyReused, and Conflict (`phone_taken`) where somebody with this phone is known.
    """
    require_any(by, rules.DECIDERS, areas.township(now=now))
    until = now + rulebook.in_force(now=now).numbers.days("application_rejected_days")

    def do() -> Application:
        before = store.get(id)
        after, courier = rules.approve(before, welcome, by=by, now=now)
        transaction = _decided(before, after, "application_approved", until=None, key=key, by=by)
        _end_with(before, transaction, until=until, by=by, now=now)
        people.add(courier, transaction)  # last: of two who approve, the second hears that it was done
        if welcome.pack_on:
            handouts.add_pack(courier, welcome.pack_on, "", by=by, now=now, transaction=transaction)
        transaction.commit()
        return after

    return once(key, do, store.get)


def reject(id: str, reason: str, *, key: Key | None, by: Actor, now: datetime) -> Application:
    """The applicant is not taken: two reads, one transaction, which also has him told.

    Raises Forbidden, NotFound, AlreadyDone (`application_decided`, `application_superseded`), StaleVersion, KeyReused.
    """
    require_any(by, rules.DECIDERS, areas.township(now=now))
    until = now + rulebook.in_force(now=now).numbers.days("application_rejected_days")

    def do() -> Application:
        before = store.get(id)
        after = rules.reject(before, reason, by=by, now=now)
        transaction = _decided(before, after, "application_rejected", until=until, key=key, by=by)
        waiting.leave(waiting.of(before.form.phone), before, transaction, now=now)
        transaction.commit()
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
    _note(after, by, transaction)
    if key:
        idempotency.claim(key, before.id, now=now, transaction=transaction)
    return transaction


def _end_with(approved: Application, transaction: Transaction, *, until: datetime, by: Actor, now: datetime) -> None:
    """Let what else waits with the phone of an application end with it; its owner hears of the approval alone."""
    together = waiting.of(approved.form.phone)
    for other in store.several(together.ids - {approved.id}):
        ended = rules.supersede(other, by=by, now=now)
        store.decide(other, ended, until=until, transaction=transaction)
        _note(ended, by, transaction)
    waiting.dissolve(together, transaction, now=now)


def _note(after: Application, by: Actor, transaction: Transaction) -> None:
    now, told = after.decided_at or after.at, dict[str, object](state=after.state)
    access.record(by, What.DECIDED_APPLICATION, after.id, now=now, details=told, transaction=transaction)


def _sentence(answer: Answer) -> str:
    from chalicelib.services.notifications.wording import sentences

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
