"""Table `slots`: calls to volunteer, their slots, who signed up, and what each courier has promised for when.

| item                | id               | part                | access                                             |
|---------------------|------------------|---------------------|----------------------------------------------------|
| a call              | its id           | `call`              | by both                                            |
| a slot              | its id           | `head`              | by both, in batches with sign-ups and books        |
| … on a list         |                  |                     | index `by_list`: `<village or township>#<state>`,  |
|                     |                  |                     | what begins first (`<start>#<id>`)                 |
| a sign-up           | the slot's       | `sign_up#<courier>` | by both; all of a slot: one query                  |
| … of a courier      |                  |                     | index `by_courier`: courier_id, `<start>#<slot>`   |
| … that waits        |                  |                     | index `by_list`: `<village>#to_confirm`,           |
|                     |                  |                     | `<township>#disputed`                              |
| a mediation's notes | the slot's       | `note#<instant>`    | one query                                          |
| a courier's book    | `book:<courier>` | `book`              | by both                                            |

A mediation lies on no list but that of who opened it (`opened:<person>`). What is due of a slot lies in table
`reports` (`due`).
"""

from datetime import UTC, datetime

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.errors import StaleVersion
from chalicelib.store.base import Table

CALL, HEAD, SIGN_UP, NOTE, BOOK = "call", "head", "sign_up#", "note#", "book"


class ByList(GlobalSecondaryIndex["SlotItem"]):
    """Slots of a place in a state, and sign-ups that somebody has to look at."""

    class Meta:
        index_name = "by_list"
        projection = IncludeProjection(["body", "taken", "waiting"])

    list_key = UnicodeAttribute(hash_key=True)
    sort_key = UnicodeAttribute(range_key=True)


class ByCourier(GlobalSecondaryIndex["SlotItem"]):
    """A courier's sign-ups."""

    class Meta:
        index_name = "by_courier"
        projection = IncludeProjection(["body"])

    courier_id = UnicodeAttribute(hash_key=True)
    start_key = UnicodeAttribute(range_key=True)


class SlotItem(Table):
    """Any of the items (`body`, JSON); of a slot `roster` says who has a place and who waits, `taken` and `waiting` how
    many that are."""

    class Meta:
        table_name = settings().table("slots")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()
    version = NumberAttribute(null=True)
    roster = UnicodeAttribute(null=True)
    taken = NumberAttribute(null=True)
    waiting = NumberAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    sort_key = UnicodeAttribute(null=True)
    courier_id = UnicodeAttribute(null=True)
    start_key = UnicodeAttribute(null=True)
    expires_at = NumberAttribute(null=True)
    by_list = ByList()
    by_courier = ByCourier()


class SlotMoved(StaleVersion):
    """Raised when the slot, a sign-up or a book changed since it was read: look again."""


def stamp(at: datetime) -> str:
    """A UTC instant that sorts by time."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")
