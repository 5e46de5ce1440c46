"""Table `people`: everyone Fenjian knows (`profile`), and one item per post they hold (`post#<role>:<scope>`).

| access                | by                              |
|-----------------------|---------------------------------|
| one person            | id, `profile`                   |
| who holds a post      | index `by_scope`: scope_key, id |
"""

import msgspec
from pynamodb.attributes import UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.errors import NotFound
from chalicelib.domain.people import Person
from chalicelib.store.base import Table, Transaction

PROFILE = "profile"


class ByScope(GlobalSecondaryIndex["PersonItem"]):
    """Who holds a post."""

    class Meta:
        index_name = "by_scope"
        projection = KeysOnlyProjection()

    scope_key = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class PersonItem(Table):
    """A person's profile (`body`, JSON), or one of his posts."""

    class Meta:
        table_name = settings().table("people")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    scope_key = UnicodeAttribute(null=True)
    by_scope = ByScope()


def find(person_id: str) -> Person | None:
    """The person, if Fenjian knows him."""
    try:
        return msgspec.json.decode(PersonItem.get(person_id, PROFILE, consistent_read=True).body, type=Person)
    except PersonItem.DoesNotExist:
        return None


def get(person_id: str) -> Person:
    """Raises NotFound."""
    if person := find(person_id):
        return person
    raise NotFound("no_such_person", person=person_id)


def holders(post_key: str) -> list[str]:
    """Ids of the people who hold a post: one query."""
    return [item.id for item in PersonItem.by_scope.query(post_key)]


def put(person: Person) -> None:
    """Store a person and his posts; posts he no longer holds go with the same transaction."""
    held = {item.part: item for item in PersonItem.query(person.id, PersonItem.part.startswith("post#"))}
    transaction = Transaction()
    transaction.put(PersonItem(person.id, PROFILE, body=msgspec.json.encode(person).decode()))
    for post in person.posts:
        held.pop(f"post#{post.key}", None)
        transaction.put(PersonItem(person.id, f"post#{post.key}", scope_key=post.key))
    for item in held.values():
        transaction.delete(item)
    transaction.commit()
