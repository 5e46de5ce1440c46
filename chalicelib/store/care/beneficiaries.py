"""Table `beneficiaries`: who is cared for, without a name; what was sealed of them; needs, consents and complaints.

| access                            | by                                                                |
|-----------------------------------|-------------------------------------------------------------------|
| one beneficiary, several          | id, `head`; batch                                                 |
| who it is (sealed)                | id, `personal`                                                    |
| needs, consents, complaints       | id, part `need#…`, `consent#0001`, `complaint#…` (`records`)      |
| of a village, newest first        | index `by_village`: village, listed_at                            |
| of a township in a state          | index `by_state`: state_key `<township>#<state>`, listed_at       |
| by phone                          | index `by_phone`: phone_digest                                    |
| whose time to be forgotten comes  | index `by_end`: ending, ended_at (sparse; see `forgetting`)       |
| whether somebody is there already | id `who#<digest>`, `owner`                                        |

The same elder is there once: the digest of number and name is an item, written on the condition that there is none.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import BinaryAttribute, NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection, KeysOnlyProjection

from chalicelib.config import settings
from chalicelib.domain.care.beneficiaries import Beneficiary, BeneficiaryState
from chalicelib.domain.errors import Conflict, NotFound, StaleVersion
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

HEAD, PERSONAL, OWNER = "head", "personal", "owner"
FIRST_TERM = "beneficiary_coordinates"  # what is forgotten first of who is cared for no more

type Key = Annotated[str, Meta(min_length=1, max_length=200)]
type Position = tuple[Key, Key]


class ByVillage(GlobalSecondaryIndex["BeneficiaryItem"]):
    """A village's, by when they were raised."""

    class Meta:
        index_name = "by_village"
        projection = IncludeProjection(["body"])

    village = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class ByState(GlobalSecondaryIndex["BeneficiaryItem"]):
    """A township's in a state, by when they were raised."""

    class Meta:
        index_name = "by_state"
        projection = IncludeProjection(["body"])

    state_key = UnicodeAttribute(hash_key=True)
    listed_at = UnicodeAttribute(range_key=True)


class ByPhone(GlobalSecondaryIndex["BeneficiaryItem"]):
    """Who can be reached by a number; of the number, its digest alone is known."""

    class Meta:
        index_name = "by_phone"
        projection = KeysOnlyProjection()

    phone_digest = UnicodeAttribute(hash_key=True)


class ByEnd(GlobalSecondaryIndex["BeneficiaryItem"]):
    """Who is cared for no more, by what is to be forgotten next, and since when."""

    class Meta:
        index_name = "by_end"
        projection = KeysOnlyProjection()

    ending = UnicodeAttribute(hash_key=True)
    ended_at = UnicodeAttribute(range_key=True)


