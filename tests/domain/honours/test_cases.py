"""A case of honours: who agrees to what, and which decision stands on which evidence."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.honours import cases
from chalicelib.domain.honours.model import Case, CaseState, HonourVerdict
from chalicelib.domain.people.consents import Consent, Consents
from tests.builders import NOW, TOWNSHIP
from tests.honouring import FORM, SHOWN, rule

V = HonourVerdict
WORDINGS = ("honours", "honours_public")
CONSENTS = Consents(newest={name: Consent(name=name, version=1, zh="a", en="a") for name in WORDINGS})
DAY = timedelta(days=1)


def applied(before: Case | None = None, form: object = FORM) -> Case:
    return cases.apply("courier", form, before, township=TOWNSHIP, consents=CONSENTS, now=NOW)  # type: ignore[arg-type]


def weighed(case: Case, most: int = 20) -> Case:
    return cases.weighed(case, score=5, scores={"2026": 5}, most=most, now=NOW)


def recommended(case: Case, by: str = "b", evidence: int | None = None) -> Case:
    return cases.recommended(case, "好", evidence=evidence or case.evidence, by=by, now=NOW)


def decided(case: Case, verdict: V = V.LIST, by: str = "a", evidence: int | None = None, reason: str = "好") -> Case:
    return cases.decided(case, verdict, reason, evidence=evidence or case.evidence, by=by, now=NOW)


def test_who_applies_says_which_wording_he_agrees_to() -> None:
    case = applied(form=SHOWN)
    assert (case.state, case.consent.version, case.consent.at, case.public) == (CaseState.APPLIED, 1, NOW, case.consent)
    assert applied().public is None
    assert rule(lambda: applied(form=replace(FORM, consent=2))) == "consent_outdated"
    assert rule(lambda: applied(form=replace(FORM, public=2))) == "consent_outdated"
    assert rule(lambda: applied(case)) == "honours_applied"


def test_to_be_listed_takes_two_people_on_the_same_evidence() -> None:
    case = weighed(applied())
    assert rule(lambda: decided(applied())) == "evidence_needed"
    assert rule(lambda: recommended(applied())) == "evidence_needed"
    assert rule(lambda: decided(case)) == "recommendation_needed"
    advised = recommended(case)
    assert rule(lambda: decided(advised, by="b")) == "second_person_needed"
    assert rule(lambda: decided(advised, reason=" ")) == "reason_needed"
    done = decided(advised)
    assert done.state is CaseState.LISTED and done.decision
    assert (done.decision.by, done.decision.advised_by, done.decision.evidence) == ("a", "b", 1)


def test_a_recommendation_ends_with_the_evidence_it_stood_on() -> None:
    redrawn = weighed(recommended(weighed(applied())))
    assert rule(lambda: decided(redrawn)) == "recommendation_needed"
    assert rule(lambda: recommended(redrawn, evidence=1)) == "evidence_redrawn"
    assert rule(lambda: decided(redrawn, V.DECLINE, evidence=1)) == "evidence_redrawn"


def test_a_decision_is_revised_by_another_but_not_repeated() -> None:
    listed = decided(recommended(weighed(applied())))
    assert rule(lambda: decided(recommended(listed))) == "honours_decided"
    declined = decided(listed, V.DECLINE)
    assert declined.state is CaseState.DECLINED
    assert decided(recommended(declined)).state is CaseState.LISTED
    again = weighed(listed)
    assert again.state is CaseState.LISTED and decided(recommended(again)).evidence == 2


def test_evidence_is_drawn_so_often_for_one_application_and_anew_for_the_next() -> None:
    twice = weighed(weighed(applied(), 2), 2)
    assert rule(lambda: weighed(twice, 2)) == "evidence_too_often"
    later = applied(cases.withdrawn(twice, now=NOW))
    assert list(later.drawn) == [] and list(weighed(later, 2).drawn) == [3]


STEPS: dict[str, Callable[[Case], Case]] = {
    "weigh": weighed,
    "recommend": recommended,
    "list": decided,
    "decline": lambda case: decided(case, V.DECLINE),
    "show": lambda case: cases.shown_publicly(case, 1, consents=CONSENTS, now=NOW),
    "hide": lambda case: cases.shown_publicly(case, None, consents=CONSENTS, now=NOW),
    "name": lambda case: cases.enlisted(case, 2026, now=NOW),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
def test_withdrawn_at_any_stage_nothing_of_it_is_left(steps: list[str]) -> None:
    case = applied(form=SHOWN)
    for step in steps:
        try:
            case = STEPS[step](case)
        except DomainError:
            continue
    gone = cases.withdrawn(case, now=NOW + DAY)
    assert gone.state is CaseState.WITHDRAWN and not gone.stands and gone.version == case.version + 1
    assert (gone.statement, gone.public, gone.advice, gone.decision, gone.years) == ("", None, None, None, ())
    assert (gone.score, gone.scores, list(gone.drawn), gone.withdrawn_at) == (0, {}, [], NOW + DAY)
    assert gone.consent == case.consent  # what he had agreed to, and when
    with pytest.raises(DomainError):
        cases.withdrawn(gone, now=NOW)
    again = applied(gone)
    assert again.state is CaseState.APPLIED and again.version == gone.version + 1
