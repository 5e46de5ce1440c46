"""What becomes of a refresh token that is presented: the rules, without a store."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import TooManyRequests
from chalicelib.domain.login import sessions
from chalicelib.domain.login.sessions import MOST_STEPS, Session, Step, Verdict
from tests.builders import NOW, RULES

LIVES = sessions.lives(RULES.numbers)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SESSION = Session(
    person_id="p1",
    id="s1",
    device="d1",
    device_name="",
    started_at=NOW,
    used_at=NOW,
    current="t1",
    steps=(Step(spent="entry", nonce="n0", at=NOW),),
)


def judge(session: Session, token: str, *, device: str = "d1", after: timedelta = MINUTE) -> Verdict:
    return sessions.judge(session, token, device=device, lives=LIVES, now=NOW + after)


def spend(session: Session, token: str, after: timedelta) -> Session:
    """The session once its current token found the successor `token`."""
    return sessions.moved(session, Step(spent=session.current, nonce=token, at=NOW + after), token, LIVES)


def test_the_current_token_has_a_successor() -> None:
    assert judge(SESSION, "t1") is Verdict.NEXT


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(0, Verdict.AGAIN), (60, Verdict.AGAIN), (61, Verdict.REUSED), (86_400, Verdict.REUSED)]
)
def test_a_spent_token_may_come_again_for_a_minute(seconds: int, verdict: Verdict) -> None:
    moved = spend(SESSION, "t2", 10 * MINUTE)
    assert judge(moved, "t1", after=10 * MINUTE + timedelta(seconds=seconds)) is verdict


def test_a_clock_that_is_a_little_behind_changes_nothing() -> None:
    assert judge(spend(SESSION, "t2", 10 * MINUTE), "t1", after=9 * MINUTE) is Verdict.AGAIN


def test_the_one_before_may_come_too_while_its_minute_lasts() -> None:
    twice = spend(spend(SESSION, "t2", 10 * MINUTE), "t3", 10 * MINUTE + timedelta(seconds=20))
    assert judge(twice, "t1", after=10 * MINUTE + timedelta(seconds=50)) is Verdict.AGAIN
    assert judge(twice, "t1", after=12 * MINUTE) is Verdict.REUSED


@pytest.mark.parametrize("token", ["t1", "t0", "entry"])
def test_from_another_device_even_the_right_token_was_copied(token: str) -> None:
    assert judge(SESSION, token, device="d2") is Verdict.REUSED


def test_a_session_ends_after_thirty_days_unused_and_sixty_in_all() -> None:
    assert judge(SESSION, "t1", after=30 * DAY - MINUTE) is Verdict.NEXT
    assert judge(SESSION, "t1", after=30 * DAY) is Verdict.OVER
    kept = spend(spend(SESSION, "t2", 25 * DAY), "t3", 50 * DAY)
    assert sessions.ends_at(kept, LIVES) == NOW + 60 * DAY
    assert judge(kept, "t3", after=60 * DAY) is Verdict.OVER
    assert judge(kept, "t3", device="d2", after=60 * DAY) is Verdict.OVER


def test_what_is_too_old_to_come_again_is_forgotten() -> None:
    assert [step.spent for step in spend(SESSION, "t2", 10 * MINUTE).steps] == ["t1"]


def test_who_renews_too_fast_waits_and_no_token_that_may_come_again_is_forgotten() -> None:
    busy = replace(SESSION, steps=())
    for number in range(MOST_STEPS):
        busy = spend(busy, f"u{number}", timedelta(seconds=number))
    with pytest.raises(TooManyRequests) as refusal:
        spend(busy, "v", timedelta(seconds=MOST_STEPS))
    assert (refusal.value.rule, refusal.value.facts) == ("renewals_too_fast", {"wait": 41})
    assert judge(busy, "t1", after=timedelta(seconds=60)) is Verdict.AGAIN
    assert len(spend(busy, "v", timedelta(seconds=61)).steps) == MOST_STEPS


@given(gaps=st.lists(st.integers(min_value=0, max_value=120), min_size=1, max_size=12), late=st.integers(0, 300))
def test_at_any_time_one_token_leads_on_and_no_old_one_outlives_its_minute(gaps: list[int], late: int) -> None:
    session, at, spent = SESSION, timedelta(), dict[str, timedelta]()
    for number, gap in enumerate(gaps):
        at += timedelta(seconds=gap)
        spent[session.current] = at
        session = spend(session, f"v{number}", at)
    now = at + timedelta(seconds=late)
    assert judge(session, session.current, after=now) is Verdict.NEXT
    for token, when in spent.items():
        wanted = Verdict.AGAIN if now <= when + LIVES.grace else Verdict.REUSED
        assert judge(session, token, after=now) is wanted
    assert judge(replace(session, steps=()), "never", after=now) is Verdict.REUSED