class BeneficiaryItem(Table):
    """A head or what belongs to it (`body`, JSON; `sealed`, an envelope), or whose a digest is (`beneficiary_id`)."""

    class Meta:
        table_name = settings().table("beneficiaries")

    id = UnicodeAttribute(hash_key=True)
    part = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    state = UnicodeAttribute(null=True)
    sealed = BinaryAttribute(legacy_encoding=False, null=True)
    who_digest = UnicodeAttribute(null=True)
    contact_digest = UnicodeAttribute(null=True)
    beneficiary_id = UnicodeAttribute(null=True)
    village = UnicodeAttribute(null=True)
    listed_at = UnicodeAttribute(null=True)
    state_key = UnicodeAttribute(null=True)
    phone_digest = UnicodeAttribute(null=True)
    ending = UnicodeAttribute(null=True)
    ended_at = UnicodeAttribute(null=True)
    by_village = ByVillage()
    by_state = ByState()
    by_phone = ByPhone()
    by_end = ByEnd()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """Who it is, as it is kept: an envelope, and digests of his number, of number and name, of the contact's number."""

    envelope: bytes
    phone_digest: str
    who_digest: str
    contact_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some beneficiaries, newest first, and where the next ones begin; None at the end."""

    beneficiaries: list[Beneficiary]
    cursor: str | None


def find(id: str) -> Beneficiary | None:
    """The beneficiary as he is now, if there is one."""
    try:
        return _decoded(BeneficiaryItem.get(id, HEAD, consistent_read=True))
    except BeneficiaryItem.DoesNotExist:
        return None


def get(id: str) -> Beneficiary:
    """Raises NotFound (`no_such_beneficiary`)."""
    if found := find(id):
        return found
    raise NotFound("no_such_beneficiary", beneficiary=id)


def several(ids: Iterable[str]) -> dict[str, Beneficiary]:
    """Those of these that there are, by id: one call for a hundred, none for none."""
    keys = [(id, HEAD) for id in sorted(set(ids))]
    found = BeneficiaryItem.batch_get(keys, consistent_read=True) if keys else ()
    return {item.id: _decoded(item) for item in found}


def put(one: Beneficiary, transaction: Transaction) -> None:
    """Store the head over the version it came from; the transaction raises StaleVersion if that is past."""
    item = BeneficiaryItem(
        id=one.id,
        part=HEAD,
        body=msgspec.json.encode(one).decode(),
        version=one.version,
        state=one.state.value,
        village=one.village,
        listed_at=_instant(one.raised_at),
        state_key=f"{one.township}#{one.state}",
    )
    if one.stopped_at:
        item.ending, item.ended_at = FIRST_TERM, _instant(one.stopped_at)
    first = BeneficiaryItem.id.does_not_exist() if one.version == 1 else BeneficiaryItem.version == one.version - 1
    transaction.put(item, first, StaleVersion("changed_meanwhile"))


def seal(id: str, sealed: Sealed, transaction: Transaction) -> None:
    """Store who it is, in the place of what stood there."""
    item = BeneficiaryItem(id, PERSONAL, sealed=sealed.envelope)
    item.phone_digest, item.who_digest = sealed.phone_digest, sealed.who_digest
    item.contact_digest = sealed.contact_digest
    transaction.put(item)


def own(id: str, digest: str, transaction: Transaction) -> None:
    """Let nobody else be this one. The transaction raises Conflict (`beneficiary_known`)."""
    free = BeneficiaryItem.id.does_not_exist()
    known = Conflict("beneficiary_known")
    transaction.put(BeneficiaryItem(_owner(digest), OWNER, beneficiary_id=id), free, known)


def disown(digest: str, transaction: Transaction) -> None:
    """He may be entered anew."""
    transaction.delete(BeneficiaryItem(_owner(digest), OWNER))


def sealed_of(id: str) -> Sealed | None:
    """Who it is, as it is kept; None once it was forgotten."""
    try:
        item = BeneficiaryItem.get(id, PERSONAL, consistent_read=True)
    except BeneficiaryItem.DoesNotExist:
        return None
    return Sealed(
        envelope=item.sealed,
        phone_digest=item.phone_digest,
        who_digest=item.who_digest,
        contact_digest=item.contact_digest,
    )


def by_phone(digest: str) -> list[Beneficiary]:
    """Everybody who can be reached by that number, those of earlier times too: one query, one batch."""
    return list(several(item.id for item in BeneficiaryItem.by_phone.query(digest)).values())


def of_village(village: str, *, limit: int, cursor: str | None) -> Page:
    """A village's, newest first: one query. Raises Invalid (`bad_cursor`), as the next does."""
    return _page(BeneficiaryItem.by_village, "village", village, limit, cursor)


def in_state(township: str, state: BeneficiaryState, *, limit: int, cursor: str | None) -> Page:
    """A township's in a state, newest first: one query."""
    return _page(BeneficiaryItem.by_state, "state_key", f"{township}#{state}", limit, cursor)


def require_active(id: str, transaction: Transaction) -> None:
    """Make the transaction depend on visits being allowed. It raises Conflict (`care_stopped`) where they are not."""
    active = BeneficiaryItem.state == BeneficiaryState.ACTIVE
    transaction.check(BeneficiaryItem, id, HEAD, condition=active, refusal=Conflict("care_stopped"))


def _page(index: "ByVillage | ByState", name: str, key: str, limit: int, cursor: str | None) -> Page:
    start = None
    if cursor:
        listed_at, id = cursors.opened(cursor, Position)
        start = {name: {"S": key}, "listed_at": {"S": listed_at}, "id": {"S": id}, "part": {"S": HEAD}}
    rows = index.query(key, scan_index_forward=False, limit=limit + 1, last_evaluated_key=start)
    found = list(rows)
    more = cursors.sealed((found[limit - 1].listed_at, found[limit - 1].id)) if len(found) > limit else None
    return Page(beneficiaries=[_decoded(row) for row in found[:limit]], cursor=more)


def _decoded(item: BeneficiaryItem) -> Beneficiary:
    return msgspec.json.decode(item.body, type=Beneficiary)


def _owner(digest: str) -> str:
    return f"who#{digest}"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
