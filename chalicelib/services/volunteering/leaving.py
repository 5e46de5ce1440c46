"""Who is no courier any more gives back what he promised; who is forgotten leaves neither words nor places behind."""

from datetime import datetime

from chalicelib.domain.people.model import Person
from chalicelib.domain.volunteering import calling
from chalicelib.domain.volunteering.statements import FIRST, LAST
from chalicelib.services.volunteering import keeping
from chalicelib.store.base import Transaction
from chalicelib.store.volunteering import due, lists
from chalicelib.store.volunteering import slots as store


def leave(before: Person, after: Person, *, now: datetime, transaction: Transaction) -> None:
    """With the change that ends somebody's being a courier, have his places given back at the next sweep."""
    if keeping.volunteer(before).is_courier and not keeping.volunteer(after).is_courier:
        due.put(after.id, due.GONE, at=now, transaction=transaction)


def forget(person_id: str) -> None:
    """Let go of his words and places in his sign-ups, and of his book; what he did, and when, stays under an id that
    leads to nobody: a query, and a read and a write for each."""
    for found in list(lists.between(person_id, FIRST, LAST)):
        own = store.with_courier(found.slot_id, person_id)[1]
        if own and calling.stripped(own) != own:
            store.rewrite(calling.stripped(own))
    store.forget_book(person_id)
