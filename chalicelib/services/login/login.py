"""Use cases of signing in: a phone asks for a code, a worker sends it, the code opens a session.

The request does the same for every number, known or not: it counts and hands over. Whose number it is, only the worker
looks up. Where it sends nothing it keeps what no code matches, so that trying one is the same for every number too.
"""

import logging
import secrets
from datetime import datetime
from functools import partial

import msgspec

from chalicelib.domain.errors import Conflict, Forbidden, Unauthenticated
from chalicelib.domain.login import codes as rules
from chalicelib.domain.login import sessions as session_rules
from chalicelib.domain.login.codes import Code, Request
from chalicelib.domain.login.keyed import keyed, matches
from chalicelib.domain.login.tokens import Grant
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.model import CLOSED, Person, may_sign_in
from chalicelib.domain.people.phones import phone_of
from chalicelib.domain.queues import Queue
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.gateways import lean_queues, signing, sms
from chalicelib.services.login import activity, sessions
from chalicelib.services.notifications.wording import sentences
from chalicelib.services.reference import rulebook, terms
from chalicelib.store.base import Transaction
from chalicelib.store.login import codes
from chalicelib.store.login import sessions as session_store
from chalicelib.store.login.codes import SmsBudgetSpent
from chalicelib.store.people import people
from chalicelib.store.reference import reference

log = logging.getLogger(__name__)

TERM = "sms_code"
ID_BYTES = 16
SESSION_ID = 32  # hex digits


def ask(phone: str, *, address: str, now: datetime) -> Numbers:
    """Let a code be sent to this number, if it is somebody's: two writes and a message, whoever's it is.

    Answers the numbers that a client tells of. Raises Invalid (`phone_malformed`), TooManyRequests (`codes_per_day`,
    `wrong_codes_per_day`, …), Busy.
    """
    phone, numbers = phone_of(phone), rulebook.in_force(now=now).numbers
    codes.take(_owner("address", rules.network(address)), rules.codes_of_address(numbers, now))
    pause, wrong = rules.gap(numbers, now), rules.wrong_of_phone(numbers, now)
    codes.take_code(_owner("phone", phone), pause, rules.codes_of_phone(numbers, now), wrong, now=now)
    request = Request(id=secrets.token_hex(ID_BYTES), phone=phone, at=now)
    lean_queues.send(Queue.CODES, msgspec.json.encode(request).decode())
    return numbers


def send(request: Request, *, now: datetime) -> None:
    """Keep the code of a request, and send it if the number is somebody's who may sign in, or may once approved.

    Message and SMS are known by the request's id, and the code follows from it: however often this is done, there is
    one code, one SMS, and one that is paid for. What comes too late is dropped. Raises Busy where the SMS is not taken.
    """
    reference.current(*rulebook.READERS, terms.TABLE, now=now)  # all of it in one read on a cold start
    numbers, pepper = rulebook.in_force(now=now).numbers, signing.pepper()
    good = rules.issued(request, pepper, numbers)
    kept = None if now >= good.expires_at else _kept(request, good, numbers, now)
    if kept is None:
        log.warning("login_code_late: a code was asked for %s ago, or another one since", now - request.at)
    elif matches(kept.digest, good.digest):
        blanks = {"code": rules.code_of(request, pepper), "minutes": str(numbers.count("login_code_minutes"))}
        text = "\n".join(sentences().render("login_code", {name: same(word) for name, word in blanks.items()}))
        sms.send(request.phone, text, id=request.id)


