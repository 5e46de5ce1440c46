"""A case of honours: applied for by himself, with his consent, weighed on evidence, decided by people (docs/adr/0046).

To be put on the reference list takes two of the committee: one recommends, another decides. Each decision stands on
the evidence that its maker names; a new one revises it, and the lines of the case keep both.
"""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.errors import AlreadyDone, CapReached, Conflict, Forbidden, Invalid, NotFound
from chalicelib.domain.honours.model import (
    HONOURS,
    PUBLIC,
    Advice,
    Agreed,
    Case,
    CaseState,
    Decision,
    Form,
    HonourVerdict,
)
from chalicelib.domain.people.consents import Consents


def apply(person_id: str, form: Form, before: Case | None, *, township: str, consents: Consents, now: datetime) -> Case:
    """A new case, also after an earlier one was withdrawn.

    Raises AlreadyDone (`honours_applied`), Conflict (`consent_outdated`).
    """
    if before and before.stands:
        raise AlreadyDone("honours_applied", state=before.state)
    consents.require(HONOURS, form.consent)
    drawn = before.evidence if before else 0
    return Case(
        person_id=person_id,
        township=township,
        state=CaseState.APPLIED,
        statement=form.statement.strip(),
        consent=Agreed(version=form.consent, at=now),
        public=_agreed(form.public, consents, now),
        applied_at=now,
        since=now,
        touched_at=now,
        erased=drawn,
        evidence=drawn,
        scores={},
        version=before.version + 1 if before else 1,
    )


def shown_publicly(case: Case, consent: int | None, *, consents: Consents, now: datetime) -> Case:
    """Whether his name may be shown among the sentinels; None takes that consent back. The case itself goes on.

    Raises NotFound (`no_honours_case`), Conflict (`consent_outdated`).
    """
    require_standing(case, case.person_id)
    return replace(case, public=_agreed(consent, consents, now), version=case.version + 1)


def withdrawn(case: Case, *, now: datetime) -> Case:
    """The consent is taken back: the case has ended, and nothing of what was gathered for it is left.

    Raises NotFound (`no_honours_case`).
    """
    require_standing(case, case.person_id)
    return Case(
        person_id=case.person_id,
        township=case.township,
        state=CaseState.WITHDRAWN,
        statement="",
        consent=case.consent,
        public=None,
        applied_at=case.applied_at,
        since=now,
        touched_at=now,
        erased=case.evidence,
        evidence=case.evidence,
        scores={},
        withdrawn_at=now,
        version=case.version + 1,
    )


def weighed(case: Case, *, score: int, scores: dict[str, int], most: int, now: datetime) -> Case:
    """New evidence was drawn, the next number; a recommendation on the old is none any more.

    Raises CapReached (`evidence_too_often`).
    """
    if len(case.drawn) >= most:
        raise CapReached("evidence_too_often", most=most)
    state = CaseState.OPEN if case.state is CaseState.APPLIED else case.state
    return _next(case, now, state=state, evidence=case.evidence + 1, score=score, scores=scores, advice=None)


def recommended(case: Case, reason: str, *, evidence: int, by: str, now: datetime) -> Case:
    """One of the committee recommends that it be put on the list; another may then decide so.

    Raises Invalid (`reason_needed`), Conflict (`evidence_needed`, `evidence_redrawn`).
    """
    advice = Advice(by=by, at=now, reason=_reason(reason), evidence=_seen(case, evidence))
    return _next(case, now, advice=advice)


def decided(case: Case, verdict: HonourVerdict, reason: str, *, evidence: int, by: str, now: datetime) -> Case:
    """What the committee decides, by a named person; a later decision revises it.

    Raises Invalid (`reason_needed`), Conflict (`evidence_needed`, `evidence_redrawn`, `recommendation_needed`),
    Forbidden (`second_person_needed`), AlreadyDone (`honours_decided`).
    """
    seen, why = _seen(case, evidence), _reason(reason)
    if case.decision and (case.decision.verdict, case.decision.evidence) == (verdict, seen):
        raise AlreadyDone("honours_decided", verdict=verdict)
    adviser = _adviser(case, by) if verdict is HonourVerdict.LIST else ""
    decision = Decision(verdict=verdict, by=by, at=now, reason=why, evidence=seen, advised_by=adviser)
    state = CaseState.LISTED if verdict is HonourVerdict.LIST else CaseState.DECLINED
    return _next(case, now, state=state, decision=decision, advice=None)


def enlisted(case: Case, year: int, *, now: datetime) -> Case:
    """He is one of that year's sentinels."""
    return _next(case, now, years=tuple(sorted({*case.years, year})))


def delisted(case: Case, year: int, *, now: datetime) -> Case:
    """He is one of them no longer."""
    return _next(case, now, years=tuple(one for one in case.years if one != year))


def require_standing(case: Case | None, person_id: str) -> Case:
    """The case, if there is one whose consent stands. Raises NotFound (`no_honours_case`)."""
    if case is None or not case.stands:
        raise NotFound("no_honours_case", person=person_id)
    return case


def _adviser(case: Case, by: str) -> str:
    """Who recommended it, if that was another."""
    if case.advice is None:
        raise Conflict("recommendation_needed")
    if case.advice.by == by:
        raise Forbidden("second_person_needed")
    return case.advice.by


def _seen(case: Case, evidence: int) -> int:
    """The number of the evidence that it is about, which must be the newest."""
    if not case.drawn:
        raise Conflict("evidence_needed")
    if evidence != case.evidence:
        raise Conflict("evidence_redrawn", newest=case.evidence)
    return evidence


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid("reason_needed")
    return reason.strip()


def _agreed(version: int | None, consents: Consents, now: datetime) -> Agreed | None:
    if version is None:
        return None
    consents.require(PUBLIC, version)
    return Agreed(version=version, at=now)


def _next(case: Case, now: datetime, **changes: object) -> Case:
    after: Case = replace(case, touched_at=now, version=case.version + 1, **changes)  # type: ignore[arg-type]
    return after if after.state is case.state else replace(after, since=now)
