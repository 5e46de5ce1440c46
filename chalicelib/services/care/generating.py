"""The visits of a plan follow the plan: made days ahead, moved, set aside, called off (ADR 0049).

Each night, and after whatever changes a plan, its calendar or who is cared for. Every write stands on the plan as it
was read; until all is written the plan stays due, so what a crash leaves is done within the minute.
"""

import zlib
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta

from chalicelib.domain.care import generating as rules
from chalicelib.domain.care import plans as planning
from chalicelib.domain.care.beneficiaries import Beneficiary
from chalicelib.domain.care.generating import Terms
from chalicelib.domain.care.model import By, Ending, Plan, Step, Visit, clock, visit_id
from chalicelib.domain.errors import Busy, StaleVersion
from chalicelib.domain.happenings import Thing, happened
from chalicelib.domain.reference.calendar import ZONE, today
from chalicelib.gateways import recurrence
from chalicelib.services.care import steps
from chalicelib.services.reference import rulebook
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries, due, plans, visits
from chalicelib.store.care.plans import PlanMoved

TRIES = 10
NIGHT, SPREAD = time(0, 10), 2 * 3600  # local; seconds over which the plans of a night are spread


def fire(plan_id: str, *, now: datetime) -> None:
    """What is due of a plan each day, and where something else was interrupted."""
    follow(plan_id, by=clock(now), now=now)


def follow(plan_id: str, *, by: By, now: datetime) -> None:
    """Let the visits of a plan be as it wants them: however often, and whoever else does so.

    A read of the plan, of who is cared for and of the visits, a transaction for what is born, one more and a read for
    each visit that changes. Raises NotFound (`no_such_plan`), Busy (`plan_contention`).
    """
    for _ in range(TRIES):
        try:
            _follow(plans.get(plan_id), by, now)
            return
        except (PlanMoved, StaleVersion):
            continue
    raise Busy("plan_contention")


def _follow(read: Plan, by: By, now: datetime) -> None:
    book = rulebook.in_force(now=now)
    someone = beneficiaries.find(read.beneficiary_id)
    plan = _ended_where_it_must(read, someone, now)
    days = rules.horizon(plan, book.numbers, now=now)
    terms = Terms(
        rule_days=frozenset(recurrence.days(plan.rule, plan.starts_on, days[0], days[-1])),
        calendar=book.calendar,
        receives=lambda day: someone is not None and someone.receives(plan.service, day),
    )
    there = visits.several(visit_id(plan.id, day) for day in days)
    for visit in there.values():
        _let_follow(visit, plan, terms, by, now)
    _bear(plan, terms, there, by, now)


def _ended_where_it_must(plan: Plan, someone: Beneficiary | None, now: datetime) -> Plan:
    """Ended, where its rule is over or who is cared for does not stand for it any more."""
    if not plan.is_active:
        return plan
    if someone is None or not someone.stands_for(plan.service):
        return end(plan, Ending.STOPPED, by=clock(now), now=now)
    over = plan.ends_on is not None and plan.ends_on < today(now)
    if over or recurrence.following(plan.rule, plan.starts_on, today(now)) is None:
        return end(plan, Ending.OVER, by=clock(now), now=now)
    return plan


def end(plan: Plan, why: Ending, *, by: By, now: datetime) -> Plan:
    """End a plan; its visits follow. Raises IllegalAction (`plan_over`), PlanMoved."""
    after = planning.ended(plan, why, now=now)
    transaction = Transaction()
    write(after, "ended", by, transaction, now=now, facts={"ending": why})
    transaction.commit()
    return after


def write(
    plan: Plan,
    deed: str,
    by: By,
    transaction: Transaction,
    *,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    """A plan with its line of history, and that its visits are to follow, in the transaction that makes it true."""
    if plan.version == 1:
        plans.add(plan, transaction)
    else:
        plans.change(plan, transaction)
    due.put(plan.id, due.PLAN, at=now, transaction=transaction)
    line = happened(
        Thing.PLAN,
        plan.id,
        number=plan.version,
        deed=deed,
        at=by.at,
        actor_id=by.id,
        as_role=by.role,
        township=plan.township,
        village=plan.village,
        facts={"beneficiary": plan.beneficiary_id, "service": plan.service, **(facts or {})},
    )
    history.append(line, transaction)


def _let_follow(visit: Visit, plan: Plan, terms: Terms, by: By, now: datetime) -> None:
    numbers = rulebook.in_force(now=now).numbers

    def decide(one: Visit) -> Step | None:
        return rules.followed(one, plan, terms, by, numbers)

    def stands_on_plan(_: Step, transaction: Transaction) -> None:
        plans.require(plan, transaction)

    if decide(visit):
        steps.change(visit.id, decide, now=now, also=stands_on_plan)


def _bear(plan: Plan, terms: Terms, there: Mapping[str, Visit], by: By, now: datetime) -> None:
    """Whatever is wanted and not there yet, in one transaction with how far that was done and when it is done next."""
    transaction, numbers = Transaction(), rulebook.in_force(now=now).numbers
    days = rules.horizon(plan, numbers, now=now)
    new = rules.born(plan, days, there, terms, by, numbers)
    for step in new:
        steps.add(step, numbers=numbers, transaction=transaction)
    if new:
        beneficiaries.require_active(plan.beneficiary_id, transaction)
    plans.generated(plan, days[-1], transaction)
    if plan.is_active:
        due.put(plan.id, due.PLAN, at=_next_night(plan, now), transaction=transaction)
    else:
        due.remove(plan.id, due.PLAN, transaction)
    transaction.commit()


def _next_night(plan: Plan, now: datetime) -> datetime:
    """Soon after midnight, each plan at a moment of its own."""
    night = datetime.combine(today(now) + timedelta(days=1), NIGHT, ZONE)
    return (night + timedelta(seconds=zlib.crc32(plan.id.encode()) % SPREAD)).astimezone(UTC)
