"""Renewed where the answer was lost, ended where a token was copied, over when it is over."""

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import StaleVersion, TooManyRequests, Unauthenticated
from chalicelib.domain.login.sessions import Session
from chalicelib.domain.login.tokens import Grant
from chalicelib.domain.people.model import Person, PersonState
from chalicelib.services.login import sessions
from chalicelib.services.reference import rulebook
from chalicelib.store.base import Transaction
from chalicelib.store.login import sessions as store
from chalicelib.store.login.sessions import SessionItem
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import NOW
from tests.desk import DEVICE, OTHER_DEVICE, desk, enrolled

__all__ = ["desk"]

pytestmark = pytest.mark.usefixtures("rules", "desk")
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)


@pytest.fixture
def person() -> Person:
    """Somebody who may sign in."""
    return enrolled()


def signed_in(person: Person, id: str = "s1", device: str = DEVICE) -> Grant:
    numbers = rulebook.in_force(now=NOW).numbers
    session = sessions.opened(person, id, device=device, name="手机", entry="entry", now=NOW)
    transaction = Transaction()
    store.add(session, ends_at=NOW + 30 * DAY, transaction=transaction)
    transaction.commit()
    return sessions.granted(session, "entry", person, numbers, now=NOW)


@pytest.fixture
def grant(person: Person) -> Grant:
    """What he was given."""
    return signed_in(person)


def renew(grant: Grant, after: timedelta, *, device: str = DEVICE) -> Grant:
    return sessions.renew(grant.refresh_token, device=device, now=NOW + after)


def is_over(grant: Grant, after: timedelta, *, device: str = DEVICE) -> bool:
    with pytest.raises(Unauthenticated) as refusal:
        renew(grant, after, device=device)
    return refusal.value.rule == "session_over"


def is_open(id: str = "s1") -> bool:
    return store.find("p1", id) is not None


def test_a_renewal_gives_new_tokens_of_the_same_session(grant: Grant) -> None:
    second = renew(grant, 14 * MINUTE)
    assert second.session_id == grant.session_id
    assert second.refresh_token != grant.refresh_token and second.access_token != grant.access_token
    assert second.access_expires_at == NOW + 29 * MINUTE
    assert second.refresh_expires_at == NOW + 14 * MINUTE + 30 * DAY


def test_where_the_answer_got_lost_the_successor_is_the_same(grant: Grant) -> None:
    second = renew(grant, 14 * MINUTE)
    again = renew(grant, 15 * MINUTE)
    assert again.refresh_token == second.refresh_token
    third = renew(again, 16 * MINUTE)
    assert third.refresh_token not in (grant.refresh_token, second.refresh_token)


def test_a_late_answer_to_the_one_before_is_still_the_same(grant: Grant) -> None:
    second = renew(grant, 14 * MINUTE)
    renew(second, 14 * MINUTE + 20 * SECOND)
    assert renew(grant, 14 * MINUTE + 40 * SECOND).refresh_token == second.refresh_token


def test_a_spent_token_that_comes_back_later_ends_the_session(grant: Grant, caplog: pytest.LogCaptureFixture) -> None:
    second = renew(grant, 14 * MINUTE)
    with caplog.at_level(logging.WARNING):
        assert is_over(grant, 15 * MINUTE + SECOND)
    assert caplog.records[0].message.startswith("session_reused")
    assert not is_open() and is_over(second, 16 * MINUTE)


def test_a_token_on_another_device_ends_the_session(grant: Grant) -> None:
    assert is_over(grant, MINUTE, device=OTHER_DEVICE)
    assert not is_open() and is_over(grant, MINUTE)


def test_another_device_gets_no_successor_even_at_once(grant: Grant) -> None:
    renew(grant, MINUTE)
    assert is_over(grant, MINUTE + SECOND, device=OTHER_DEVICE)
    assert not is_open()


def test_other_sessions_of_the_same_person_live_on(person: Person, grant: Grant) -> None:
    other = signed_in(person, "s2", OTHER_DEVICE)
    assert is_over(grant, MINUTE, device=OTHER_DEVICE)
    assert renew(other, MINUTE, device=OTHER_DEVICE)


def test_what_is_not_ours_costs_nothing_and_ends_nothing(grant: Grant) -> None:
    forged = grant.refresh_token.rpartition(".")[0] + "." + "0" * 32
    with counted() as calls:
        for token in (forged, "", "a.b.c.d", "x" * 1000):
            assert is_over(replace(grant, refresh_token=token), MINUTE)
    assert calls.names == [] and is_open()


def test_at_once_all_get_the_same_successor(grant: Grant) -> None:
    with ThreadPoolExecutor(8) as pool:
        renewed = list(pool.map(lambda _: renew(grant, MINUTE), range(8)))
    assert len({one.refresh_token for one in renewed}) == 1
    assert renew(renewed[0], 2 * MINUTE)


