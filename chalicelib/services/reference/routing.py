"""Use cases on the routing: edit a draft of it, discard it, publish it. `routing_trials` tries it on past reports."""

from dataclasses import dataclass
from datetime import datetime

from chalicelib.domain.errors import NotFound, StaleVersion, TooLarge
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference import routing, routing_checks
from chalicelib.domain.reference.calendar import today
from chalicelib.domain.reference.routing import TABLE, Routing
from chalicelib.domain.reference.rulebook import Rulebook
from chalicelib.services.people import access
from chalicelib.services.reference import areas, rulebook, terms
from chalicelib.services.reference.tables import LARGEST, require_admin
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.reference import drafts, reference
from chalicelib.store.reference.drafts import Draft

# What the rules name: none of it goes, and none of it comes, between the check and the publication.
NAMED = ("taxonomy", "departments", areas.NAME)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A draft that may be published, as it was read, with the rules that it was checked against."""

    draft: Draft
    routing: Routing
    rules: Rulebook
    editions: dict[str, int]


def draft(*, by: Actor, now: datetime) -> Draft:
    """The township's draft: one read. Raises Forbidden (`role_needed`, `not_your_area`), NotFound (`no_draft`)."""
    return _held(_township(by, now))


def save(body: bytes, *, version: int | None, by: Actor, now: datetime) -> Draft:
    """Put this text in the place of the draft, or begin one; each cell is checked, the rest when it is published.

    `version` is that of the draft that was read, or of the edition in force where there was none; None for whatever
    there is. Sent again, it is there already. Two reads, one write. Raises Forbidden, TooLarge, Invalid naming line and
    column, StaleVersion.
    """
    township = _township(by, now)
    if len(body) > LARGEST:
        raise TooLarge("body_too_large", most=LARGEST)
    routing.read(body)
    held, edition = drafts.find(TABLE, township), reference.version_of(TABLE)
    if held and held.body == body:
        return held
    read = held.version if held else edition
    if version not in (None, read):
        raise StaleVersion("stale_version", version=read)
    made = Draft(
        table=TABLE,
        township=township,
        version=drafts.version_after(held, now),
        base=held.base if held else edition,
        body=body,
        by=by.id,
        at=now,
    )
    transaction = Transaction()
    drafts.put(made, over=held, transaction=transaction)
    transaction.commit()
    return made


def discard(*, version: int | None, by: Actor, now: datetime) -> None:
    """Let go of the draft; again is once. Raises Forbidden, and StaleVersion where it is not the one that was read."""
    held = drafts.find(TABLE, _township(by, now))
    if held is None:
        return
    _require_version(held, version)
    transaction = Transaction()
    drafts.remove(held, transaction)
    transaction.commit()


def publish(*, version: int | None, key: Key | None, by: Actor, now: datetime) -> int:
    """Put the draft in force, let go of it, and note who did: one transaction. The version of the new edition.

    Raises Forbidden, NotFound, Invalid (`routing_…`, naming line and column), KeyReused, and StaleVersion where the
    draft is not the one that was read, was made of an edition that is past, or what it names has changed meanwhile.
    """

    def do() -> int:
        checked = check(version=version, by=by, now=now)
        transaction = Transaction()
        drafts.remove(checked.draft, transaction)
        for name, edition in checked.editions.items():
            reference.require(name, edition, transaction)
        return _published(checked.draft, transaction, key=key, by=by, now=now)

    return once(key, do, int)


def check(*, version: int | None, by: Actor, now: datetime) -> Checked:
    """The draft, if it may be published as it stands, against what is in force this moment: two reads.

    Raises Forbidden, NotFound (`no_draft`), StaleVersion (`stale_version`, `draft_outdated`) and Invalid (`routing_…`).
    """
    held = _held(_township(by, now))
    _require_version(held, version)
    reference.forget()  # not what was in force a minute ago
    found = reference.current(*rulebook.READERS, areas.NAME, terms.TABLE, now=now)
    if held.base != found[TABLE].version:
        raise StaleVersion("draft_outdated", base=held.base, version=found[TABLE].version)
    rules, wanted = rulebook.in_force(now=now), routing.read(held.body)
    ground = routing_checks.Ground(
        taxonomy=rules.taxonomy,
        departments=rules.departments,
        areas=areas.listing(now=now)[0],
        today=today(now),
    )
    routing_checks.check(wanted, ground)
    editions = {name: found[name].version for name in NAMED}
    return Checked(draft=held, routing=wanted, rules=rules, editions=editions)


def _published(held: Draft, transaction: Transaction, *, key: Key | None, by: Actor, now: datetime) -> int:
    version = held.base + 1
    if key:
        idempotency.claim(key, str(version), now=now, transaction=transaction)
    access.record(by, What.CHANGED_REFERENCE, TABLE, now=now, details={"version": version}, transaction=transaction)
    return reference.publish(TABLE, held.body, base=held.base, by=by.id, now=now, transaction=transaction)


def _township(by: Actor, now: datetime) -> str:
    require_admin(by, now=now)
    return areas.township(now=now)


def _held(township: str) -> Draft:
    held = drafts.find(TABLE, township)
    if held is None:
        raise NotFound("no_draft", table=TABLE)
    return held


def _require_version(held: Draft, version: int | None) -> None:
    if version not in (None, held.version):
        raise StaleVersion("stale_version", version=held.version)
