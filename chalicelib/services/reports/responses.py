"""Use case: what staff usually say with an action on a report like this one."""

from datetime import datetime
from functools import lru_cache

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference import responses as rules
from chalicelib.domain.reference.responses import Filled, Response
from chalicelib.domain.reports import audited, sight
from chalicelib.domain.reports.model import Action
from chalicelib.services.reference import areas, rulebook
from chalicelib.store.reference import reference
from chalicelib.store.reference.reference import Edition
from chalicelib.store.reports import reports


def fitting(report_id: str, action: Action, *, by: Actor, now: datetime) -> list[Filled]:
    """The township's responses for this action on this report, the most specific first, with what is known filled in:
    one read.

    Raises NotFound, Forbidden (`responses_for_staff`) for whoever sees the report as its reporter does. For its auditor
    the place of a confidential matter is left open.
    """
    report = reports.get(report_id)
    seen_as = sight.require_sight(by, report)
    if not sight.reads_internal(seen_as):
        raise Forbidden("responses_for_staff")
    editions = reference.current(*rulebook.READERS, areas.NAME, rules.TABLE, now=now)  # all of it in one read
    rows = rules.fitting(_read(editions[rules.TABLE]), action, report.nature.kind)
    places, _ = areas.listing(now=now)
    known = rules.facts(audited.seen(report, seen_as), rules=rulebook.in_force(now=now), areas=places, now=now)
    return [rules.filled(row, known) for row in rows]


@lru_cache(maxsize=2)
def _read(edition: Edition) -> tuple[Response, ...]:
    return rules.read(edition.body)
