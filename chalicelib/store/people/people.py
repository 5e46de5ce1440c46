"""Table `people`: everyone Fenjian knows (`profile`), items that they are found by (see `filed`), and one per phone
number and identity, which say whose these are (`phone#<number>`, `identity#<issuer> <subject>`; part `owner`).

| access                       | by                                                     |
|------------------------------|--------------------------------------------------------|
| one person                   | id, `profile`                                          |
| several people               | batch by id                                            |
| whose phone, whose identity  | `phone#…` or `identity#…`, `owner`; then the person    |
| who holds a post             | index `by_scope`: scope_key, id                        |
| rounds, and who is ranked    | index `by_scope`; see `rounds`, `memberships`          |
| whose account was closed     | index `by_leaving`: leaving, left_at (sparse)          |

One phone is one person: its item is written on the condition that there is none, and moves with a change of phone in
the same transaction. When somebody was last active is no part of `body`: it changes without a new version.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import Conflict, NotFound, StaleVersion
from chalicelib.domain.people.model import Identity, Person, PersonState
from chalicelib.store.base import Table, Transaction
from chalicelib.store.people.filed import filed

PROFILE, OWNER = "profile", "owner"
LEFT, ASKED = "left", "asked"
SEEN_EVERY = timedelta(days=1)
STRANGER = "nobody"  # read in the place of a person, so that time does not tell whether a phone is known


class ByScope(GlobalSecondaryIndex["PersonItem"]):
    """Who holds a post; what is on couriers' rounds; who is ranked."""

    class Meta:
        index_name = "by_scope"
        projection = KeysOnlyProjection()

    scope_key = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ByLeaving(GlobalSecondaryIndex["PersonItem"]):
    """Whose account is closed and not erased yet: `left`, or `asked` where he asked to be forgotten; and since when."""

    class Meta:
        index_name = "by_leaving"
        projection = KeysOnlyProjection()

    leaving = UnicodeAttribute(hash_key=True)
    left_at = UnicodeAttribute(range_key=True)


class PersonItem(Table):
    """A person's profile (`body`, JSON), what he is found by, or what is his alone (`person_id`)."""

    class Meta:
        table_name = settings().table("people")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    active_at = UnicodeAttribute(null=True)
    leaving = UnicodeAttribute(null=True)
    left_at = UnicodeAttribute(null=True)
    scope_key = UnicodeAttribute(null=True)
    person_id = UnicodeAttribute(null=True)
    by_scope = ByScope()
    by_leaving = ByLeaving()


def find(person_id: str) -> Person | None:
    """The person, if Fenjian knows him."""
    try:
        return decoded(PersonItem.get(person_id, PROFILE, consistent_read=True))
    except PersonItem.DoesNotExist:
        return None


def get(person_id: str) -> Person:
    """Raises NotFound."""
    if person := find(person_id):
        return person
    raise NotFound("no_such_person", person=person_id)


def several(ids: Iterable[str], *, consistent: bool = False) -> list[Person]:
    """Those of the people that Fenjian knows, in no order: one call for a hundred."""
    keys = [(id, PROFILE) for id in ids]
    return [decoded(item) for item in PersonItem.batch_get(keys, consistent_read=consistent)] if keys else []


def by_phone(phone: str) -> Person | None:
    """Whose phone this is: two reads, whether or not it is known."""
    return find(_owner(f"phone#{phone}"))


def by_identity(issuer: str, subject: str) -> Person | None:
    """Who this is to that issuer."""
    return find(_owner(f"identity#{Identity(issuer, subject).key}"))


def holders(post_key: str) -> list[str]:
    """Ids of the people who hold a post: one query."""
    return [item.id for item in PersonItem.by_scope.query(post_key)]


def holders_after(post_key: str, *, after: str | None, limit: int) -> list[str]:
    """Some of them, by their ids, from behind `after` on: one query."""
    behind = ByScope.id > after if after else None
    return [item.id for item in PersonItem.by_scope.query(post_key, behind, limit=limit)]


def left_before(at: datetime, *, asked: bool, limit: int) -> list[str]:
    """Ids of people whose account was closed by then and who are not erased yet, longest ago first: one query.

    `asked` for those who had asked by then to be forgotten, else those who did not ask.
    """
    closed = PersonItem.by_leaving.query(ASKED if asked else LEFT, ByLeaving.left_at <= _instant(at), limit=limit)
    return [item.id for item in closed]


def put(person: Person) -> None:
    """Make a person known, or change what is known of him. Raises Conflict (`phone_taken`, `identity_taken`)."""
    transaction, before = Transaction(), find(person.id)
    if before is None:
        add(person, transaction)
    else:
        change(before, replace(person, version=before.version + 1), transaction)
    transaction.commit()


