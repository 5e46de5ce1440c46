"""What was handed out: once where it is once, put right by another record, and the welcome pack is one of them."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import DomainError
from chalicelib.domain.handouts.giving import Gift
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.access import What
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.applications import Recruitment
from chalicelib.domain.people.model import Actor, Role
from chalicelib.services.handouts import handouts
from chalicelib.services.people import access, applications, own_data, person_actions
from chalicelib.store.handouts import handouts as store
from chalicelib.store.people import people
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, COURIER, COURIER2, NOW, VILLAGER, actor
from tests.honouring import courier, known, rule
from tests.joining import WELCOME, apply, call

__all__ = ["call"]
pytestmark = pytest.mark.usefixtures("rules")
DAY, PACK = date(2026, 11, 20), "welcome_pack"
LATER = timedelta(seconds=1)
ELSEWHERE = actor("v2", (Role.VILLAGE, "350211102999"))


def give(
    good: str = "book", count: int = 2, *, by: Actor = CENTRE, after: int = 0, day: date = DAY, key: Key | None = None
) -> str:
    gift = Gift(good=good, count=count, day=day, note="电话13800000000")
    return handouts.record(COURIER.id, gift, key=key, by=by, now=NOW + after * LATER).handout.id


def fix(id: str, count: int, *, after: int = 60, by: Actor = CENTRE, day: date = DAY) -> str:
    return handouts.correct(id, count, day, "写错", key=None, by=by, now=NOW + after * LATER).handout.id


def mine(by: Actor = COURIER) -> list[tuple[str, int]]:
    return [(one.handout.good, one.handout.count) for one in handouts.own(by, limit=50, cursor=None).records]


@pytest.fixture(autouse=True)
def person(rules: None) -> None:
    known(COURIER, COURIER2)


def test_what_was_given_is_his_to_see_newest_first_in_pages() -> None:
    give()
    give("heat_kit", 1, after=1)
    give("book", 3, after=2, by=VILLAGER)
    assert mine() == [("book", 3), ("heat_kit", 1), ("book", 2)] and mine(COURIER2) == []
    first = handouts.own(COURIER, limit=2, cursor=None)
    rest = handouts.own(COURIER, limit=2, cursor=first.cursor)
    assert [one.handout.good for one in first.records + rest.records] == ["book", "heat_kit", "book"]
    assert rest.cursor is None


def test_a_limit_holds_in_its_period_and_not_in_the_next() -> None:
    give(count=12)
    assert rule(lambda: give(count=1, after=1)) == "handout_limit"
    assert rule(lambda: give(count=12, after=1, day=date(2025, 12, 31))) == "handout_day"  # last year's are not used up
    give("winter_kit", 1, after=1)
    assert rule(lambda: give("nothing")) == "unknown_good"
    give("heat_kit", 1, after=2)
    assert rule(lambda: give("heat_kit", 1, after=3)) == "handout_limit"


def test_of_many_who_hand_out_the_last_at_once_one_does() -> None:
    def one(number: int) -> str:
        try:
            give(PACK, 1, after=number)
        except DomainError as refusal:
            return refusal.rule
        return "given"

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(one, range(8)))
    assert found.count("given") == 1 and len(mine()) == 1
    assert set(found) <= {"given", "handout_limit", "changed_meanwhile", "store_contention"}


def test_a_record_is_put_right_once_and_the_count_with_it() -> None:
    id = give(count=12)
    new = fix(id, 5)
    assert store.find(id).corrected_by == new and store.find(new).handout.corrects == id
    assert store.find(id).handout.count == 12
    assert rule(lambda: fix(id, 4, after=61)) == "handout_corrected"
    give(count=7, after=62)
    assert rule(lambda: give(count=1, after=63)) == "handout_limit"
    assert rule(lambda: fix(new, 6, after=64)) == "handout_limit"
    fix(new, 0, after=65)
    give(count=5, after=66)
    assert rule(lambda: fix("x.y", 1)) == "no_such_handout"


def test_an_approval_writes_the_welcome_pack_as_a_record(call: Recruitment) -> None:
    apply()
    welcome = replace(WELCOME, pack_on=DAY)
    applications.approve("a1", welcome, key=None, by=CENTRE, now=NOW)
    assert people.get("a1").pack_on == DAY and mine(courier("a1")) == [(PACK, 1)]
    pack = Wish(action=PersonAction.WELCOME_PACK, day=DAY)
    again = lambda: person_actions.act("a1", pack, version=None, key=None, by=CENTRE, now=NOW + LATER)  # noqa: E731
    assert rule(again) == "handout_limit"


def test_an_approval_without_one_leaves_it_to_be_given_later(call: Recruitment) -> None:
    apply()
    applications.approve("a1", WELCOME, key=None, by=CENTRE, now=NOW)
    assert mine(courier("a1")) == [] and people.get("a1").pack_on is None
    wish = Wish(action=PersonAction.WELCOME_PACK, day=DAY, reason="补发")
    person_actions.act("a1", wish, version=None, key=None, by=ADMIN, now=NOW)
    [kept] = handouts.own(courier("a1"), limit=9, cursor=None).records
    assert (kept.handout.giver, kept.handout.note, people.get("a1").pack_on) == (ADMIN.posts[0].key, "补发", DAY)


def test_what_was_never_given_put_right_to_never_given_leaves_the_day_of_another_record() -> None:
    never = fix(give(PACK, 1), 0, after=1)
    give(PACK, 1, after=2)
    assert rule(lambda: fix(never, 0, after=3, day=date(2026, 11, 21))) == "nothing_changes"
    assert people.get(COURIER.id).pack_on == DAY


STEPS = st.lists(st.tuples(st.sampled_from(["give", "act", "fix", "undo"]), st.integers(1, 20)), max_size=8)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_the_day_on_the_person_is_what_the_records_say(steps: list[tuple[str, int]]) -> None:
    for item in store.HandoutItem.query(COURIER.id):
        item.delete()
    people.put(replace(people.get(COURIER.id), pack_on=None))
    for number, (step, day) in enumerate(steps):
        with suppress(DomainError):
            do(step, date(2026, 11, day), number)
    held = [one for one in handouts.own(COURIER, limit=50, cursor=None).records if one.corrected_by is None]
    valid = [one.handout.day for one in held if one.handout.count]
    assert len(valid) <= 1 and people.get(COURIER.id).pack_on == (valid[0] if valid else None)


def do(step: str, day: date, number: int) -> None:
    """Something that is done about the welcome pack."""
    if step == "give":
        give(PACK, 1, after=number, day=day)
    elif step == "act":
        wish = Wish(action=PersonAction.WELCOME_PACK, day=day)
        person_actions.act(COURIER.id, wish, version=None, key=None, by=CENTRE, now=NOW + number * LATER)
    else:
        held = [one for one in handouts.own(COURIER, limit=50, cursor=None).records if one.corrected_by is None]
        if held:  # any of them, the newest or not
            fix(held[day.day % len(held)].handout.id, int(step == "fix"), after=number, day=day)


def test_who_sees_what_was_given() -> None:
    give(by=VILLAGER)
    give("heat_kit", 1, after=1)

    def of(by: Actor) -> list[str]:
        page = handouts.of_person(COURIER.id, by=by, now=NOW, limit=9, cursor=None)
        return [one.handout.note for one in page.records]

    def books(by: Actor) -> int:
        return len(handouts.of_month("book", "2026-11", by=by, now=NOW, limit=9, cursor=None).records)

    assert of(CENTRE) == of(VILLAGER) == ["电话13800000000"] * 2
    assert all("13800000000" not in note for note in of(AUDITOR))
    assert (books(CENTRE), books(VILLAGER), books(AUDITOR), books(ELSEWHERE)) == (1, 1, 1, 0)
    assert rule(lambda: of(ELSEWHERE)) == "person_not_yours"
    for someone in (COMMITTEE, ADMIN, COURIER2):
        assert rule(partial(of, someone)) == "role_needed"
        assert rule(partial(books, someone)) == "role_needed"
    whats = [line.what for line in access.about(COURIER.id, now=NOW + LATER, limit=50, cursor=None).entries]
    assert What.SAW_HANDOUTS in whats and whats.count(What.HANDED_OUT) == 2


def test_a_months_records_come_in_pages() -> None:
    for number in range(5):
        give(count=1, after=number, day=date(2026, 11, 10 + number))
    found: list[int] = []
    cursor: str | None = None
    while cursor or not found:
        page = handouts.of_month("book", "2026-11", by=CENTRE, now=NOW, limit=2, cursor=cursor)
        found += [one.handout.day.day for one in page.records]
        if not (cursor := page.cursor):
            break
    assert found == [14, 13, 12, 11, 10]


def test_who_is_forgotten_leaves_what_he_was_given_and_no_word() -> None:
    give()
    own_data.close_account(COURIER, now=NOW)
    own_data.erase(COURIER.id, now=NOW + timedelta(days=15))
    [kept] = store.of(COURIER.id, limit=9, cursor=None).records
    assert (kept.handout.count, kept.handout.note) == (2, "")


def test_recording_is_one_read_and_one_transaction_and_sent_again_it_is_once() -> None:
    key = Key(caller_id=CENTRE.id, key="k", fingerprint="f")
    give(key=key)
    with counted() as calls:
        give(after=5)
    assert calls.names == ["GetItem", "TransactWriteItems", "GetItem"]
    give(after=9, key=key)
    assert len(mine()) == 2
