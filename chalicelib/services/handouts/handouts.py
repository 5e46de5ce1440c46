"""Use cases on goods that are handed out: record it, put it right, see who was given what.

That somebody has his welcome pack is one of these records, whoever writes it: an approval, an action on the person, or
this. The day on the person (`pack_on`) is a copy for reading, which moves in the same transaction (docs/adr/0046).
"""

from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache

from chalicelib.domain.errors import Invalid
from chalicelib.domain.exports.digits import covered_digits
from chalicelib.domain.handouts import giving as rules
from chalicelib.domain.handouts import goods as tables
from chalicelib.domain.handouts.giving import Gift, Handout
from chalicelib.domain.handouts.goods import WELCOME_PACK, Good
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor, Person, Post, Role, require_any
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook, terms
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.handouts import handouts as store
from chalicelib.store.handouts.handouts import Kept, Page
from chalicelib.store.people import people
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition

TERM = "handout"  # in `data/retention.csv`


def record(person_id: str, gift: Gift, *, key: Key | None, by: Actor, now: datetime) -> Kept:
    """Note that somebody was given something: one read, one transaction, a read.

    Raises Forbidden (`role_needed`, `person_not_yours`, `not_to_oneself`), NotFound, Invalid (`unknown_good`,
    `day_ahead`, `handout_day`), CapReached (`handout_limit`), IllegalAction (`person_state`), StaleVersion, KeyReused.
    """
    _require_staff(by, now)
    good = _good(gift.good, now)

    def do() -> str:
        person = people.get(person_id)
        giver = rules.giver_of(by, person, areas.township(now=now))
        made = rules.given(gift, good, person, by=by, giver=giver, now=now, numbers=_numbers(now))
        return _commit(made, None, person, key=key, by=by, now=now)

    return store.find(once(key, do, lambda id: id))


def correct(handout_id: str, count: int, day: date, reason: str, *, key: Key | None, by: Actor, now: datetime) -> Kept:
    """Put a record right by another that stands in its place; `count` 0: it was never given. Two reads, one
    transaction, a read.

    Raises what `record` does, NotFound (`no_such_handout`), Invalid (`reason_needed`, `nothing_changes`), AlreadyDone
    (`handout_corrected`).
    """
    _require_staff(by, now)

    def do() -> str:
        old = store.find(handout_id).handout
        person, good = people.get(old.person_id), _good_of(old, now)
        giver = rules.giver_of(by, person, areas.township(now=now))
        gift = Gift(good=old.good, count=count, day=day, note=old.note)
        numbers = _numbers(now)
        made = rules.corrected(old, gift, reason, by=by, good=good, giver=giver, now=now, numbers=numbers)
        return _commit(made, old, person, key=key, by=by, now=now)

    return store.find(once(key, do, lambda id: id))


def add_pack(person: Person, day: date, note: str, *, by: Actor, now: datetime, transaction: Transaction) -> None:
    """The record of a welcome pack, with the transaction that writes the day into the person.

    Raises Invalid (`day_ahead`, `handout_day`); the transaction raises CapReached (`handout_limit`) where he has one.
    """
    township, good = areas.township(now=now), _good(WELCOME_PACK, now)
    role = Role.CENTRE if by.holds(Role.CENTRE, township) else Role.ADMIN
    gift = Gift(good=WELCOME_PACK, count=1, day=day, note=note)
    giver, numbers = Post(role, township), _numbers(now)
    made = rules.given(gift, good, person, by=by, giver=giver, now=now, numbers=numbers)
    store.add(made, rules.changes(made, None, good), until=_until(now), transaction=transaction)


def own(by: Actor, *, limit: int, cursor: str | None) -> Page:
    """What the caller was given, newest first: one query. Raises Invalid (`bad_cursor`)."""
    return store.of(by.id, limit=limit, cursor=cursor)


def show(handout_id: str, *, by: Actor, now: datetime) -> Kept:
    """One record: two reads, and the look is noted. Raises Forbidden (`role_needed`, `not_your_area`,
    `person_not_yours`), NotFound (`no_such_handout`)."""
    township = _require_reader(by, now)
    person_id = rules.person_of(handout_id)
    found = store.find(handout_id)
    _require_round(by, person_id, township)
    access.record(by, What.SAW_HANDOUTS, person_id, now=now)
    return _seen(found, by, township)