def add(person: Person, transaction: Transaction) -> None:
    """Make a person known. The transaction raises StaleVersion if he is known, Conflict if his phone or identity is
    somebody else's."""
    item = PersonItem(person.id, PROFILE, body=_body(person), version=person.version)
    item.active_at = _instant(person.last_active_at) if person.last_active_at else None
    item.leaving, item.left_at = _leaving(person)
    transaction.put(item, PersonItem.id.does_not_exist(), StaleVersion("changed_meanwhile"))
    _give(person.id, _own(person), transaction)
    _file(person.id, filed(person), transaction)


def change(before: Person, after: Person, transaction: Transaction) -> None:
    """Store what became of a person with his posts, round, phone, identity. The transaction raises StaleVersion if he
    changed since `before` was read, Conflict if a new phone or identity is somebody else's."""
    refusal = StaleVersion("changed_meanwhile")
    transaction.update(PersonItem(before.id, PROFILE), _actions(before, after), _unchanged(before), refusal)
    for key in _own(before) - _own(after):
        transaction.delete(PersonItem(key, OWNER), _free_or_of(before.id), refusal)
    _give(after.id, _own(after), transaction)
    for part, _ in filed(before) - filed(after):
        transaction.delete(PersonItem(before.id, part))
    _file(after.id, filed(after), transaction)  # all, for who was filed before there was this way to find him


def seen(person_id: str, at: datetime) -> None:
    """Note that the person was active at `at`, unless he was noted less than a day before, or later; one who is
    unknown stays so. The authorizer may do this and no more, attribute by attribute (.chalice/policy-authorize.json).
    """
    due = PersonItem.active_at.does_not_exist() | (PersonItem.active_at <= _instant(at - SEEN_EVERY))
    PersonItem(person_id, PROFILE).update_if(PersonItem.id.exists() & due, [PersonItem.active_at.set(_instant(at))])


def decoded(item: PersonItem) -> Person:
    """The person that a profile holds: for who reads it together with something else."""
    person = msgspec.json.decode(item.body, type=Person)
    return replace(person, last_active_at=datetime.fromisoformat(item.active_at)) if item.active_at else person


def _actions(before: Person, after: Person) -> list[Action]:
    actions: list[Action] = [PersonItem.body.set(_body(after)), PersonItem.version.set(after.version)]
    if after.last_active_at and after.last_active_at != before.last_active_at:
        actions.append(PersonItem.active_at.set(_instant(after.last_active_at)))
    leaving, left_at = _leaving(after)
    for attribute, value in ((PersonItem.leaving, leaving), (PersonItem.left_at, left_at)):
        actions.append(attribute.set(value) if value else attribute.remove())
    return actions


def _unchanged(before: Person) -> Condition:
    """People of before there were versions have none."""
    same: Condition = PersonItem.version == before.version
    return same if before.version else same | (PersonItem.body.exists() & PersonItem.version.does_not_exist())


def _own(person: Person) -> set[str]:
    """Keys of what is this person's alone."""
    keys = {f"phone#{person.phone}"} if person.phone else set()
    return keys | {f"identity#{person.identity.key}"} if person.identity else keys


def _give(person_id: str, keys: Iterable[str], transaction: Transaction) -> None:
    for key in sorted(keys, reverse=True):  # where both are taken, the phone is what the refusal speaks of
        taken = Conflict("phone_taken" if key.startswith("phone#") else "identity_taken")
        transaction.put(PersonItem(key, OWNER, person_id=person_id), _free_or_of(person_id), taken)


def _free_or_of(person_id: str) -> Condition:
    free: Condition = PersonItem.person_id.does_not_exist() | (PersonItem.person_id == person_id)
    return free


def _file(person_id: str, parts: Iterable[tuple[str, str]], transaction: Transaction) -> None:
    for part, key in parts:
        transaction.put(PersonItem(person_id, part, scope_key=key))


def _owner(key: str) -> str:
    try:
        return str(PersonItem.get(key, OWNER, consistent_read=True).person_id)
    except PersonItem.DoesNotExist:
        return STRANGER


def _leaving(person: Person) -> tuple[str | None, str | None]:
    if person.state is not PersonState.LEFT or person.left_at is None:
        return None, None
    asked = person.erase_asked_at
    return ASKED if asked else LEFT, _instant(asked or person.left_at)


def _body(person: Person) -> str:
    return msgspec.json.encode(replace(person, last_active_at=None)).decode()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
