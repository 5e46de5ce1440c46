"""Use cases of what the family contact does on its page: pause, let it go on, ask to stop, complain."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

from chalicelib.domain.care import family_links as links
from chalicelib.domain.care import standing
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryDeed, Pause, PausedBy
from chalicelib.domain.care.complaints import Complaint
from chalicelib.domain.care.stops import Stop
from chalicelib.domain.errors import AlreadyDone, Conflict, Forbidden, Invalid, TooManyRequests
from chalicelib.domain.idempotency import Key
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.gateways import page_keys
from chalicelib.services.care import family, sealing, stopping, writing
from chalicelib.store import idempotency, quotas
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries as store
from chalicelib.store.care import records
from chalicelib.store.care import stops as due

D = BeneficiaryDeed
FAMILY = "family"


class FamilyWish(StrEnum):
    """The buttons of the page."""

    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    COMPLAIN = "complain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What was sent: by which form, what, until which day, in which words."""

    form: str
    wish: FamilyWish
    until: date | None = None
    words: str = ""


def act(token: str, sent: Sent, *, address: str, now: datetime) -> bool:
    """Do what the family asks for, once however often it is sent; False where the link is none.

    A write that counts, a read, one transaction; then visits follow the pause. Raises TooManyRequests
    (`care_link_looks`, `care_link_acts`), Forbidden (`family_form_old`), Invalid (`pause_days`, `words_needed`),
    Conflict (`not_paused`, `not_yours_to_resume`), Busy.
    """
    numbers = writing.numbers(now)
    family.count_look(address, numbers, now=now)
    found = family.opened(token, now=now)
    if found is None:
        return False
    _, one = found
    form = links.read(sent.form, page_keys.key(), now=now, form=True)
    if form is None or (form.beneficiary_id, form.link) != (one.id, one.link):
        raise Forbidden("family_form_old")
    cap = numbers.count("care_link_acts_per_hour")
    quotas.take(f"{FAMILY}#{one.id}", "acts", cap=cap, now=now, refusal=TooManyRequests("care_link_acts", cap=cap))
    key = Key(caller_id=f"{FAMILY}#{one.id}", key=form.once, fingerprint=sha256(repr(sent).encode()).hexdigest())
    writing.insist(lambda: _once(one.id, sent, key, numbers, now))
    return True


def _once(id: str, sent: Sent, key: Key, numbers: Numbers, now: datetime) -> None:
    before, transaction = store.get(id), Transaction()
    try:
        after, deed, facts = WISHES[sent.wish](before, sent, key, transaction, numbers, now)
        writing.write(after, deed, transaction, by=FAMILY, role=FAMILY, now=now, facts=facts)
        writing.claim(key, id, transaction, now=now)
        if after.pauses != before.pauses:
            due.stop(id, at=now, transaction=transaction)
        transaction.commit()
    except (AlreadyDone, Conflict):
        if idempotency.recall(key) is None:
            raise
        return
    if after.pauses != before.pauses:
        stopping.stop(id, reason=Stop.PAUSED, now=now)


type Done = tuple[Beneficiary, BeneficiaryDeed, dict[str, object]]
type Do = Callable[[Beneficiary, Sent, Key, Transaction, Numbers, datetime], Done]


def _pause(before: Beneficiary, sent: Sent, key: Key, _: Transaction, numbers: Numbers, now: datetime) -> Done:
    longest = numbers.days("care_family_pause_days")
    _require_own(before, now)
    if sent.until is None:
        raise Invalid("pause_days", most=longest.days)
    pause = Pause(first=today(now), last=sent.until, by=PausedBy.FAMILY)
    after = standing.paused(before, pause, longest=longest, now=now)
    return after, D.PAUSED, {"first": pause.first, "last": pause.last, "word": pause.by}


def _resume(before: Beneficiary, sent: Sent, key: Key, _: Transaction, numbers: Numbers, now: datetime) -> Done:
    _require_own(before, now)
    return standing.resumed(before, now=now), D.RESUMED, {"word": FAMILY}


def _stop(before: Beneficiary, sent: Sent, key: Key, _: Transaction, numbers: Numbers, now: datetime) -> Done:
    after = standing.stop_asked(before, numbers=numbers, now=now)
    return after, D.STOP_ASKED, {"last": after.pauses[0].last, "word": FAMILY}


def _complain(before: Beneficiary, sent: Sent, key: Key, to: Transaction, numbers: Numbers, now: datetime) -> Done:
    if not sent.words.strip():
        raise Invalid("words_needed")
    complaint = Complaint(id=key.key, at=now)
    words = sealing.sealed_words(before.id, complaint.id, sent.words.strip())
    records.put_complaint(before.id, complaint, to, words=words)
    return standing.complained(before, now=now), D.COMPLAINED, {"complaint": complaint.id}


def _require_own(before: Beneficiary, now: datetime) -> None:
    """A pause that the village has entered is neither cut short nor replaced by the family."""
    if any(pause.by is not PausedBy.FAMILY and pause.last >= today(now) for pause in before.pauses):
        raise Conflict("not_yours_to_resume")


WISHES: dict[FamilyWish, Do] = {
    FamilyWish.PAUSE: _pause,
    FamilyWish.RESUME: _resume,
    FamilyWish.STOP: _stop,
    FamilyWish.COMPLAIN: _complain,
}
