"""An alarm is answered: in the app by who may, or through the link in the SMS by who was called."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.duty.rosters import Duty, Shift
from chalicelib.domain.errors import Forbidden, NotFound
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.domain.reports.commands import Command
from chalicelib.domain.reports.model import Action
from chalicelib.domain.reports.terms import Basis
from chalicelib.services.duty import alarm_answers
from chalicelib.services.duty.alarm_answers import State
from chalicelib.services.reports import intake, reports
from chalicelib.store import history
from chalicelib.store.base import Transaction
from chalicelib.store.duty import alarms as store
from chalicelib.store.duty import rosters
from chalicelib.store.people import people
from tests.builders import CENTRE, COURIER, GRID_MEMBER, NOW, VILLAGER, WORKS, draft
from tests.on_duty import CENTRE_POST, SECRET, VILLAGE_POST, enrol_staff, link, raised, step
from tests.outbox import MINUTE, Post, post

pytestmark = pytest.mark.usefixtures("rules", "staff")
A = Action
LONE_ELDER = "0901"  # confidential
__all__ = ["post"]


@pytest.fixture
def staff(tables: str) -> None:
    """Two of the committee, one each of centre and village, with phones; and everyone on duty today."""
    enrol_staff()


def how_it_stands(post: Post, phone: str, now: datetime) -> State | None:
    """What the link in the last SMS to a phone says."""
    shown = alarm_answers.show(link(post, phone), now=now)
    return shown.state if shown else None


def test_an_answer_in_the_app_ends_it_and_is_in_the_history(post: Post) -> None:
    raised(post)
    alarm = alarm_answers.acknowledge("e1", by=VILLAGER, now=NOW + MINUTE)
    assert (alarm.is_open, alarm.acknowledged_as) == (False, VILLAGE_POST)
    assert step(post, "e1", NOW + 5 * MINUTE) == []
    last = history.of("e1")[-1]
    assert (last.action, last.actor_id, last.as_role, last.internal) == (A.ACKNOWLEDGE, "village", "village", True)
    again = alarm_answers.acknowledge("e1", by=CENTRE, now=NOW + 2 * MINUTE)
    assert again.acknowledged_as == VILLAGE_POST, "the first one stands"
    assert len(history.of("e1")) == 3


def test_an_answer_through_the_link_says_who_was_on_duty(post: Post) -> None:
    raised(post)
    for _ in range(2):
        assert how_it_stands(post, "1003", NOW) is State.WAITING, "to look is not to answer"
    answered = alarm_answers.acknowledge_by_link(link(post, "1003"), now=NOW + MINUTE)
    assert answered and (answered.state, answered.alarm.acknowledged_as) == (State.YOURS, CENTRE_POST)
    assert history.of("e1")[-1].details == {"post": CENTRE_POST, "called": "main", "name": "centre main"}
    late = alarm_answers.acknowledge_by_link(link(post, "1001"), now=NOW + 2 * MINUTE)
    assert late and (late.state, late.alarm.acknowledged_as) == (State.OTHERS, CENTRE_POST)
    assert len(history.of("e1")) == 3


def test_who_was_called_before_the_deputies_may_still_answer_and_they_see_that_he_did(post: Post) -> None:
    raised(post)
    step(post, "e1", NOW + 5 * MINUTE)
    assert how_it_stands(post, "1004", NOW + 5 * MINUTE) is State.WAITING
    alarm_answers.acknowledge_by_link(link(post, "1003"), now=NOW + 6 * MINUTE)
    stand = {phone: how_it_stands(post, phone, NOW + 6 * MINUTE) for phone in ("1001", "1002", "1003", "1004")}
    assert stand == {"1001": State.OTHERS, "1002": State.OTHERS, "1003": State.YOURS, "1004": State.OTHERS}


def test_who_answered_in_the_app_is_known_by_his_link(post: Post) -> None:
    raised(post)
    for minutes in (5, 10):
        step(post, "e1", NOW + minutes * MINUTE)
    alarm_answers.acknowledge("e1", by=CENTRE, now=NOW + 11 * MINUTE)
    assert how_it_stands(post, "2002", NOW + 11 * MINUTE) is State.YOURS
    assert how_it_stands(post, "1003", NOW + 11 * MINUTE) is State.OTHERS, "somebody else of the same post"


def test_an_answer_is_waited_for_after_the_last_call_too(post: Post) -> None:
    raised(post)
    while (alarm := store.find("e1")) and alarm.next_at:
        reached = step(post, "e1", now := alarm.next_at)
    assert sorted(reached) == ["2000", "2001"], "the last call is sent like every other"
    assert how_it_stands(post, "2000", now) is State.WAITING
    answered = alarm_answers.acknowledge_by_link(link(post, "2000"), now=now + MINUTE)
    assert answered and answered.state is State.YOURS


def test_it_is_over_once_staff_act_unasked_and_then_a_link_notes_nothing(post: Post) -> None:
    raised(post)
    verify = Command(action=A.VERIFY, basis=Basis.ON_SITE, kind="0106")
    reports.act("e1", verify, version=None, key=None, by=GRID_MEMBER, now=NOW + MINUTE)
    pressed = alarm_answers.acknowledge_by_link(link(post, "1003"), now=NOW + 2 * MINUTE)
    assert pressed and pressed.state is State.OVER
    assert history.of("e1")[-1].action is A.VERIFY


@pytest.mark.parametrize("phone", ["1001", "1003"])
def test_it_is_over_for_everyone_once_the_report_has_ended(post: Post, phone: str) -> None:
    raised(post)
    alarm_answers.acknowledge_by_link(link(post, "1003"), now=NOW + MINUTE)
    cancel = Command(action=A.CANCEL, text="误报")
    reports.act("e1", cancel, version=None, key=None, by=CENTRE, now=NOW + 2 * MINUTE)
    assert how_it_stands(post, phone, NOW + 2 * MINUTE) is State.OVER


def test_who_was_called_by_post_answers_as_himself(post: Post) -> None:
    raised(post)
    for minutes in (5, 10):
        step(post, "e1", NOW + minutes * MINUTE)
    alarm_answers.acknowledge_by_link(link(post, "2002"), now=NOW + 11 * MINUTE)
    last = history.of("e1")[-1]
    assert (last.actor_id, last.as_role) == (CENTRE.id, "centre")
    assert "name" not in last.details, "his id leads to his name as long as it is known"


def test_who_holds_the_post_no_more_answers_nothing(post: Post) -> None:
    raised(post)
    for minutes in (5, 10):
        step(post, "e1", NOW + minutes * MINUTE)
    token, known = link(post, "2002"), people.get(CENTRE.id)
    people.change(known, replace(known, posts=(), version=known.version + 1), gone := Transaction())
    gone.commit()
    assert alarm_answers.show(token, now=NOW + 11 * MINUTE) is None
    assert alarm_answers.acknowledge_by_link(token, now=NOW + 11 * MINUTE) is None
    assert history.of("e1")[-1].action is A.ALARM


def test_after_the_shift_has_changed_the_answer_is_still_his_who_was_called(post: Post) -> None:
    raised(post)
    tomorrow = NOW.astimezone(ZONE).date() + timedelta(days=1)
    (known,) = rosters.of(CENTRE_POST, tomorrow, tomorrow)
    relieved = Shift(main=Duty(name="another", phone="1009"), deputy=None)
    rosters.put(replace(known, shifts=(relieved,), version=known.version + 1), relief := Transaction())
    relief.commit()
    alarm_answers.acknowledge_by_link(link(post, "1003"), now=NOW + timedelta(hours=23))
    assert history.of("e1")[-1].details["name"] == "centre main"


def test_who_answers_is_shown_the_spot_and_nobody_else_is(post: Post) -> None:
    raised(post, kind=LONE_ELDER)
    before = alarm_answers.show(link(post, "1001"), now=NOW)
    answered = alarm_answers.acknowledge_by_link(link(post, "1001"), now=NOW + MINUTE)
    other = alarm_answers.show(link(post, "1003"), now=NOW + MINUTE)
    assert before and answered and other
    assert answered.spot and answered.matter[0] == "独居老人异常"
    assert "网格" in answered.place[0]
    for hidden in (before, other):
        assert (hidden.spot, hidden.matter) == (None, ("保密事项", "a confidential matter"))


@pytest.mark.parametrize("token", ["", "x", "link#x"])
def test_a_link_that_is_none_opens_nothing(post: Post, token: str) -> None:
    assert alarm_answers.show(token, now=NOW) is None
    assert alarm_answers.acknowledge_by_link(token, now=NOW) is None


def test_a_link_lapses(post: Post) -> None:
    raised(post)
    assert alarm_answers.show(link(post, "1003"), now=NOW + timedelta(hours=25)) is None


def test_two_answers_at_once_are_one(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    raised(post)
    seen = store.find("e1")
    alarm_answers.acknowledge("e1", by=CENTRE, now=NOW)
    found = iter([seen])
    real = store.find
    monkeypatch.setattr(store, "find", lambda id: next(found, None) or real(id))
    assert alarm_answers.acknowledge("e1", by=VILLAGER, now=NOW).acknowledged_as == CENTRE_POST
    assert len(history.of("e1")) == 3


def test_who_is_not_called_does_not_answer(post: Post) -> None:
    raised(post)
    with pytest.raises(Forbidden):
        alarm_answers.acknowledge("e1", by=GRID_MEMBER, now=NOW)
    with pytest.raises(NotFound):
        alarm_answers.acknowledge("e1", by=WORKS, now=NOW)
    intake.accept("r1", draft(), key=None, by=COURIER, now=NOW)
    with pytest.raises(NotFound):
        alarm_answers.acknowledge("r1", by=CENTRE, now=NOW)


def test_what_the_village_may_not_know_any_more_its_link_does_not_say(post: Post) -> None:
    raised(post)
    alarm_answers.acknowledge_by_link(link(post, "1001"), now=NOW + MINUTE)
    home = Command(action=A.RECLASSIFY, kind=SECRET, severity=4, text="家中")
    reports.act("e1", home, version=None, key=None, by=CENTRE, now=NOW + 2 * MINUTE)
    shown = alarm_answers.show(link(post, "1001"), now=NOW + 3 * MINUTE)
    assert shown and (shown.state, shown.spot, shown.matter[0]) == (State.OVER, None, "保密事项")