def of_person(person_id: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """What somebody was given, newest first: a read, a query, and the look is noted.

    The centre and the auditor see anybody's, a village those of couriers whose round leads there. Raises Forbidden
    (`role_needed`, `not_your_area`, `person_not_yours`), NotFound, Invalid (`bad_cursor`).
    """
    township = _require_reader(by, now)
    _require_round(by, person_id, township)
    access.record(by, What.SAW_HANDOUTS, person_id, now=now)
    return _page(store.of(person_id, limit=limit, cursor=cursor), by, township)


def of_month(good: str, month: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Who was given a good in a local month, newest first: one query, and one call that notes the looks. A village sees
    what it gave itself.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`bad_cursor`).
    """
    township = _require_reader(by, now)
    everything, posts = _sees_all(by, township), {post.key for post in by.posts}

    def keep(handout: Handout) -> bool:
        return everything or handout.giver in posts

    page = store.month(good, month, keep=keep, limit=limit, cursor=cursor)
    access.record_all(by, What.SAW_HANDOUTS, [one.handout.person_id for one in page.records], now=now)
    return _page(page, by, township)


def _commit(made: Handout, old: Handout | None, person: Person, *, key: Key | None, by: Actor, now: datetime) -> str:
    transaction = Transaction()
    store.add(made, rules.changes(made, old, _good_of(made, now)), until=_until(now), transaction=transaction)
    if made.good == WELCOME_PACK:
        pack_on = made.day if made.count else None
        people.change(person, replace(person, pack_on=pack_on, version=person.version + 1), transaction)
    told: dict[str, object] = {"good": made.good, "count": made.count}
    if made.corrects:
        told["corrects"] = made.corrects
    access.record(by, What.HANDED_OUT, made.person_id, now=now, details=told, transaction=transaction)
    if key:
        idempotency.claim(key, made.id, now=now, transaction=transaction)
    transaction.commit()
    return made.id


def _require_staff(by: Actor, now: datetime) -> None:
    """Before anything is read. Raises Forbidden (`role_needed`, `not_your_area`)."""
    if not by.holds(Role.VILLAGE):
        require_any(by, [Role.CENTRE], areas.township(now=now))


def _require_reader(by: Actor, now: datetime) -> str:
    township = areas.township(now=now)
    if not any(post.role is Role.VILLAGE and post.scope.startswith(township) for post in by.posts):
        require_any(by, [Role.CENTRE, Role.AUDITOR], township)
    return township


def _require_round(by: Actor, person_id: str, township: str) -> None:
    if not _sees_all(by, township):
        rules.giver_of(by, people.get(person_id), township)


def _sees_all(by: Actor, township: str) -> bool:
    return by.holds(Role.CENTRE, township) or by.holds(Role.AUDITOR, township)


def _page(page: Page, by: Actor, township: str) -> Page:
    return replace(page, records=[_seen(kept, by, township) for kept in page.records])


def _seen(kept: Kept, by: Actor, township: str) -> Kept:
    """To the auditor with the long numbers of its words starred."""
    if by.holds(Role.CENTRE, township) or not by.holds(Role.AUDITOR, township):
        return kept
    one = kept.handout
    return replace(kept, handout=replace(one, note=covered_digits(one.note), reason=covered_digits(one.reason)))


def _good(id: str, now: datetime) -> Good:
    """The good by the edition in force. Raises Invalid (`unknown_good`)."""
    goods = _read(reference.current(tables.TABLE, now=now)[tables.TABLE])
    if id not in goods:
        raise Invalid("unknown_good", good=id)
    return goods[id]


def _good_of(handout: Handout, now: datetime) -> Good:
    """The good of a record; one that the table names no longer goes by what the record says, and no limit."""
    goods = _read(reference.current(tables.TABLE, now=now)[tables.TABLE])
    return goods.get(handout.good) or tables.gone(handout.good, handout.zh, handout.en)


def _numbers(now: datetime) -> Numbers:
    return rulebook.in_force(now=now).numbers


def _until(now: datetime) -> datetime:
    return now + terms.kept(TERM, now=now)


@lru_cache(maxsize=2)
def _read(edition: Edition) -> dict[str, Good]:
    return tables.read(edition.body)
