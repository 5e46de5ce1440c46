"""Table `plans`: what is to be brought to whom, when. What happened to a plan lies in `history`.

| access                          | by                                       |
|---------------------------------|------------------------------------------|
| a plan                          | id                                       |
| those of a beneficiary          | index `by_beneficiary`: beneficiary_id, id |
| a village's, by their ids       | index `by_village`: village, id          |

When a plan's visits are made next lies in table `reports` (`due`). How far they were made is no part of `body`: it
changes without a new version, so that a night between reading and editing does not refuse the edit.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta
from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection

from chalicelib.config import settings
from chalicelib.domain.care.model import Plan
from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.store import cursors
from chalicelib.store.base import Table, Transaction

type Id = Annotated[str, Meta(min_length=1, max_length=200)]


class ByBeneficiary(GlobalSecondaryIndex["PlanItem"]):
    """Somebody's plans."""

    class Meta:
        index_name = "by_beneficiary"
        projection = IncludeProjection(["body"])

    beneficiary_id = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class ByVillage(GlobalSecondaryIndex["PlanItem"]):
    """A village's plans."""

    class Meta:
        index_name = "by_village"
        projection = IncludeProjection(["body"])

    village = UnicodeAttribute(hash_key=True)
    id = UnicodeAttribute(range_key=True)


class PlanItem(Table):
    """A plan (`body`, JSON), and until when its visits were made (`generated_until`, a local day)."""

    class Meta:
        table_name = settings().table("plans")

    id = UnicodeAttribute(hash_key=True)
    body = UnicodeAttribute(null=True)
    version = NumberAttribute(null=True)
    generated_until = UnicodeAttribute(null=True)
    beneficiary_id = UnicodeAttribute(null=True)
    village = UnicodeAttribute(null=True)
    by_beneficiary = ByBeneficiary()
    by_village = ByVillage()


class PlanMoved(Conflict):
    """Raised when the plan changed since it was read. No StaleVersion: not a visit, but the plan is looked at anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some plans, and where the next ones begin; None at the end."""

    plans: list[Plan]
    cursor: str | None


def add(plan: Plan, transaction: Transaction) -> None:
    """Store a new plan; the transaction raises PlanMoved where there is one of that id."""
    item = PlanItem(plan.id, body=_json(plan), version=plan.version)
    item.beneficiary_id, item.village = plan.beneficiary_id, plan.village
    transaction.put(item, PlanItem.id.does_not_exist(), PlanMoved("changed_meanwhile"))


def change(plan: Plan, transaction: Transaction) -> None:
    """Store it over the version before; the transaction raises PlanMoved if that is past."""
    actions = [PlanItem.body.set(_json(plan)), PlanItem.version.set(plan.version)]
    transaction.update(PlanItem(plan.id), actions, PlanItem.version == plan.version - 1, PlanMoved("changed_meanwhile"))


def generated(plan: Plan, until: date, transaction: Transaction) -> None:
    """Note that visits were made until that day by the plan as it was read; the transaction raises PlanMoved if it has
    changed."""
    as_read, noted = PlanItem.version == plan.version, PlanItem.generated_until.set(until.isoformat())
    transaction.update(PlanItem(plan.id), [noted], as_read, PlanMoved("changed_meanwhile"))


def require(plan: Plan, transaction: Transaction) -> None:
    """What the transaction does stands on the plan as it was read: it raises PlanMoved if that has changed."""
    as_read = PlanItem.version == plan.version
    transaction.check(PlanItem, plan.id, None, condition=as_read, refusal=PlanMoved("changed_meanwhile"))


def find(plan_id: str) -> Plan | None:
    """The plan as it is now, if there is one."""
    try:
        return _plan(PlanItem.get(plan_id, consistent_read=True))
    except PlanItem.DoesNotExist:
        return None


def get(plan_id: str) -> Plan:
    """Raises NotFound (`no_such_plan`)."""
    if (found := find(plan_id)) is None:
        raise NotFound("no_such_plan", plan=plan_id)
    return found


def of_beneficiary(beneficiary_id: str) -> list[Plan]:
    """All plans of somebody, ended ones too: one query. How far visits were made is not said."""
    return [_listed(item) for item in PlanItem.by_beneficiary.query(beneficiary_id)]


def of_village(village: str, *, limit: int, cursor: str | None) -> Page:
    """A page of a village's plans: one query. Raises Invalid (`bad_cursor`)."""
    behind = ByVillage.id > cursors.opened(cursor, Id) if cursor else None
    found = list(PlanItem.by_village.query(village, behind, limit=limit + 1, page_size=limit + 1))
    more = cursors.sealed(found[limit - 1].id) if len(found) > limit else None
    return Page(plans=[_listed(item) for item in found[:limit]], cursor=more)


def _plan(item: PlanItem) -> Plan:
    plan = _listed(item)
    return replace(plan, generated_until=date.fromisoformat(item.generated_until)) if item.generated_until else plan


def _listed(item: PlanItem) -> Plan:
    return msgspec.json.decode(item.body, type=Plan)


def _json(plan: Plan) -> str:
    return msgspec.json.encode(replace(plan, generated_until=None)).decode()
