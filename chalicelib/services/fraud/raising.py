"""What looks wrong becomes a finding, and the centre hears of it: one transaction, once however often it is told."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import StaleVersion
from chalicelib.domain.fraud import findings as rules
from chalicelib.domain.fraud import powers
from chalicelib.domain.fraud.findings import Draft, Finding
from chalicelib.domain.notifications.inbox import unprompted
from chalicelib.domain.notifications.messages import same
from chalicelib.domain.people.model import Post, Role
from chalicelib.services.fraud import keeping
from chalicelib.services.notifications.wording import sentences
from chalicelib.store.base import Transaction
from chalicelib.store.fraud import findings as store
from chalicelib.store.notifications import inbox
from chalicelib.store.people import people

TRIES = 8
MOST_TOLD = 40  # a message is two writes; a transaction takes 100

type Guard = Callable[[Transaction], None]


def settle(
    found: Mapping[str, Draft | None],
    *,
    township: str,
    now: datetime,
    guard: Guard = lambda _: None,
    over: Callable[[Finding], None] = lambda _: None,
) -> list[Finding]:
    """Raise what was found, and let lapse what is found no longer: one batch, a transaction for each that changes.

    `guard` makes each depend on that what it was found by still holds; `over` hears of what somebody has decided on,
    and is found no longer. Raises StaleVersion where something has changed.
    """
    standing = store.several(found)
    changed = []
    for id, draft in found.items():
        old = standing.get(id)
        after = rules.told(old, draft, township=township, now=now) if draft else rules.lapsed(old)
        if after:
            changed.append(_put(_worded(after), old, guard, now))
        elif old and not draft:
            over(old)
    return changed


def raise_all(drafts: Iterable[Draft], *, township: str, now: datetime) -> list[Finding]:
    """Raise what was found; several drafts may add to the same finding."""
    found: dict[str, Draft | None] = {}
    for draft in drafts:
        before = found.get(draft.id)
        found[draft.id] = rules.together(before, draft) if before else draft
    return settle(found, township=township, now=now)


def patiently[T](step: Callable[[], T]) -> T:
    """Each time on what somebody else has left. Raises StaleVersion; at once (`stale_version`) where the caller had
    read something else than there is."""
    for _ in range(TRIES - 1):
        try:
            return step()
        except StaleVersion as error:
            if error.rule == "stale_version":
                raise
    return step()


def _put(after: Finding, old: Finding | None, guard: Guard, now: datetime) -> Finding:
    transaction = Transaction()
    guard(transaction)
    keeping.put(after, transaction, now=now)
    if rules.is_raised(old, after):
        tell(after, "finding_raised", [Role.CENTRE], transaction, now=now)
    transaction.commit()
    return after


def tell(finding: Finding, template: str, roles: Iterable[Role], transaction: Transaction, *, now: datetime) -> None:
    """Leave a message about the finding for those who hold these roles and have nothing to do with it: a query each."""
    holders = {id for role in roles for id in people.holders(Post(role, finding.township).key)}
    apart = sorted(id for id in holders - finding.deciders if powers.apart(id, finding))
    words = sentences().render(template, {"finding": (finding.zh, finding.en)})
    for person in apart[:MOST_TOLD]:
        inbox.add(unprompted(person, template, f"{finding.id}#{finding.version}", words, at=now), transaction)


def _worded(finding: Finding) -> Finding:
    facts = {name: same(f"{value:g}") for name, value in rules.summary(finding.evidence).items()}
    year, _, month = str(finding.evidence[0].facts.get("month", "")).partition("-")
    facts["month"] = f"{year}年{month.lstrip('0')}月", f"{year}-{month}"
    zh, en = sentences().render(f"finding_{finding.signal}", facts)
    return replace(finding, zh=zh, en=en)
