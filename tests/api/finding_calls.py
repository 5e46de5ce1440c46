"""Calls about findings and trust: who may make them, and one of each operation that succeeds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from chalicelib.domain.fraud import decisions
from chalicelib.domain.fraud.decisions import Order
from chalicelib.domain.fraud.findings import Draft, Evidence, Finding, told
from chalicelib.domain.fraud.terms import Judgement, Signal
from chalicelib.domain.people.model import Actor
from tests.api.client import Client
from tests.api.gateway import Answer
from tests.builders import CENTRE, COMMITTEE, COURIER, RULES, TOWNSHIP

type Call = Callable[[Client, Actor | None, str], Answer]

WARNING = {"action": "warn", "reason": "请如实上报"}
HEARD = {"action": "hear", "upheld": True, "reason": "已复核现场照片"}


def raised(*, decided_by: str = "", appealed: bool = False) -> str:
    """A finding about the courier's reports, decided and appealed where that is said; its id."""
    from chalicelib.store.base import Transaction
    from chalicelib.store.fraud import findings

    made = _told()
    if decided_by:
        order = Order(deed=Judgement.WARN, reason="请如实上报")
        made = decisions.decided(made, order, by=decided_by, now=datetime.now(UTC), numbers=RULES.numbers)
    if appealed:
        made = decisions.appealed(made, "我当时就在现场", now=datetime.now(UTC), numbers=RULES.numbers)
    for version in range(1, made.version + 1):
        transaction = Transaction()
        findings.put(replace(made, version=version), transaction)
        transaction.commit()
    return made.id


def _told() -> Finding:
    row = Evidence(report="r1", other_report="r0", facts={"metres": 5400, "minutes": 2.5})
    draft = Draft(signal=Signal.SPEED, subject=str(uuid4()), person_id=COURIER.id, evidence=(row,))
    made = told(None, draft, township=TOWNSHIP, now=datetime.now(UTC))
    assert made
    return replace(made, zh="两件上报间隔时间过短、距离过远。", en="Two places sooner than anybody rides.")


def listed(api: Client, by: Actor | None, _: str = "") -> Answer:
    raised()
    return api.get("/findings", by=by, limit=1)


def looked_at(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/findings/{raised(decided_by=CENTRE.id, appealed=True)}", by=by)


def acted(body: dict[str, Any], **found: Any) -> Call:
    return lambda api, by, _: api.post(f"/findings/{raised(**found)}/actions", body, by=by)


def appealed(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.post(f"/findings/{raised(decided_by=CENTRE.id)}/appeal", {"text": "我当时就在现场"}, by=by)


def mine(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get("/me/findings", by=by)


def own_trust(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get("/me/trust", by=by)


def trust(api: Client, by: Actor | None, _: str = "") -> Answer:
    return api.get(f"/people/{COURIER.id}/trust", by=by)


SITUATIONS: dict[str, tuple[Call, dict[str, Any] | None]] = {
    "GET /findings": (listed, None),
    "GET /findings/{finding_id}": (looked_at, None),
    "POST /findings/{finding_id}/actions": (acted(WARNING), None),
    "POST /findings/{finding_id}/actions hear": (acted(HEARD, decided_by="somebody", appealed=True), None),
    "POST /findings/{finding_id}/appeal": (appealed, None),
    "GET /me/findings": (mine, None),
    "GET /me/trust": (own_trust, None),
    "GET /people/{person_id}/trust": (trust, None),
}


def own(api: Client, _: str) -> Answer:
    appealed(api, COURIER)
    return mine(api, COURIER)


CALLS: dict[str, Callable[[Client, str], Answer]] = {
    "list_findings": lambda api, _: listed(api, CENTRE),
    "get_finding": lambda api, _: looked_at(api, COMMITTEE),
    "act_on_finding": lambda api, _: acted(WARNING)(api, CENTRE, ""),
    "appeal_finding": lambda api, _: appealed(api, COURIER),
    "list_own_findings": own,
    "get_own_trust": lambda api, _: own_trust(api, COURIER),
    "get_trust": lambda api, _: trust(api, CENTRE),
}
