"""Use cases of staff on plans: make, change, pause, resume and end one; see them."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from chalicelib.domain.care import plans as rules
from chalicelib.domain.care.model import By, Ending, Pause, Plan
from chalicelib.domain.care.plans import For, Wish
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import Busy, Conflict, StaleVersion
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.model import Actor
from chalicelib.services.care import generating
from chalicelib.services.reports.once import once
from chalicelib.store import idempotency
from chalicelib.store.base import Transaction
from chalicelib.store.care import beneficiaries
from chalicelib.store.care import plans as store
from chalicelib.store.care.plans import Page, PlanMoved

TRIES = 10
MOST_PLANS = 20  # active ones of one beneficiary

type Decide = Callable[[Plan], Plan]


def make(
    id: str, beneficiary_id: str, service: Service, wish: Wish, *, key: Key | None, by: Actor, now: datetime
) -> Plan:
    """Make a plan for somebody who is cared for so, and its visits: two reads, one transaction, `generating.follow`.

    Raises Forbidden (`role_needed`), NotFound, Conflict (`care_stopped`, `plans_most`), Invalid (`plan_dates`,
    `plan_window`, `plan_load`, `rule_…`), KeyReused, Busy.
    """

    def do() -> Plan:
        someone = beneficiaries.get(beneficiary_id)
        role = rules.require_staff(by, someone.township, someone.village)
        if not someone.stands_for(service):
            raise Conflict("care_stopped")
        if sum(plan.is_active for plan in store.of_beneficiary(beneficiary_id)) >= MOST_PLANS:
            raise Conflict("plans_most", most=MOST_PLANS)
        whom = For(
            beneficiary_id=someone.id,
            township=someone.township,
            village=someone.village,
            grid=someone.grid,
            service=service,
        )
        plan = rules.made(id, whom, wish, now=now)
        transaction = Transaction()
        beneficiaries.require_active(someone.id, transaction)
        _write(plan, "made", By(id=by.id, role=role, at=now), transaction, key=key, now=now)
        return plan

    return _followed(once(key, do, store.get), by, now)


def change(plan_id: str, wish: Wish, *, version: int | None, by: Actor, now: datetime) -> Plan:
    """Change what a plan wants; visits that nobody has yet follow, whoever has one is asked.

    Raises Forbidden, NotFound (`no_such_plan`), StaleVersion, IllegalAction (`plan_over`), Invalid as `make`, Busy.
    """
    return _step(plan_id, "changed", lambda plan: rules.changed(plan, wish, now=now), version, None, by, now)


def pause(plan_id: str, days: Pause, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Plan:
    """No visits on these days: those that are there are set aside. Raises as `change`, Invalid (`plan_pause`)."""
    facts = {"since": days.since.isoformat(), "until": days.until.isoformat() if days.until else None}
    return _step(plan_id, "paused", lambda plan: rules.paused(plan, days, now=now), version, key, by, now, facts)


def resume(plan_id: str, day: date, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Plan:
    """Visits again from that day on. Raises as `change`, Conflict (`plan_not_paused`)."""
    facts = {"day": day.isoformat()}
    return _step(plan_id, "resumed", lambda plan: rules.resumed(plan, day, now=now), version, key, by, now, facts)


def end(plan_id: str, *, version: int | None, key: Key | None, by: Actor, now: datetime) -> Plan:
    """No visits any more. Raises as `change`."""
    facts = {"ending": Ending.BY_HAND}
    return _step(
        plan_id, "ended", lambda plan: rules.ended(plan, Ending.BY_HAND, now=now), version, key, by, now, facts
    )


def view(plan_id: str, *, by: Actor) -> Plan:
    """One plan: one read. Raises Forbidden (`role_needed`), NotFound (`no_such_plan`)."""
    plan = store.get(plan_id)
    rules.require_staff(by, plan.township, plan.village)
    return plan


def of_beneficiary(beneficiary_id: str, *, by: Actor) -> list[Plan]:
    """Somebody's plans, ended ones too: a read and a query. Raises Forbidden (`role_needed`), NotFound."""
    someone = beneficiaries.get(beneficiary_id)
    rules.require_staff(by, someone.township, someone.village)
    return store.of_beneficiary(beneficiary_id)


def of_village(village: str, *, limit: int, cursor: str | None, by: Actor) -> Page:
    """A village's plans: one query. Raises Forbidden (`role_needed`), NotFound, Invalid (`bad_cursor`)."""
    rules.require_staff(by, village[:9], village)
    return store.of_village(village, limit=limit, cursor=cursor)


def _step(
    plan_id: str,
    deed: str,
    decide: Decide,
    version: int | None,
    key: Key | None,
    by: Actor,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> Plan:
    def do() -> Plan:
        before = view(plan_id, by=by)
        role = rules.require_staff(by, before.township, before.village)
        if version not in (None, before.version):
            raise StaleVersion("stale_version", version=before.version)
        after = decide(before)
        _write(after, deed, By(id=by.id, role=role, at=now), Transaction(), key=key, now=now, facts=facts)
        return after

    return _followed(once(key, lambda: _tried(do), store.get), by, now)


def _tried(do: Callable[[], Plan]) -> Plan:
    for _ in range(TRIES):
        try:
            return do()
        except PlanMoved:
            continue
    raise Busy("plan_contention")


def _write(
    plan: Plan,
    deed: str,
    by: By,
    transaction: Transaction,
    *,
    key: Key | None,
    now: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    generating.write(plan, deed, by, transaction, now=now, facts=facts)
    if key:
        idempotency.claim(key, plan.id, now=now, transaction=transaction)
    transaction.commit()


def _followed(plan: Plan, by: Actor, now: datetime) -> Plan:
    """The plan, once its visits are as it wants them: what was interrupted here is done within the minute."""
    role = rules.require_staff(by, plan.township, plan.village)
    generating.follow(plan.id, by=By(id=by.id, role=role, at=now), now=now)
    return store.get(plan.id)
