"""Slots with their sign-ups and books: read together, written together (see `items`)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import msgspec
from pynamodb.expressions.update import Action

from chalicelib.domain.errors import NotFound
from chalicelib.domain.volunteering.attendance import Book, Note, SignUp
from chalicelib.domain.volunteering.model import Call, Slot
from chalicelib.domain.volunteering.signing import Held
from chalicelib.domain.volunteering.terms import OpenTo, SignUpState
from chalicelib.domain.volunteering.turns import Turn
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.volunteering.items import BOOK, CALL, HEAD, NOTE, SIGN_UP, SlotItem, SlotMoved, stamp

OPENED = "opened:"
TO_CONFIRM, DISPUTED = "to_confirm", "disputed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who has a place, and who waits."""

    taken: tuple[str, ...]
    waiting: tuple[str, ...]


def put_call(call: Call, *, expires_at: datetime, transaction: Transaction) -> None:
    """Store a new call."""
    item = SlotItem(id=call.id, part=CALL, body=_json(call), expires_at=int(expires_at.timestamp()))
    transaction.put(item, SlotItem.id.does_not_exist(), SlotMoved("changed_meanwhile"))


def write(turn: Turn, transaction: Transaction, *, slot_until: datetime, hours_until: datetime) -> None:
    """Store what a turn changes, with its lines of history; the transaction raises SlotMoved where anything of it is
    not as it was read. The slot and its sign-ups are kept until then; books go with their couriers."""
    slot = replace(turn.slot, revision=turn.before.revision + 1)
    _put(_head(slot, int(slot_until.timestamp())), turn.before.revision, transaction)
    for one in turn.sign_ups:
        _put(_signed(one, int(hours_until.timestamp())), one.version - 1, transaction)
    for book in turn.books:
        item = SlotItem(id=f"{BOOK}:{book.courier_id}", part=BOOK, body=_json(book), version=book.version)
        _put(item, book.version - 1, transaction)
    for line in turn.happenings:
        history.append(line, transaction)


def _put(item: SlotItem, version: int, transaction: Transaction) -> None:
    as_read = SlotItem.version == version if version else SlotItem.id.does_not_exist()
    transaction.put(item, as_read, SlotMoved("changed_meanwhile"))


def _head(slot: Slot, expiry: int) -> SlotItem:
    return SlotItem(
        id=slot.id,
        part=HEAD,
        body=_json(replace(slot, taken=(), waiting=())),
        roster=_json(Roster(taken=slot.taken, waiting=slot.waiting)),
        taken=len(slot.taken),
        waiting=len(slot.waiting),
        version=slot.revision,
        list_key=f"{_place(slot)}#{slot.state}",
        sort_key=f"{stamp(slot.terms.start)}#{slot.id}",
        expires_at=expiry,
    )


def _place(slot: Slot) -> str:
    if slot.is_confidential:
        return f"{OPENED}{slot.by}"
    return slot.matter.village if slot.matter.open_to is OpenTo.VILLAGE else slot.township


def _signed(sign_up: SignUp, expiry: int) -> SlotItem:
    item = SlotItem(
        id=sign_up.slot_id,
        part=f"{SIGN_UP}{sign_up.courier_id}",
        body=_json(sign_up),
        version=sign_up.version,
        courier_id=sign_up.courier_id,
        start_key=f"{stamp(sign_up.start)}#{sign_up.slot_id}",
        expires_at=expiry,
    )
    if sign_up.state is SignUpState.CHECKED_OUT:
        item.list_key = f"{sign_up.village}#{TO_CONFIRM}"
    if sign_up.state is SignUpState.DISPUTED:
        item.list_key = f"{sign_up.township}#{DISPUTED}"
    item.sort_key = f"{stamp(sign_up.start)}#{sign_up.slot_id}#{sign_up.courier_id}" if item.list_key else None
    return item


def call(call_id: str) -> Call:
    """The call. Raises NotFound (`no_such_call`)."""
    try:
        return msgspec.json.decode(SlotItem.get(call_id, CALL).body, type=Call)
    except SlotItem.DoesNotExist as error:
        raise NotFound("no_such_call", call=call_id) from error


def several(ids: Iterable[str]) -> list[Slot]:
    """Those of these slots that there are, in their order: one call for a hundred."""
    order = list(ids)
    found = {item.id: slot_of(item) for item in SlotItem.batch_get([(id, HEAD) for id in order], consistent_read=True)}
    return [found[id] for id in order if id in found]


