"""Table `applications`: which applications wait with a phone (`phone#<number>`), so that a few do and no more.

A form that waits already is known by a digest beside the ids: sent again, because its answer got lost, it is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import msgspec
from pynamodb.expressions.condition import size
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import AlreadyDone, StaleVersion
from chalicelib.domain.people.applications import Application
from chalicelib.store.base import Transaction
from chalicelib.store.people.applications import ApplicationItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """The ids of the applications that wait with one phone, as they stood at this version; 0 where none ever did."""

    phone: str
    ids: frozenset[str] = frozenset()
    version: int = 0


class PhoneWaits(AlreadyDone):
    """Raised when this form waits already, or as many others with its phone as may."""


def join(application: Application, *, most: int, until: datetime, transaction: Transaction) -> None:
    """Let an application wait with its phone, beside `most` - 1 others at most. The transaction raises PhoneWaits."""
    table, form = ApplicationItem, _digest(application)
    room = (size(table.waiting_ids) < most) & ~table.forms.contains(form)
    free = table.waiting_ids.does_not_exist() | (table.expires_at < _seconds(application.at)) | room
    joined = [
        table.waiting_ids.add({application.id}),
        table.forms.add({form}),
        table.version.add(1),
        table.expires_at.set(_seconds(until)),
    ]
    transaction.update(table(_key(application.form.phone)), joined, free, PhoneWaits("application_waits"))


def of(phone: str) -> Waiting:
    """What waits with this phone: one read."""
    try:
        item = ApplicationItem.get(_key(phone), consistent_read=True)
    except ApplicationItem.DoesNotExist:
        return Waiting(phone=phone)
    return Waiting(phone=phone, ids=frozenset(item.waiting_ids or ()), version=int(item.version))


def sharing(applications: Iterable[Application]) -> dict[str, frozenset[str]]:
    """For each of those that wait the ids of the others with its phone: one call for a hundred."""
    keys = {one.id: _key(one.form.phone) for one in applications}
    items = ApplicationItem.batch_get(set(keys.values())) if keys else []
    ids = {item.id: frozenset(item.waiting_ids or ()) for item in items}
    return {id: ids.get(key, frozenset()) - {id} for id, key in keys.items()}


def leave(found: Waiting, decided: Application, transaction: Transaction, *, now: datetime) -> None:
    """Let one wait no longer, as it was before it was decided on; what nobody waits with any more expires.

    The transaction raises StaleVersion where another one came, or left, since it was read.
    """
    table = ApplicationItem
    left: list[Action] = [table.waiting_ids.delete({decided.id}), table.forms.delete({_digest(decided)})]
    _free(found, left if found.ids - {decided.id} else [*left, *_expired(now)], transaction)


def dissolve(found: Waiting, transaction: Transaction, *, now: datetime) -> None:
    """Let none wait any longer. The transaction raises StaleVersion, as for one."""
    _free(found, [ApplicationItem.waiting_ids.remove(), ApplicationItem.forms.remove(), *_expired(now)], transaction)


def _free(found: Waiting, changes: list[Action], transaction: Transaction) -> None:
    if found.version:
        unchanged, stale = ApplicationItem.version == found.version, StaleVersion("changed_meanwhile")
        counted = ApplicationItem.version.add(1)
        transaction.update(ApplicationItem(_key(found.phone)), [*changes, counted], unchanged, stale)


def _expired(now: datetime) -> list[Action]:
    return [ApplicationItem.expires_at.set(_seconds(now))]


def _digest(application: Application) -> str:
    return sha256(msgspec.json.encode(application.form)).hexdigest()


def _key(phone: str) -> str:
    return f"phone#{phone}"


def _seconds(at: datetime) -> int:
    return int(at.timestamp())
