"""Use cases on a year's community sentinels: who they are, who named them and why, name, remove, freeze."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import Busy, Conflict, StaleVersion
from chalicelib.domain.honours import cases as cases_rules
from chalicelib.domain.honours import masks, powers
from chalicelib.domain.honours import sentinels as rules
from chalicelib.domain.honours.powers import Sight
from chalicelib.domain.honours.records import HonourDeed, Record
from chalicelib.domain.honours.sentinels import Sentinel, Sentinels
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import CLOSED, Actor, masked_name
from chalicelib.domain.reference.numbers import Numbers
from chalicelib.services.honours import lines
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook
from chalicelib.services.reports.once import once
from chalicelib.store.base import Transaction
from chalicelib.store.honours import cases, records
from chalicelib.store.honours import sentinels as store
from chalicelib.store.people import people


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A sentinel as everybody with an account may see him."""

    name: str
    villages: tuple[str, ...]
    score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A sentinel as the committee, the district and the auditor see him; `shown`: he agreed that his name be shown."""

    sentinel: Sentinel
    name: str
    villages: tuple[str, ...]
    shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year's list with its lines, oldest first."""

    held: Sentinels
    frozen: bool
    entries: list[Entry]
    records: list[Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done to a year's list: to one person on it, or to the whole (`person_id` empty)."""

    deed: HonourDeed
    person_id: str
    reason: str


def public(year: int, *, now: datetime) -> list[Shown]:
    """The sentinels who agreed to be shown and are still here, by score: three reads.

    Raises Invalid (`sentinels_year`).
    """
    rules.require_year(year, now)
    held = store.find(areas.township(now=now), year)
    shown = [entry for entry in _entries(held, closed=False) if entry.shown]
    found = [Shown(name=one.name, villages=one.villages, score=one.sentinel.score) for one in shown]
    return sorted(found, key=lambda one: (-one.score, one.name))


def record(year: int, purpose: str, *, by: Actor, now: datetime) -> Year:
    """The whole list, with who named whom and why: four reads, a query, and the looks are noted in one call.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`purpose_needed`, `sentinels_year`).
    """
    township = areas.township(now=now)
    sight, why = powers.sight_of(by, township), lines.require_purpose(purpose)
    rules.require_year(year, now)
    held = store.find(township, year)
    subjects = [held.id, *(one.person_id for one in held.members if one.person_id != by.id)]
    access.record_all(by, What.SAW_HONOURS, subjects, purpose=why, now=now)
    return _year(held, sight, now)


def step(year: int, wanted: Step, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Year:
    """Name, remove or freeze: a read, two more where it is about somebody, one transaction.

    Of two who name the last place at once, one is refused (`sentinels_full`). Raises Forbidden (`role_needed`,
    `not_your_area`, `own_case`), Invalid (`reason_needed`, `sentinels_year`), NotFound (`no_honours_case`,
    `no_such_sentinel`), Conflict (`sentinels_frozen`, `sentinels_full`, `evidence_needed`, `applicant_left`),
    AlreadyDone (`sentinel_named`), StaleVersion where `version` is past, KeyReused, Busy.
    """
    township = lines.committee(by, wanted.person_id, now)
    rules.require_year(year, now)

    def do() -> str:
        for _ in range(lines.TRIES):
            held = store.find(township, year)
            if version not in (None, held.version):
                raise StaleVersion("stale_version", version=held.version)
            try:
                _commit(held, wanted, key=key, by=by, now=now)
            except StaleVersion:
                continue
            return held.id
        raise Busy("store_contention")

    once(key, do, lambda id: id)
    return _year(store.find(township, year), Sight.FULL, now)


def _commit(held: Sentinels, wanted: Step, *, key: Key | None, by: Actor, now: datetime) -> None:
    transaction = Transaction()
    after = STEPS[wanted.deed](held, wanted, transaction, by, now)
    store.put(after, transaction)
    line = Record(
        subject=after.id,
        number=after.version,
        at=now,
        actor_id=by.id,
        deed=wanted.deed,
        person_id=wanted.person_id,
        reason=wanted.reason.strip(),
        details={"year": after.year},
    )
    lines.step(line, by=by, transaction=transaction)
    lines.claim(key, after.id, now=now, transaction=transaction)
    transaction.commit()


def _name(held: Sentinels, wanted: Step, transaction: Transaction, by: Actor, now: datetime) -> Sentinels:
    """With the case, on whose consent it rests: where that is withdrawn meanwhile, nobody is named."""
    case = cases_rules.require_standing(cases.find(wanted.person_id), wanted.person_id)
    if lines.here(wanted.person_id) is None:
        raise Conflict("applicant_left")
    after = rules.named(held, case, wanted.reason, numbers=_numbers(now), by=by.id, now=now)
    cases.put(cases_rules.enlisted(case, held.year, now=now), transaction)
    lines.tell(case.person_id, "sentinel_named", f"{held.id}#{after.version}", at=now, transaction=transaction)
    return after


def _remove(held: Sentinels, wanted: Step, transaction: Transaction, by: Actor, now: datetime) -> Sentinels:
    after = rules.removed(held, wanted.person_id, wanted.reason, numbers=_numbers(now), now=now)
    if case := cases.find(wanted.person_id):
        cases.put(cases_rules.delisted(case, held.year, now=now), transaction)
    return after


def _freeze(held: Sentinels, wanted: Step, transaction: Transaction, by: Actor, now: datetime) -> Sentinels:
    return rules.frozen(held, wanted.reason, numbers=_numbers(now), now=now)


STEPS: dict[HonourDeed, Callable[[Sentinels, Step, Transaction, Actor, datetime], Sentinels]] = {
    HonourDeed.NAME: _name,
    HonourDeed.REMOVE: _remove,
    HonourDeed.FREEZE: _freeze,
}


def _year(held: Sentinels, sight: Sight, now: datetime) -> Year:
    """Four calls more: the members with their consents, and the lines with theirs."""
    entries, said = _entries(held, closed=True), records.of(held.id)
    standing = {id for id, case in cases.several({line.person_id for line in said} - {""}).items() if case.stands}
    said = [line if line.person_id in {"", *standing} else masks.nobody(line) for line in said]
    if sight is Sight.MASKED:
        entries = [_masked(entry) for entry in entries]
        said = [masks.record(line) for line in said]
    return Year(held=held, frozen=held.is_frozen(now, rules.grace(_numbers(now))), entries=entries, records=said)


def _numbers(now: datetime) -> Numbers:
    return rulebook.in_force(now=now).numbers


def _entries(held: Sentinels, *, closed: bool) -> list[Entry]:
    """The members with their names, in the order they were named; who left only if `closed`: two calls."""
    ids = [one.person_id for one in held.members]
    known, consents = {person.id: person for person in people.several(ids)}, cases.several(ids)
    entries = []
    for one in held.members:
        person, case = known.get(one.person_id), consents.get(one.person_id)
        if person is None or case is None or not case.stands or (person.state in CLOSED and not closed):
            continue
        shown = case.public is not None
        entries.append(Entry(sentinel=one, name=person.name, villages=person.villages, shown=shown))
    return entries


def _masked(entry: Entry) -> Entry:
    sentinel = masks.sentinel(entry.sentinel)
    return Entry(sentinel=sentinel, name=masked_name(entry.name), villages=entry.villages, shown=entry.shown)