def get(slot_id: str) -> Slot:
    """The slot as it is now. Raises NotFound (`no_such_slot`)."""
    if not (found := several([slot_id])):
        raise NotFound("no_such_slot", slot=slot_id)
    return found[0]


def with_courier(slot_id: str, courier_id: str) -> tuple[Slot, SignUp | None, Book]:
    """The slot, somebody's sign-up for it, and his book: one batch. Raises NotFound (`no_such_slot`)."""
    own = (slot_id, f"{SIGN_UP}{courier_id}")
    keys = [(slot_id, HEAD), own, (f"{BOOK}:{courier_id}", BOOK)]
    found = {(item.id, item.part): item for item in SlotItem.batch_get(keys, consistent_read=True)}
    if (head := found.pop((slot_id, HEAD), None)) is None:
        raise NotFound("no_such_slot", slot=slot_id)
    sign_up = sign_up_of(found.pop(own)) if own in found else None
    book = next((_book(item) for item in found.values()), Book(courier_id=courier_id))
    return slot_of(head), sign_up, book


def held(slot_id: str, couriers: Iterable[str]) -> dict[str, Held]:
    """Sign-ups with the books of their couriers: one call for fifty, none for nobody."""
    ids = list(couriers)
    keys = [(slot_id, f"{SIGN_UP}{id}") for id in ids] + [(f"{BOOK}:{id}", BOOK) for id in ids]
    if not keys:
        return {}
    found = list(SlotItem.batch_get(keys, consistent_read=True))
    books = {one.courier_id: one for one in map(_book, (item for item in found if item.part == BOOK))}
    sign_ups = [sign_up_of(item) for item in found if item.part != BOOK]
    return {
        one.courier_id: Held(sign_up=one, book=books.get(one.courier_id, Book(courier_id=one.courier_id)))
        for one in sign_ups
    }


def books(couriers: Iterable[str]) -> dict[str, Book]:
    """What each of them has promised: one call for a hundred, none for nobody."""
    ids = list(couriers)
    keys = [(f"{BOOK}:{id}", BOOK) for id in ids]
    found = [_book(item) for item in SlotItem.batch_get(keys, consistent_read=True)] if keys else []
    return {id: Book(courier_id=id) for id in ids} | {one.courier_id: one for one in found}


def sign_ups(slot_id: str) -> list[SignUp]:
    """All that anybody ever signed up for in a slot, also those that left: one query."""
    of_slot = SlotItem.part.startswith(SIGN_UP)
    return [sign_up_of(item) for item in SlotItem.query(slot_id, of_slot, consistent_read=True)]


def notes(slot_id: str) -> list[Note]:
    """What a mediation's team wrote down, oldest first: one query."""
    found = SlotItem.query(slot_id, SlotItem.part.startswith(NOTE), consistent_read=True)
    return [msgspec.json.decode(item.body, type=Note) for item in found]


def add_note(note: Note, *, expires_at: datetime, transaction: Transaction) -> None:
    """Store a note."""
    part = f"{NOTE}{stamp(note.at)}#{note.by}"
    item = SlotItem(id=note.slot_id, part=part, body=_json(note), expires_at=int(expires_at.timestamp()))
    transaction.put(item, SlotItem.id.does_not_exist(), SlotMoved("changed_meanwhile"))


def rewrite(sign_up: SignUp) -> None:
    """Store a sign-up over the version before, without a line: for erasure alone, which keeps its expiry."""
    actions: list[Action] = [SlotItem.body.set(_json(sign_up)), SlotItem.version.set(sign_up.version)]
    SlotItem(sign_up.slot_id, f"{SIGN_UP}{sign_up.courier_id}").update(actions, SlotItem.version == sign_up.version - 1)


def forget_book(courier_id: str) -> None:
    """Let go of what somebody has promised."""
    SlotItem(f"{BOOK}:{courier_id}", BOOK).delete()


def slot_of(item: SlotItem) -> Slot:
    """The slot of an item; without its roster where the index has none."""
    slot = msgspec.json.decode(item.body, type=Slot)
    if item.roster is None:
        return slot
    roster = msgspec.json.decode(item.roster, type=Roster)
    return replace(slot, taken=roster.taken, waiting=roster.waiting)


def sign_up_of(item: SlotItem) -> SignUp:
    """The sign-up of an item."""
    return msgspec.json.decode(item.body, type=SignUp)


def _book(item: SlotItem) -> Book:
    return msgspec.json.decode(item.body, type=Book)


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
