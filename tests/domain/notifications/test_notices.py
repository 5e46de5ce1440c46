"""Who hears what, and that nobody hears of what he may not see."""

from dataclasses import replace

import pytest

from chalicelib.domain.events import Event
from chalicelib.domain.events import event as event_of
from chalicelib.domain.notifications import notices
from chalicelib.domain.notifications.messages import read
from chalicelib.domain.notifications.notices import Call, Heard
from chalicelib.domain.people.model import Actor, Post, Role
from chalicelib.domain.reference.ladder import Effect
from chalicelib.domain.reports.life import TRANSITIONS
from chalicelib.domain.reports.model import Action, Change, Report, Status
from chalicelib.domain.reports.sight import viewers
from chalicelib.domain.reports.terms import RejectReason
from tests.builders import CENTRE, COURIER, DATA, GRID, GRID_MEMBER, NOW, RULES, TOWNSHIP, VILLAGE, report
from tests.lines import event, standing, told

A, S, E = Action, Status, Effect
KINDS = [None, *RULES.taxonomy.kinds]
TEMPLATES = read((DATA / "messages.csv").read_bytes()).templates
IN_GRID, IN_VILLAGE, AT_CENTRE = f"grid_member:{GRID}", f"village:{VILLAGE}", f"centre:{TOWNSHIP}"
AT_COMMITTEE = f"committee:{TOWNSHIP}"


def change(before: Report | None, action: Action, after: Report, effect: Effect | None = None) -> Event:
    details: dict[str, object] = {"reason": RejectReason.FALSE} if action is A.REJECT else {}
    if action is A.DISPATCH:
        details = {"co_handlers": list(after.co_handlers)}
    if effect:
        details = {"effect": effect, "percent": 100, "post": after.holder.key if after.holder else None}
    line = Change(
        report=after, before=before, action=action, actor_id="someone", as_role="centre", at=NOW, details=details
    )
    return event_of(line)


type Turn = tuple[Event, Report | None, Report]  # the line, and the report before and after it


def every_change(kind: str | None) -> list[Turn]:
    """Every row of the status table, and intake, for a report of this kind."""
    made = {status: report(status, kind=kind, village_held=status is S.WITH_VILLAGE) for status in S}
    dispatched = replace(made[S.DISPATCHED], co_handlers=("D03", "D07"))
    new = made[S.SUBMITTED]
    moves: list[Turn] = [(change(None, A.SUBMIT, new), None, new)]
    for (status, action), nexts in TRANSITIONS.items():
        if action is A.FALL_DUE:
            moves += [rung(made, status, after, effect) for after in nexts for effect in RUNGS.get((status, after), ())]
            continue
        for after in nexts:
            now = dispatched if (action, after) == (A.DISPATCH, S.DISPATCHED) else made[after]
            now = replace(now, village_held=now.village_held or made[status].village_held)
            moves.append((change(made[status], action, now), made[status], now))
    return moves


# Which rungs of the ladder lead from one status to another.
RUNGS: dict[tuple[Status, Status], tuple[Effect, ...]] = {
    (S.SUBMITTED, S.SUBMITTED): (E.REMIND_HOLDER, E.VILLAGE_MAY_VERIFY, E.CENTRE_MAY_VERIFY),
    (S.NEEDS_INFO, S.SUBMITTED): (E.INFO_OVER,),
    (S.NEEDS_INFO, S.IN_HANDLING): (E.INFO_OVER,),
    (S.WITH_VILLAGE, S.WITH_VILLAGE): (E.REMIND_HOLDER,),
    (S.WITH_VILLAGE, S.WITH_CENTRE): (E.ESCALATE_TO_CENTRE,),
    (S.WITH_CENTRE, S.WITH_CENTRE): (E.REMIND_HOLDER, E.TELL_COMMITTEE),
    (S.COORDINATING, S.COORDINATING): (E.REMIND_HOLDER, E.TELL_CHAIR_AND_AGENDA),
    (S.DISPATCHED, S.DISPATCHED): (E.REMIND_HOLDER,),
    (S.DISPATCHED, S.IN_HANDLING): (E.SIGN_BY_DEFAULT,),
    (S.IN_HANDLING, S.IN_HANDLING): (
        *(E.REMIND_HOLDER, E.SUPERVISE_YELLOW, E.SUPERVISE_RED, E.REQUEST_OVER, E.PART_LATE),
    ),
    (S.SUSPENDED, S.SUSPENDED): (E.REVIEW,),
    (S.SUSPENDED, S.COORDINATING): (E.REVIEW,),
    (S.RESOLVED, S.RESOLVED): (E.REMIND_HOLDER, E.CENTRE_RECHECKS),
    (S.RESOLVED, S.CLOSED): (E.CLOSE_UNCHECKED,),
}


