"""A consent is the beneficiary's own or a guardian's with proof, and taken back at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.domain.care.beneficiaries import BeneficiaryState
from chalicelib.domain.care.consents import ConsentState, Giver, Proof
from chalicelib.domain.photos import ContentType
from chalicelib.services.care import consenting
from chalicelib.store import history
from chalicelib.store.care import records
from chalicelib.store.reports.reports import ReportItem
from tests.builders import CENTRE, NOW, VILLAGER
from tests.cared_for import FORM, MEAL, MEDICINE, VISIT, active, consented, raised, sealing
from tests.honouring import rule

__all__ = ["sealing"]
pytestmark = pytest.mark.usefixtures("rules", "sealing")
S = BeneficiaryState


def deeds(id: str = "b1") -> list[str]:
    return [line.deed for line in history.happenings(f"beneficiary:{id}")]


def test_a_relatives_wish_is_no_consent_and_a_guardian_proves_that_he_is_one() -> None:
    raised()
    relative = replace(FORM, giver=Giver.RELATIVE)
    assert rule(lambda: consented(form=relative)) == "relative_is_no_guardian"
    assert rule(lambda: consenting.withdraw("b1", Giver.RELATIVE, by=VILLAGER, now=NOW)) == "relative_is_no_guardian"
    guardian = replace(FORM, giver=Giver.GUARDIAN)
    assert rule(lambda: consented(form=guardian)) == "guardian_proof_needed"
    proof = Proof(name="己测试监护人", relation="女儿", document="ZJ-0001")
    assert (
        rule(lambda: consented(form=replace(guardian, proof=replace(proof, document=" ")))) == "guardian_proof_needed"
    )
    consented(form=replace(guardian, proof=proof))
    (shown,) = consenting.listing("b1", "核对", by=CENTRE, now=NOW)
    assert shown.proof == proof and shown.consent.recorded_by == VILLAGER.id
    assert (shown.consent.wording, shown.consent.version, shown.consent.recorded_at) == ("care_guardian", 1, NOW)


def test_a_consent_of_another_wording_or_dated_ahead_is_none() -> None:
    raised()
    assert rule(lambda: consented(form=replace(FORM, version=9))) == "consent_outdated"
    assert rule(lambda: consented(form=replace(FORM, given_on=date(2027, 1, 1)))) == "consent_in_future"
    assert rule(lambda: consented(form=replace(FORM, services=frozenset()))) == "consent_services_needed"


def test_the_paper_may_be_scanned_and_is_shown_with_its_consent() -> None:
    raised()
    made = consenting.record("b1", FORM, [ContentType.JPEG] * 2, key=None, by=VILLAGER, now=NOW)
    assert [form.photo_id for form in made.forms] == ["consent-1", "consent-2"]
    consented(now=NOW + timedelta(days=1))
    newest, oldest = consenting.listing("b1", "核对", by=VILLAGER, now=NOW)
    assert len(oldest.scans) == 2 and newest.scans == []
    assert [one.consent.state for one in (newest, oldest)] == [ConsentState.IN_FORCE, ConsentState.REPLACED]


def test_a_withdrawal_acts_at_once_twice_is_once_and_a_new_consent_begins_anew() -> None:
    active()
    after = consenting.withdraw("b1", Giver.OWN, by=VILLAGER, now=NOW)
    assert consenting.withdraw("b1", Giver.OWN, by=VILLAGER, now=NOW) == after
    assert after.state is S.WITHDRAWN and not after.stands_for(MEAL)
    (consent, _), *_ = records.consents("b1")
    assert (consent.state, consent.withdrawn_by) == (ConsentState.WITHDRAWN, Giver.OWN)
    again = consented(now=NOW + timedelta(days=1))
    assert again.state is S.ACTIVE and again.stopped_at is None
    assert deeds()[-2:] == ["withdrawn", "consented"]


def test_a_crash_behind_the_withdrawal_leaves_it_due(monkeypatch: pytest.MonkeyPatch) -> None:
    from chalicelib.services.care import stopping

    active()
    stopped: list[str] = []
    with monkeypatch.context() as patch:
        patch.setattr(stopping, "stop", _crash)
        with pytest.raises(ZeroDivisionError):
            consenting.withdraw("b1", Giver.OWN, by=VILLAGER, now=NOW)
    assert ReportItem.get("b1", "care_stop").next_at == NOW
    monkeypatch.setattr(stopping, "stop", lambda id, *, reason, now: stopped.append(id))
    stopping.fire("b1", now=NOW)
    assert stopped == ["b1"]


def _crash(*_: object, **__: object) -> None:
    raise ZeroDivisionError


def test_a_consent_that_covers_less_takes_a_withdrawal_first() -> None:
    active()
    assert rule(lambda: consented(form=replace(FORM, services=frozenset({MEAL})))) == "consent_narrows"
    wider = consented(form=replace(FORM, services=frozenset({MEAL, VISIT, MEDICINE})))
    assert wider.consented > FORM.services and not wider.stands_for(MEDICINE)