def _kept(request: Request, good: Code, numbers: Numbers, now: datetime) -> Code | None:
    """What is kept of a request: the good code only together with the payment for its SMS, else what no code matches.

    None where another one was asked for since. Alarms look for these lines (infra/alarms.yaml).
    """
    person, until = people.by_phone(request.phone), request.at + terms.kept(TERM, now=now)
    put = partial(codes.put, _owner("phone", request.phone), until=until)
    withheld = rules.withheld(request, signing.pepper(), numbers)
    if person is None or person.state in CLOSED:
        return put(withheld)
    township, budget = rules.township_of(person), rules.sms_of_township(numbers, now)
    try:
        kept = put(good, paid_by=township, budget=budget)
    except SmsBudgetSpent:
        log.error("sms_budget_reached: township %s has used all %d SMS of this hour", township, budget.cap)
        return put(withheld)
    used = codes.sms_used(township, budget)
    if rules.is_nearly_spent(used, numbers):
        log.warning("sms_budget_near: township %s has used %d of %d SMS this hour", township, used, budget.cap)
    return kept


def enter(phone: str, code: str, *, device: str, name: str, address: str, now: datetime) -> Grant:
    """Open a session for the right code: good once, and for the same device again while its answer may be lost.

    Raises Invalid (`phone_malformed`), TooManyRequests (`tries_per_address`, `wrong_codes_per_day`), Unauthenticated
    (`code_wrong`, `code_needed`), and only after the right code Forbidden (`reapproval_needed`, `account_closed`).
    Raises Busy.
    """
    phone, numbers = phone_of(phone), rulebook.in_force(now=now).numbers
    codes.take(_owner("address", rules.network(address)), rules.tries_of_address(numbers, now))
    held = _tried(phone, code, numbers, now)
    person = _person(phone, held, numbers, now)
    id = keyed(signing.pepper(), "session", held.id, device)[:SESSION_ID]
    session = sessions.opened(person, id, device=device, name=name, entry=held.id, now=now)
    transaction = Transaction()
    codes.spend(_owner("phone", phone), held, id, transaction)
    session_store.add(
        session, ends_at=session_rules.ends_at(session, session_rules.lives(numbers)), transaction=transaction
    )
    try:
        transaction.commit()
    except Conflict:  # the code was spent: by this device a moment ago, or by another
        return _again(person, held, id, numbers, now)
    activity.note(person, now)
    return sessions.granted(session, held.id, person, numbers, now=now)


def _tried(phone: str, code: str, numbers: Numbers, now: datetime) -> Code:
    """The phone's code, if this is it; the try is counted before it is looked at.

    After so many wrong ones no other is looked at that day, for else each new code would bring new tries.
    """
    owner, wrong, most = _owner("phone", phone), rules.wrong_of_phone(numbers, now), numbers.count("login_code_tries")
    codes.require_room(owner, wrong)
    held = codes.use_try(owner, most=most, now=now)
    if held is None:
        raise Unauthenticated("code_needed")
    if matches(held.digest, rules.code_digest(phone, code, signing.pepper())):
        return held
    left = wrong[0].cap - codes.take(owner, wrong)
    if not left:  # an alarm looks for this line (infra/alarms.yaml)
        log.warning("codes_guessed: %s was tried with %d wrong codes today", owner, wrong[0].cap)
    raise Unauthenticated("code_wrong", left=min(left, most - held.tries))


def _person(phone: str, held: Code, numbers: Numbers, now: datetime) -> Person:
    person = people.by_phone(phone)
    if person is None:  # the number was given up after the code was sent
        raise Unauthenticated("code_wrong", left=numbers.count("login_code_tries") - held.tries)
    if refusal := may_sign_in(person, now, numbers.days("idle_days")):
        raise Forbidden("account_closed" if refusal == "account_closed" else "reapproval_needed")
    return person


def _again(person: Person, held: Code, id: str, numbers: Numbers, now: datetime) -> Grant:
    """The same session for the same device, while it stands at its beginning; a code spent otherwise is spent."""
    session = session_store.find(person.id, id)
    if session is None or now > session.started_at + session_rules.lives(numbers).grace:
        raise Unauthenticated("code_needed")
    return sessions.granted(session, held.id, person, numbers, now=now)


def _owner(kind: str, of: str) -> str:
    """What a phone or an address is called in a table."""
    return f"{kind}#{keyed(signing.pepper(), kind, of)}"
