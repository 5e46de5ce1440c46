"""Table `applications`: recruitment calls (`call#<code>`), applications (by id), and for each phone that waits for a
decision the ids of its applications (`phone#<number>`): so a phone waits a few times and no more, whoever asks.

| access                         | by                                      |
|--------------------------------|-----------------------------------------|
| a recruitment call             | `call#<code>`                           |
| one application, several       | id, batch by id                         |
| those that wait with a phone   | `phone#<number>`: see `waiting`         |
| those in a state, oldest first | index `by_state`: state, at             |

What nobody decides on, and what was rejected, expires. An approved application holds no personal data any more.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import AlreadyDone, Conflict, NotFound, StaleVersion
from chalicelib.domain.people.applications import Application, ApplicationState, Recruitment
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

type Key = Annotated[str, Meta(min_length=1, max_length=100)]
type Position = tuple[Key, Key]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some applications, and where the next ones begin; None at the end."""

    applications: list[Application]
    cursor: str | None


class ByState(GlobalSecondaryIndex["ApplicationItem"]):
    """Applications in a state."""

    class Meta:
        index_name = "by_state"
        projection = IncludeProjection(["body"])

    state = UnicodeAttribute(hash_key=True)
    at = UnicodeAttribute(range_key=True)


class ApplicationItem(Table):
    """A recruitment call or an application (`body`, JSON), or which applications (`waiting_ids`) wait with a phone."""

    class Meta:
        table_name = settings().table("applications")

    id = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute(null=True)
    used = NumberAttribute(null=True)
    version = NumberAttribute(null=True)
    state = UnicodeAttribute(null=True)
    at = UnicodeAttribute(null=True)
    waiting_ids = UnicodeSetAttribute(null=True)
    forms = UnicodeSetAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_state = ByState()


def open_call(recruitment: Recruitment, *, until: datetime, transaction: Transaction) -> None:
    """Store a recruitment call; it is kept until `until`."""
    item = ApplicationItem(_call(recruitment.code), body=_body(recruitment), used=0, expires_at=_seconds(until))
    transaction.put(item, ApplicationItem.id.does_not_exist(), StaleVersion("changed_meanwhile"))


def recruitment(code: str) -> Recruitment:
    """The call with this code, as it stands now. Raises NotFound (`unknown_recruitment`)."""
    try:
        item = ApplicationItem.get(_call(code), consistent_read=True)
    except ApplicationItem.DoesNotExist as error:
        raise NotFound("unknown_recruitment") from error
    return replace(msgspec.json.decode(item.body, type=Recruitment), used=int(item.used))


def submit(application: Application, call: Recruitment, *, until: datetime, transaction: Transaction) -> None:
    """Store a new application, kept until `until`, and take a place of the call.

    The transaction raises Conflict (`recruitment_full`) where others were faster.
    """
    item, new = _item(application, until=until), ApplicationItem.id.does_not_exist()
    transaction.put(item, new, StaleVersion("changed_meanwhile"))
    full = Conflict("recruitment_full")
    used = ApplicationItem.used
    transaction.update(ApplicationItem(_call(call.code)), [used.add(1)], used < call.most, full)


def get(application_id: str) -> Application:
    """The application as it is now. Raises NotFound."""
    try:
        body = ApplicationItem.get(application_id, consistent_read=True).body
    except ApplicationItem.DoesNotExist:
        body = None
    if body is None or "#" in application_id:
        raise NotFound("no_such_application", application=application_id)
    return msgspec.json.decode(body, type=Application)


def several(ids: Iterable[str]) -> list[Application]:
    """Those of the applications that are still kept, in no order: one call for a hundred."""
    found = ApplicationItem.batch_get(wanted) if (wanted := list(ids)) else []
    return [msgspec.json.decode(item.body, type=Application) for item in found]


def decide(before: Application, after: Application, *, until: datetime | None, transaction: Transaction) -> None:
    """Store a decision, kept until `until` or for good. The transaction raises AlreadyDone (`application_decided`)
    where somebody else was faster."""
    done = AlreadyDone("application_decided", state=after.state)
    transaction.put(_item(after, until=until), ApplicationItem.version == before.version, done)


def listed(state: ApplicationState, *, limit: int, cursor: str | None) -> Page:
    """Applications in a state, oldest first: one query."""
    start = _opened(cursor, state) if cursor else None
    rows = ApplicationItem.by_state.query(state.value, limit=limit + 1, last_evaluated_key=start)
    found = [msgspec.json.decode(item.body, type=Application) for item in rows]
    return Page(applications=found[:limit], cursor=_sealed(found[limit - 1]) if len(found) > limit else None)


def _item(application: Application, *, until: datetime | None) -> ApplicationItem:
    return ApplicationItem(
        id=application.id,
        body=_body(application),
        version=application.version,
        state=application.state.value,
        at=_instant(application.at),
        expires_at=_seconds(until) if until else None,
    )


def _call(code: str) -> str:
    return f"call#{code}"


def _body(value: Application | Recruitment) -> str:
    return msgspec.json.encode(value).decode()


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _sealed(application: Application) -> str:
    return cursors.sealed((_instant(application.at), application.id))


def _opened(cursor: str, state: ApplicationState) -> dict[str, dict[str, str]]:
    position: Position = cursors.opened(cursor, Position)
    at, id = position
    return {"state": {"S": state.value}, "at": {"S": at}, "id": {"S": id}}