def rung(made: dict[Status, Report], status: Status, after: Status, effect: Effect) -> Turn:
    """The report as a rung of the ladder leaves it."""
    held = status is S.WITH_VILLAGE  # it was the village's before
    widened = (Role.VILLAGE,) if effect is E.VILLAGE_MAY_VERIFY else ()
    now = replace(made[after], widened=widened, village_held=held or made[after].village_held)
    return change(made[status], A.FALL_DUE, now, effect), made[status], now


def test_every_rung_is_tried() -> None:
    assert {effect for effects in RUNGS.values() for effect in effects} == set(Effect)


def centre_only(kind: str | None) -> bool:
    return kind is not None and RULES.taxonomy.kinds[kind].verify_by_centre


@pytest.mark.parametrize("kind", KINDS)
def test_whoever_is_called_may_see_the_report_or_could_before_it_was_taken_from_him(kind: str | None) -> None:
    for line, before, now in every_change(kind):
        for call in notices.calls(line, centre_only=centre_only(kind)):
            somebody = Actor(id="somebody", posts=(Post.of(call.post),))
            sees = viewers(somebody, now) or (call.template == "taken_off" and before and viewers(somebody, before))
            assert sees, (line.action, call)


@pytest.mark.parametrize("kind", KINDS)
def test_every_template_that_is_named_is_written(kind: str | None) -> None:
    for line, *_ in every_change(kind):
        named = {call.template for call in notices.calls(line, centre_only=centre_only(kind))}
        assert named | {notices.for_reporter(line) or "verified"} <= TEMPLATES.keys()


def test_every_reason_of_a_rejection_has_its_own_sentence() -> None:
    rejected = told((A.REJECT, S.INVALID))[1]
    for reason in RejectReason:
        assert notices.for_reporter(replace(rejected, details={"reason": reason})) in TEMPLATES


@pytest.mark.parametrize(
    ("step", "template"),
    [
        ((A.VERIFY, S.WITH_VILLAGE), "verified"),
        ((A.VERIFY, S.CLOSED), "verified_gone"),
        ((A.VERIFY, S.RESOLVED), "verified_solved"),
        ((A.DISPATCH, S.DISPATCHED), "dispatched"),
        ((A.DISPATCH, S.WITH_VILLAGE), "given_to_village"),
        ((A.RESOLVE, S.RESOLVED), "resolved"),
        ((A.CONFIRM, S.CLOSED), "closed"),
        ((A.REOPEN, S.WITH_CENTRE), "reopened"),
        ((A.CLAIM, S.SUBMITTED), None),
    ],
)
def test_the_reporter_hears_what_became_of_it(step: tuple[Action, Status], template: str | None) -> None:
    assert notices.for_reporter(told(step)[1]) == template


def test_the_reporter_hears_public_remarks_only() -> None:
    remark = told((A.COMMENT, S.SUBMITTED))[1]
    assert notices.for_reporter(remark) == "commented"
    assert notices.for_reporter(replace(remark, internal=True)) is None


def test_a_close_is_told_once() -> None:
    assert notices.for_reporter(told((A.VERIFY, S.CLOSED), (A.CONFIRM, S.CLOSED))[2]) is None


def test_a_new_report_is_told_to_the_pool_of_its_grid() -> None:
    assert notices.calls(told()[0], centre_only=False) == [Call(post=IN_GRID, template="to_verify")]


def test_the_pool_it_comes_to_lie_with_is_told() -> None:
    lines = told((A.VERIFY, S.WITH_VILLAGE), (A.ESCALATE, S.WITH_CENTRE), (A.DISPATCH, S.DISPATCHED))
    called = [notices.calls(line, centre_only=False) for line in lines[1:]]
    assert [call.template for (call,) in called] == ["to_solve", "to_sort", "to_sign"]
    assert [call.post for (call,) in called] == [IN_VILLAGE, AT_CENTRE, "department:D04"]


def test_signing_is_no_news_to_the_department_but_a_reopening_is() -> None:
    lines = told(
        (A.DISPATCH, S.DISPATCHED), (A.ACCEPT, S.IN_HANDLING), (A.RESOLVE, S.RESOLVED), (A.REOPEN, S.IN_HANDLING)
    )
    assert notices.calls(lines[2], centre_only=False) == []
    assert notices.calls(lines[4], centre_only=False) == [Call(post="department:D04", template="to_redo")]


