"""What may be decided on a finding, by whom, and what an appeal undoes."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from chalicelib.domain.fraud import decisions, powers
from chalicelib.domain.fraud.decisions import Measures, Order
from chalicelib.domain.fraud.findings import Finding
from chalicelib.domain.fraud.terms import FindingState, Judgement, Penalty, Signal
from chalicelib.domain.people.model import Role
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, COURIER, COURIER2, EVERYONE, NOW, actor
from tests.suspects import CENTRE2, DAY, DISMISS, FREEZE, NUMBERS, P91, P92, WARN, finding, order

ME = COURIER.id


def decided(found: Finding, what: Order, **changes: Any) -> Finding:
    return decisions.decided(found, what, by=CENTRE.id, now=NOW, numbers=NUMBERS, **changes)


def measured(before: Measures, found: Finding, made_at: datetime = NOW) -> Measures:
    return decisions.measured(before, found, made_at=made_at)


def refused(deed: Any, *args: Any, **kwargs: Any) -> tuple[type[DomainError], str]:
    with pytest.raises(DomainError) as error:
        deed(*args, **kwargs)
    return type(error.value), error.value.rule


@pytest.mark.parametrize(
    ("what", "state"),
    [
        (DISMISS, FindingState.DISMISSED),
        (WARN, FindingState.WARNED),
        (FREEZE, FindingState.FROZEN),
        (P91, FindingState.PENALISED),
        (P92, FindingState.PENALISED),
    ],
)
def test_each_decision_leads_to_a_state_and_says_who_and_why(what: Order, state: FindingState) -> None:
    after = decided(finding(), what)
    assert (after.state, after.version) == (state, 2)
    (made,) = after.decisions
    assert (made.by, made.at, made.reason) == (CENTRE.id, NOW, "现场核查")


def test_only_a_freeze_is_not_the_last_word() -> None:
    frozen = decided(finding(), FREEZE)
    assert decided(frozen, P92).state is FindingState.PENALISED
    assert refused(decided, frozen, FREEZE) == (Conflict, "finding_settled")
    for what in (DISMISS, WARN, P92):
        assert refused(decided, decided(finding(), what), WARN) == (Conflict, "finding_settled")
    assert refused(decided, finding(state=FindingState.LAPSED), WARN) == (Conflict, "finding_settled")


def test_a_freeze_lasts_thirty_days_at_most_and_has_an_end() -> None:
    assert decided(finding(), FREEZE).decisions[0].until == NOW + 30 * DAY
    for days in (0, 31):
        assert refused(decided, finding(), order(Judgement.FREEZE, days=days)) == (Invalid, "freeze_too_long")


def test_a_reason_is_given() -> None:
    assert refused(decided, finding(), order(Judgement.WARN, reason="  ")) == (Invalid, "reason_needed")


def test_the_penalty_for_a_false_report_is_for_false_reports() -> None:
    assert refused(decided, finding(Signal.SPEED), P91) == (Conflict, "penalty_elsewhere")
    assert decided(finding(Signal.SPEED), P92).decisions[0].rule is Penalty.DECEIT
    assert decided(made := finding(), P91).decisions[0].entry == f"{made.id}#P91"


def test_only_reports_of_the_finding_are_forfeited_and_each_once() -> None:
    frozen = decided(finding(Signal.SPEED, "a", "b"), order(Judgement.FREEZE, "a", "a", days=3))
    assert frozen.decisions[0].forfeited == ("a",)
    assert decided(frozen, order(Judgement.WARN, "a", "b")).decisions[1].forfeited == ("b",)
    assert refused(decided, finding(), order(Judgement.WARN, "else")) == (Invalid, "not_in_finding")
    many = [f"r{number}" for number in range(6)]
    assert refused(decided, finding(Signal.SPEED, *many), order(Judgement.WARN, *many)) == (
        Invalid,
        "too_many_forfeited",
    )


def test_a_first_false_report_is_a_warning_and_the_next_may_cost_points() -> None:
    none, later = Measures(person_id=ME), NOW + DAY
    assert refused(measured, none, decided(finding(), P91)) == (Conflict, "warning_first")
    warned = measured(none, decided(finding(Signal.FALSE_REPORT, "r0"), WARN))
    after = measured(warned, decided(made := finding(), P91), later)
    assert (after.penalised, after.version) == ({"r1": made.id}, 2)
    deceit = measured(none, decided(finding(), P92))
    assert deceit.penalised.keys() == {"r1"}


def test_a_warning_counts_that_was_for_a_false_report_and_came_before_the_next() -> None:
    none, later = Measures(person_id=ME), NOW + DAY
    too_fast = measured(none, decided(finding(Signal.SPEED, "r0"), WARN))
    assert refused(measured, too_fast, decided(finding(), P91), later) == (Conflict, "warning_first")
    warned = measured(too_fast, first := decided(finding(Signal.FALSE_REPORT, "r0"), WARN))
    assert refused(measured, warned, decided(finding(), P91), NOW) == (Conflict, "warning_first")
    assert measured(warned, decided(finding(), P91), later).penalised
    assert refused(measured, decisions.lifted(warned, first), decided(finding(), P91), later)[1] == "warning_first"


def test_a_report_is_penalised_for_one_finding_only() -> None:
    once = measured(Measures(person_id=ME), decided(finding(Signal.SPEED), P92))
    again = decided(finding(Signal.PHOTO_SAME), P92)
    assert refused(measured, once, again) == (Conflict, "penalised_before")


def test_redeeming_is_frozen_as_long_as_any_finding_says() -> None:
    first = measured(Measures(person_id=ME), one := decided(finding(Signal.SPEED, "a"), FREEZE))
    other = decided(finding(Signal.SPEED, "b"), order(Judgement.FREEZE, days=3))
    both = measured(first, other)
    assert both.frozen_until(NOW) == NOW + 30 * DAY
    assert decisions.lifted(both, one).frozen_until(NOW) == NOW + 3 * DAY
    assert both.frozen_until(NOW + 30 * DAY) is None  # it ends by itself
    for last in (DISMISS, WARN, P92):
        assert measured(both, decided(one, last)).frozen_until(NOW) == NOW + 3 * DAY


def appealed(found: Finding, now: Any = NOW) -> Finding:
    return decisions.appealed(found, "我没有", now=now, numbers=NUMBERS)


def test_a_decision_may_be_appealed_for_seven_days() -> None:
    warned = decided(finding(), WARN)
    assert appealed(warned, NOW + 7 * DAY).state is FindingState.APPEALED
    late = NOW + 7 * DAY + timedelta(seconds=1)
    assert refused(appealed, warned, late) == (Conflict, "appeal_too_late")
    assert refused(appealed, decided(finding(), DISMISS)) == (Conflict, "nothing_to_appeal")
    assert refused(appealed, appealed(warned)) == (Conflict, "nothing_to_appeal")
    assert refused(decisions.appealed, warned, " ", now=NOW, numbers=NUMBERS) == (Invalid, "text_needed")


@pytest.mark.parametrize(("upheld", "state"), [(True, FindingState.LIFTED), (False, FindingState.CONFIRMED)])
def test_an_appeal_is_heard_once(upheld: bool, state: FindingState) -> None:
    heard = decisions.heard(appealed(decided(finding(), WARN)), upheld=upheld, reason="已核", by="x", now=NOW)
    assert heard.state is state and heard.appeal
    assert (heard.appeal.by, heard.appeal.reason, heard.appeal.text) == ("x", "已核", "我没有")
    assert refused(decisions.heard, heard, upheld=True, reason="a", by="x", now=NOW) == (Conflict, "no_appeal")
    waiting = appealed(decided(finding(), WARN))
    assert refused(decisions.heard, waiting, upheld=True, reason=" ", by="x", now=NOW) == (Invalid, "reason_needed")


def test_a_freeze_whose_appeal_is_refused_waits_for_the_last_word_and_that_may_be_appealed() -> None:
    waiting = appealed(decided(finding(), FREEZE))
    assert not decisions.may_appeal(waiting, now=NOW, numbers=NUMBERS)
    frozen = decisions.heard(waiting, upheld=False, reason="已核", by="x", now=NOW)
    assert frozen.state is FindingState.FROZEN and frozen.appeal and frozen.appeal.reason == "已核"
    assert refused(appealed, frozen) == (Conflict, "nothing_to_appeal")
    assert not decisions.may_appeal(frozen, now=NOW, numbers=NUMBERS)
    later = NOW + DAY
    last = decisions.decided(frozen, P92, by=CENTRE.id, now=later, numbers=NUMBERS)
    assert last.state is FindingState.PENALISED and decisions.may_appeal(last, now=later, numbers=NUMBERS)
    again = appealed(last, later)
    assert again.appeals_before == (frozen.appeal,) and again.appeal and again.appeal.at == later
    assert decisions.heard(again, upheld=False, reason="已核", by="x", now=later).state is FindingState.CONFIRMED


def test_what_is_lifted_leaves_nothing_of_its_own_and_all_of_others() -> None:
    mine, other = finding(Signal.SPEED, "a"), finding(Signal.SPEED, "b")
    before = Measures(person_id=ME)
    for found, what in ((mine, WARN), (other, order(Judgement.WARN, "b"))):
        before = measured(before, decided(found, what))
    after = decisions.lifted(before, mine)
    assert (list(after.warnings), after.forfeited) == ([other.id], {"b": (other.id,)})


def test_the_centre_decides_and_nobody_about_himself() -> None:
    for one in EVERYONE:
        if one is CENTRE:
            powers.require_decider(one, finding())
        else:
            assert refused(powers.require_decider, one, finding()) == (Forbidden, "role_needed")
    elsewhere = actor("far", (Role.CENTRE, "350211999"))
    assert refused(powers.require_decider, elsewhere, finding()) == (Forbidden, "not_your_area")
    for mine in (finding(person_id=CENTRE.id), finding(involved=(CENTRE.id,))):
        assert refused(powers.require_decider, CENTRE, mine) == (Forbidden, "finding_yours")


def test_an_appeal_is_heard_by_somebody_else() -> None:
    made = decided(finding(), WARN)
    assert refused(powers.require_hearer, CENTRE, made) == (Forbidden, "finding_decided_by_you")
    for other in (CENTRE2, COMMITTEE):
        powers.require_hearer(other, made)
    assert refused(powers.require_hearer, ADMIN, made) == (Forbidden, "role_needed")
    involved = finding(involved=(COMMITTEE.id,))
    assert refused(powers.require_hearer, COMMITTEE, involved) == (Forbidden, "finding_yours")


def test_he_learns_of_it_with_a_decision_that_does_something() -> None:
    assert refused(powers.require_own, COURIER, finding()) == (NotFound, "no_such_finding")
    assert refused(powers.require_own, COURIER, decided(finding(), DISMISS)) == (NotFound, "no_such_finding")
    powers.require_own(COURIER, decided(finding(), WARN))
    assert refused(powers.require_own, COURIER2, decided(finding(), WARN)) == (NotFound, "no_such_finding")


def test_an_auditor_reads_what_for_and_who_decided_but_not_about_whom() -> None:
    made = decided(finding(involved=("x",)), order(Judgement.WARN, reason="电话13800000001"))
    shown = powers.masked(appealed(made))
    assert (shown.person_id, shown.involved, shown.subject) == ("", (), "")
    assert (shown.decisions[0].by, shown.reports) == (CENTRE.id, ("r1",))
    assert "13800000001" not in shown.decisions[0].reason
    assert powers.shown(AUDITOR, made) == powers.masked(made) and powers.shown(CENTRE, made) is made


def test_the_committee_learns_which_reports_of_an_appeal_alone_and_never_whose() -> None:
    made = decided(finding(Signal.VERIFIER, involved=("x",)), order(Judgement.WARN, "r1"))
    for one in (finding(), made):
        seen = powers.shown(COMMITTEE, one)
        assert (seen.person_id, seen.subject, seen.involved, seen.reports) == ("", "", (), ()) and not seen.forfeited
    seen = powers.shown(COMMITTEE, waiting := appealed(made))
    assert (seen.person_id, seen.subject, seen.involved, seen.reports) == ("", "", (), ("r1",))
    heard = decisions.heard(waiting, upheld=False, reason="已核", by=CENTRE2.id, now=NOW)
    assert powers.shown(COMMITTEE, heard).reports == () and powers.shown(CENTRE2, heard) is heard
