"""Use cases on others' cases: list them, look into one. Every look is noted, with what it is for."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.honours import cases as rules
from chalicelib.domain.honours import masks, powers
from chalicelib.domain.honours.evidence import Evidence
from chalicelib.domain.honours.masks import Named
from chalicelib.domain.honours.model import Case, CaseState
from chalicelib.domain.honours.powers import Sight
from chalicelib.domain.honours.records import Record
from chalicelib.domain.people.access import What
from chalicelib.domain.people.model import CLOSED, Actor, Role
from chalicelib.services.honours import lines
from chalicelib.services.people import access
from chalicelib.services.reference import areas
from chalicelib.store.honours import cases as store
from chalicelib.store.honours import records
from chalicelib.store.people import people


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some cases, and where the next ones begin; None at the end."""

    cases: list[Named]
    cursor: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A case as the committee works with it: with its newest evidence and every line, oldest first."""

    named: Named
    evidence: Evidence | None
    records: list[Record]


def listing(state: CaseState, purpose: str, *, by: Actor, now: datetime, limit: int, cursor: str | None) -> Page:
    """Cases in a state, the longest there first, without one's own: one query, one batch, and one call that notes the
    looks. The district sees the reference list alone, the auditor no names; who has left is off that list.

    Raises Forbidden (`role_needed`, `not_your_area`), Invalid (`purpose_needed`, `bad_cursor`).
    """
    township = areas.township(now=now)
    sight = powers.sight_of(by, township)
    if sight is Sight.LISTS and state is not CaseState.LISTED:
        raise Forbidden("role_needed", role=Role.COMMITTEE)
    why = lines.require_purpose(purpose)
    page = store.page(township, state, leave_out=by.id, limit=limit, cursor=cursor)
    access.record_all(by, What.SAW_HONOURS, [case.person_id for case in page.cases], purpose=why, now=now)
    return Page(cases=named_all(page.cases, sight, closed=state is not CaseState.LISTED), cursor=page.cursor)


def view(person_id: str, purpose: str, *, by: Actor, now: datetime) -> Whole:
    """A case with its newest evidence and its lines: three reads, a query, and the look is noted.

    Raises Forbidden (`role_needed`, `not_your_area`, `own_case`), Invalid (`purpose_needed`), and NotFound
    (`no_honours_case`) also where the consent was withdrawn.
    """
    sight = lines.looker(by, person_id, purpose, now)
    case = rules.require_standing(store.find(person_id), person_id)
    access.record(by, What.SAW_HONOURS, person_id, purpose=purpose.strip(), now=now)
    newest = store.evidence(person_id, case.evidence) if case.drawn else None
    (named,) = named_all([case], sight)
    found = Whole(named=named, evidence=newest, records=records.of(person_id))
    if sight is Sight.FULL:
        return found
    masked = [masks.record(line) for line in found.records]
    return replace(found, evidence=masks.evidence(newest) if newest else None, records=masked)


def evidence(person_id: str, number: int, purpose: str, *, by: Actor, now: datetime) -> Evidence:
    """One drawing, as it was frozen: two reads, and the look is noted.

    Raises Forbidden, Invalid (`purpose_needed`), NotFound (`no_honours_case`, `no_such_evidence`).
    """
    sight = lines.looker(by, person_id, purpose, now)
    rules.require_standing(store.find(person_id), person_id)
    found = store.evidence(person_id, number)
    access.record(by, What.SAW_HONOURS, person_id, purpose=purpose.strip(), now=now, details={"evidence": number})
    return found if sight is Sight.FULL else masks.evidence(found)


def after_step(person_id: str) -> Whole:
    """What whoever took a step reads of the case: his step is noted already. Three reads and a query."""
    case = rules.require_standing(store.find(person_id), person_id)
    newest = store.evidence(person_id, case.evidence) if case.drawn else None
    (named,) = named_all([case], Sight.FULL)
    return Whole(named=named, evidence=newest, records=records.of(person_id))


def named_all(found: list[Case], sight: Sight, *, closed: bool = True) -> list[Named]:
    """The cases with their applicants, those who left only if `closed`: one batch."""
    known = {person.id: person for person in people.several([case.person_id for case in found])}
    here = {id for id, person in known.items() if person.state not in CLOSED}
    return [masks.named(case, known.get(case.person_id), sight) for case in found if closed or case.person_id in here]