def test_a_renewal_that_the_store_did_without_saying_so_is_answered_with_what_it_did(
    grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client of the store asks again where an answer is lost, and is then told that the condition fails."""
    move = store.move

    def lost(session: Session, **rest: Any) -> None:
        move(session, **rest)
        raise StaleVersion("changed_meanwhile")

    monkeypatch.setattr(store, "move", lost)
    second = renew(grant, MINUTE)
    monkeypatch.setattr(store, "move", move)
    assert renew(second, 2 * MINUTE)


def test_unused_for_thirty_days_it_is_over_without_alarm(grant: Grant, caplog: pytest.LogCaptureFixture) -> None:
    assert is_over(grant, 30 * DAY)
    assert caplog.records == [] and not is_open()


def test_after_sixty_days_it_is_over_however_often_it_was_used(grant: Grant) -> None:
    for day in (20, 40, 59):
        grant = renew(grant, day * DAY)
        assert grant.refresh_expires_at == min(NOW + (day + 30) * DAY, NOW + 60 * DAY)
    assert is_over(grant, 60 * DAY)


@pytest.mark.parametrize("changes", [{"state": PersonState.LEFT, "left_at": NOW}, {"phone_at": NOW + MINUTE}])
def test_who_may_not_sign_in_any_more_is_not_renewed(grant: Grant, person: Person, changes: dict[str, object]) -> None:
    people.put(replace(person, **changes))  # type: ignore[arg-type]  # see the parameters
    assert is_over(grant, 2 * MINUTE)


def test_signing_out_ends_this_session_alone(person: Person, grant: Grant) -> None:
    other = signed_in(person, "s2", OTHER_DEVICE)
    sessions.end(person.actor, grant.session_id)
    sessions.end(person.actor, "")
    assert is_over(grant, MINUTE) and renew(other, MINUTE, device=OTHER_DEVICE)


def test_nobody_ends_a_session_of_somebody_else(person: Person, grant: Grant) -> None:
    sessions.end(replace(person.actor, id="p2"), grant.session_id)
    assert is_open()


def test_signing_out_everywhere_ends_every_session_and_a_new_sign_in_holds(person: Person, grant: Grant) -> None:
    other = signed_in(person, "s2", OTHER_DEVICE)
    sessions.revoke_all(person.id, NOW + MINUTE)
    assert people.get(person.id).valid_from == NOW + MINUTE
    assert is_over(grant, MINUTE) and is_over(other, MINUTE, device=OTHER_DEVICE)
    assert SessionItem.count(person.id) == 0


def test_after_a_crash_before_the_sessions_were_cleared_they_are_over_all_the_same(
    person: Person, grant: Grant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "end_all", lambda person_id: 0)
    sessions.revoke_all(person.id, NOW + MINUTE)
    assert is_open() and is_over(grant, 2 * MINUTE)


def test_signed_out_everywhere_twice_at_once_is_signed_out(person: Person, grant: Grant) -> None:
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda second: sessions.revoke_all(person.id, NOW + second * SECOND), range(3)))
    assert people.get(person.id).valid_from == NOW + 2 * SECOND and is_over(grant, MINUTE)


def test_an_older_revocation_does_not_undo_a_newer(person: Person) -> None:
    sessions.revoke_all(person.id, NOW + MINUTE)
    sessions.revoke_all(person.id, NOW)
    assert people.get(person.id).valid_from == NOW + MINUTE


def test_ones_sessions_are_listed_last_used_first_and_those_that_are_over_left_out(person: Person) -> None:
    first = signed_in(person, "s1")
    signed_in(person, "s2", OTHER_DEVICE)
    renew(first, MINUTE)
    assert [one.id for one in sessions.listing(person.actor, now=NOW + DAY)] == ["s1", "s2"]
    assert [one.id for one in sessions.listing(person.actor, now=NOW + 30 * DAY)] == ["s1"]


def test_that_somebody_is_active_is_noted_once_a_day(person: Person, grant: Grant) -> None:
    grant = renew(grant, timedelta())
    assert people.get(person.id).last_active_at == NOW
    for hours in (1, 12, 23.9):
        grant = renew(grant, timedelta(hours=hours))
    assert people.get(person.id).last_active_at == NOW
    renew(grant, DAY)
    assert people.get(person.id).last_active_at == NOW + DAY


def test_twenty_five_renewals_in_as_many_seconds_do_not_end_the_session(grant: Grant) -> None:
    first, latest, refused = renew(grant, timedelta()), grant, 0
    for number in range(25):
        try:
            latest = renew(latest, number * SECOND)
        except TooManyRequests as refusal:
            refused += 1
            assert refusal.rule == "renewals_too_fast"
    assert refused == 6  # the entry and nineteen renewals are remembered
    assert renew(grant, 30 * SECOND).refresh_token == first.refresh_token
    assert is_open() and renew(latest, 2 * MINUTE)


def test_a_renewal_is_one_read_and_one_write(person: Person, grant: Grant) -> None:
    people.seen(person.id, NOW)
    rulebook.in_force(now=NOW)
    with counted() as calls:
        renew(grant, 10 * SECOND)
        renew(grant, 20 * SECOND)  # again: the read alone
    assert calls.names == ["BatchGetItem", "UpdateItem", "BatchGetItem"]