def test_danger_to_life_is_told_to_grid_village_and_centre_together() -> None:
    assert notices.calls(told(kind="0106")[0], centre_only=False) == [
        Call(post=IN_GRID, template="alarm"),
        Call(post=IN_VILLAGE, template="alarm_guard"),
        Call(post=AT_CENTRE, template="alarm"),
        Call(post=IN_GRID, template="to_verify"),
    ]


def test_where_the_centre_alone_verifies_only_the_centre_is_told() -> None:
    kind = next(k.code for k in RULES.taxonomy.kinds.values() if k.klass == "E" and k.verify_by_centre)
    new = event(A.SUBMIT, None, standing(S.SUBMITTED, kind=kind, holder=AT_CENTRE))
    assert {call.post for call in notices.calls(new, centre_only=True)} == {AT_CENTRE}


def test_what_turns_out_to_be_a_danger_raises_the_alarm_then() -> None:
    found = event(A.VERIFY, standing(S.SUBMITTED), standing(S.WITH_CENTRE, kind="0106"))
    assert [call.template for call in notices.calls(found, centre_only=False)][:3] == ["alarm", "alarm_guard", "alarm"]
    on = event(A.DISPATCH, standing(S.WITH_CENTRE, kind="0106"), standing(S.DISPATCHED, kind="0106"))
    assert [call.template for call in notices.calls(on, centre_only=False)] == ["to_sign"]


def test_helpers_are_told_who_leads() -> None:
    line = replace(told((A.DISPATCH, S.DISPATCHED))[1], details={"co_handlers": ["D03"]})
    assert Call(post="department:D03", template="to_help") in notices.calls(line, centre_only=False)


def test_who_loses_an_order_is_told() -> None:
    there = standing(S.DISPATCHED, holder="department:D03", department="D03")
    line = event(A.REASSIGN, standing(S.IN_HANDLING), there, details={"released": ["D18", "V"]})
    off = {call.post for call in notices.calls(line, centre_only=False) if call.template == "taken_off"}
    assert off == {"department:D04", "department:D18", IN_VILLAGE}
    up = event(A.COORDINATE, standing(S.IN_HANDLING), standing(S.COORDINATING))
    assert Call(post="department:D04", template="taken_off") in notices.calls(up, centre_only=False)


def test_the_lead_of_what_waited_is_told_that_it_leads_no_more() -> None:
    waits, back = standing(S.SUSPENDED, department="D04"), standing(S.WITH_CENTRE)
    line = event(A.RECLASSIFY, waits, back)
    assert Call(post="department:D04", template="taken_off") in notices.calls(line, centre_only=False)


def test_a_village_that_is_to_help_is_told() -> None:
    line = replace(told((A.DISPATCH, S.DISPATCHED))[1], details={"co_handlers": ["V"]})
    assert Call(post=IN_VILLAGE, template="to_help") in notices.calls(line, centre_only=False)


def test_what_the_reporter_adds_is_told_to_who_has_it() -> None:
    added = replace(told((A.ADD_INFO, S.SUBMITTED))[1], actor_id=COURIER.id)
    assert notices.for_reporter(added) is None
    assert notices.calls(added, centre_only=False) == [Call(post=IN_GRID, template="added_by_reporter")]


def test_each_person_hears_one_thing_and_never_what_he_did_himself() -> None:
    line = event(A.SUBMIT, None, standing(S.SUBMITTED, kind="0106"), actor_id=COURIER.id)
    called = notices.calls(line, centre_only=False)
    pools = {IN_GRID: [GRID_MEMBER.id, COURIER.id], IN_VILLAGE: [], AT_CENTRE: [CENTRE.id, GRID_MEMBER.id]}
    assert notices.addressed(line, called, pools) == {
        GRID_MEMBER.id: Heard(template="alarm", role="grid_member"),
        CENTRE.id: Heard(template="alarm", role="centre"),
    }


def test_the_reporter_hears_as_reporter_whatever_post_he_holds() -> None:
    line = told((A.VERIFY, S.WITH_CENTRE))[1]
    heard = notices.addressed(line, notices.calls(line, centre_only=False), {AT_CENTRE: [COURIER.id, CENTRE.id]})
    assert heard == {
        COURIER.id: Heard(template="verified", role="reporter"),
        CENTRE.id: Heard(template="to_sort", role="centre"),
    }


def test_message_ids_sort_by_when_it_happened() -> None:
    first, second = told((A.VERIFY, S.WITH_CENTRE))
    assert notices.message_id(first, "to_verify") == "20261123T010000000000#r1#000001#to_verify"
    assert notices.message_id(first, "to_verify") < notices.message_id(second, "alarm")
