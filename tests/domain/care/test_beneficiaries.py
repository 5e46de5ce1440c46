"""A beneficiary's life: the table is walked, and every state is what is accepted and consented to."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.care import consents as consent_rules
from chalicelib.domain.care import personal, standing
from chalicelib.domain.care.beneficiaries import (
    Beneficiary,
    BeneficiaryDeed,
    BeneficiaryState,
    CareEnding,
    Need,
    NeedGround,
    NeedRefusal,
    Pause,
    PausedBy,
)
from chalicelib.domain.care.beneficiary_life import STOPPED, TRANSITIONS
from chalicelib.domain.care.consents import Form, Giver, Proof
from chalicelib.domain.care.personal import PARTS, Personal
from chalicelib.domain.care.sight import Field
from chalicelib.domain.care.terms import Service
from chalicelib.domain.errors import DomainError, IllegalAction, Invalid
from chalicelib.domain.people import consents as wordings
from tests.builders import DATA, GRID, NOW, RULES, TOWNSHIP, VILLAGE

S = BeneficiaryState
D = BeneficiaryDeed
WORDINGS = wordings.read((DATA / "consents.csv").read_bytes())
SERVICES = frozenset({Service.MEAL, Service.VISIT})
NEED = Need(id="n", services=SERVICES, grounds=frozenset({NeedGround.ALONE}), raised_by="v", raised_at=NOW)
NEW = standing.raised("b", NEED, township=TOWNSHIP, village=VILLAGE, grid=GRID, masked="甲*")


def consent(services: frozenset[Service]) -> consent_rules.Consent:
    form = Form(giver=Giver.OWN, services=services, version=1, given_on=NOW.date())
    return consent_rules.given(form, 1, wordings=WORDINGS, by="v", now=NOW)


def do(one: Beneficiary, deed: D, services: frozenset[Service]) -> Beneficiary:
    """What a deed leads to, whoever does it."""
    asked = replace(NEED, id=one.need or "n2", services=services or SERVICES)
    until = NOW.date() + timedelta(days=2)
    match deed:
        case D.WANTED:
            return standing.wanted(one, replace(asked, id="n2"), now=NOW)
        case D.EDITED:
            return standing.edited(one, masked="乙*", grid=GRID, revoke=True, now=NOW)
        case D.CONSENTED:
            return standing.consented(one, consent(services), now=NOW)
        case D.ASSESSED:
            return standing.assessed(one, asked, asked.services, by="c", now=NOW)[0]
        case D.REFUSED:
            return standing.refused(one, asked, NeedRefusal.NOT_NEEDED, by="c", now=NOW)[0]
        case D.WITHDRAWN:
            return standing.withdrawn(one, now=NOW)
        case D.PAUSED:
            return standing.paused(
                one, Pause(first=NOW.date(), last=until, by=PausedBy.VILLAGE), longest=timedelta(days=9), now=NOW
            )
        case D.STOP_ASKED:
            return standing.stop_asked(one, numbers=RULES.numbers, now=NOW)
        case D.RESUMED:
            return standing.resumed(one, now=NOW)
    return standing.ended(one, CareEnding.MOVED, now=NOW)


DEEDS = [D.WANTED, D.EDITED, D.CONSENTED, D.ASSESSED, D.REFUSED, D.WITHDRAWN]
DEEDS += [D.PAUSED, D.STOP_ASKED, D.RESUMED, D.ENDED]
SOME = st.sets(st.sampled_from(list(Service)), min_size=1).map(frozenset)


@given(st.lists(st.tuples(st.sampled_from(DEEDS), SOME), max_size=12))
def test_no_walk_leaves_the_table_and_none_serves_without_consent(steps: list[tuple[D, frozenset[Service]]]) -> None:
    one = NEW
    for deed, services in steps:
        before = one
        try:
            one = do(one, deed, services)
        except DomainError:
            continue
        assert one.state in TRANSITIONS[before.state, deed] and one.version == before.version + 1
        assert (one.stopped_at is not None) == (one.state in STOPPED)
        for service in Service:
            allowed = service in one.services and service in one.consented
            assert one.stands_for(service) is (allowed and one.state is S.ACTIVE)
        if one.state in STOPPED or not one.consent:
            assert not any(one.stands_for(service) for service in Service)


@pytest.mark.parametrize("deed", DEEDS)
def test_after_the_end_nothing_follows(deed: D) -> None:
    with pytest.raises(IllegalAction):
        do(standing.ended(NEW, CareEnding.DIED, now=NOW), deed, SERVICES)


def test_a_family_that_asks_to_stop_pauses_for_days_and_takes_no_consent_back() -> None:
    one = standing.consented(do(NEW, D.ASSESSED, SERVICES), consent(SERVICES), now=NOW)
    after = standing.stop_asked(one, numbers=RULES.numbers, now=NOW)
    assert after.state is S.ACTIVE and after.consented == SERVICES
    (pause,) = after.pauses
    assert pause.asked and (pause.last - pause.first).days == RULES.numbers.count("care_ask_days")
    assert not after.receives(Service.MEAL, pause.last)
    assert after.receives(Service.MEAL, pause.last + timedelta(days=1)), "silence is no withdrawal"


def test_each_field_is_a_part_of_who_it_is_and_no_two_share_one() -> None:
    names = [name for parts in PARTS.values() for name in parts]
    assert sorted(names) == sorted(Personal.__slots__)
    words: dict[str, Any] = {name: 1.0 if name in ("lon", "lat") else name for name in Personal.__slots__}
    whole = Personal(**words)
    for field, parts in PARTS.items():
        shown = personal.only(whole, {field, Field.TIME})
        assert {name for name in Personal.__slots__ if getattr(shown, name) == getattr(whole, name)} == parts


def test_a_number_is_the_same_however_it_is_written_and_a_landline_takes_its_area() -> None:
    assert {personal.number_of(text) for text in ("139 0000 0001", "+86-13900000001", "１３９００００００01")} == {
        "13900000001"
    }
    assert personal.number_of("(0592) 608-0000") == "05926080000"
    with pytest.raises(Invalid):
        personal.number_of("6080000")


def test_digests_of_phone_and_person_are_never_the_same() -> None:
    one = Personal(name="甲", phone="13900000001")
    assert personal.phone_digest(one.number, b"k") != personal.who_digest(one, b"k")
    assert personal.who_digest(one, b"k") == personal.who_digest(replace(one, name=" 甲 "), b"k")
    assert personal.phone_digest(one.number, b"k") != personal.phone_digest(one.number, b"other")


def test_a_spot_that_is_blurred_is_a_kilometre_wide() -> None:
    assert personal.blurred(Personal(door="d", lon=117.97953, lat=24.60851)) == Personal(
        door="d", lon=117.98, lat=24.61
    )


@pytest.mark.parametrize("giver", [Giver.OWN, Giver.GUARDIAN])
def test_each_giver_has_a_wording(giver: Giver) -> None:
    proof = Proof(name="a", relation="b", document="c")
    form = Form(giver=giver, services=SERVICES, version=1, given_on=date(2026, 1, 1), proof=proof)
    assert consent_rules.given(form, 1, wordings=WORDINGS, by="v", now=NOW).wording in WORDINGS.newest
