"""What waits while somebody rides or is at his busiest, and what does not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.happenings import Happening
from chalicelib.domain.notifications import pushes, quiet
from chalicelib.domain.notifications.pushes import Outbox
from chalicelib.domain.notifications.quiet import HELD, Hold, Weight
from tests.builders import COURIER, GRID_MEMBER, NOW, RULES
from tests.lines import told

MINUTE = timedelta(minutes=1)


def happening(subject: str, deed: str, person: str, ahead: timedelta = timedelta(hours=1)) -> Happening:
    return Happening(
        id=f"{subject}#2",
        subject_id=subject,
        number=2,
        deed=deed,
        at=NOW,
        actor_id="a",
        as_role="village",
        township="t",
        person_id=person,
        facts={"start": (NOW + ahead).isoformat()},
    )


def test_danger_and_ones_own_run_wait_for_nothing_and_all_else_for_everything() -> None:
    assert {Weight.DANGER: frozenset(), Weight.OWN_RUN: frozenset(), Weight.ORDINARY: frozenset(Hold)} == HELD
    assert {of for of in Weight if quiet.goes_at_once(of)} == {Weight.DANGER, Weight.OWN_RUN}


def test_danger_to_life_weighs_for_who_deals_with_it_and_not_for_its_reporter() -> None:
    grave = told(kind="0106")[0]
    assert quiet.weight(grave, GRID_MEMBER.id) is Weight.DANGER
    assert quiet.weight(grave, grave.reporter_id) is Weight.ORDINARY
    assert quiet.weight(told()[0], GRID_MEMBER.id) is Weight.ORDINARY


@pytest.mark.parametrize(
    ("subject", "deed", "person", "found"),
    [
        ("visit:p1.20261123", "called_off", COURIER.id, Weight.OWN_RUN),
        ("visit:p1.20261123", "called_off", "somebody else", Weight.ORDINARY),
        ("visit:p1.20261123", "offered", COURIER.id, Weight.ORDINARY),
        ("activity:x1", "called_off", COURIER.id, Weight.ORDINARY),
    ],
)
def test_of_a_visit_only_what_changes_his_own_run_goes_at_once(
    subject: str, deed: str, person: str, found: Weight
) -> None:
    assert quiet.weight_of(happening(subject, deed, COURIER.id), person) is found


def test_what_is_days_ahead_waits_like_all_else() -> None:
    late = happening("visit:p1.20261126", "called_off", COURIER.id, timedelta(days=3))
    assert quiet.weight_of(late, COURIER.id) is Weight.ORDINARY


def test_who_rides_is_not_pushed_to_until_he_stands_still() -> None:
    until = pushes.moving_until(now=NOW, numbers=RULES.numbers)
    rides = replace(Outbox(person_id="p"), moving_until=until, quiet_until=NOW + MINUTE)
    assert until == NOW + 10 * MINUTE
    assert pushes.push_at(rides, now=NOW, calendar=RULES.calendar, numbers=RULES.numbers) == until
    later = until + MINUTE
    assert pushes.push_at(rides, now=later, calendar=RULES.calendar, numbers=RULES.numbers) == later
