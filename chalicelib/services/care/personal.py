"""The one way to learn who somebody is who is cared for: the look is noted, and no more is answered than asked."""

from collections.abc import Collection
from datetime import datetime

from chalicelib.domain.care import personal as rules
from chalicelib.domain.care.personal import SEALED, Personal
from chalicelib.domain.care.sight import Field
from chalicelib.domain.errors import NotFound
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import Actor
from chalicelib.services.care import sealing
from chalicelib.services.people import access
from chalicelib.store.care import beneficiaries as store


def reveal(beneficiary_id: str, *, by: Actor, what: Collection[Field], purpose: str, now: datetime) -> Personal:
    """These fields of who it is, the others empty; nothing is opened, and nothing noted, where none of them is sealed.

    A read, a write that notes the look, one call of KMS. Who may see which is for the caller to decide, by `sight`.
    Raises NotFound (`personal_forgotten`) after their time, Busy.
    """
    fields = SEALED & set(what)
    if not fields:
        return Personal()
    held = store.sealed_of(beneficiary_id)
    if held is None:
        raise NotFound("personal_forgotten", beneficiary=beneficiary_id)
    told: dict[str, object] = {"fields": sorted(fields)}
    access.record(by, What.SAW_BENEFICIARY, beneficiary_id, purpose=purpose, now=now, details=told)
    return rules.only(sealing.opened(beneficiary_id, held.envelope), fields)
