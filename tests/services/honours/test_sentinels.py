"""A year's community sentinels: never more than the number, however many name at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from chalicelib.domain.errors import Busy, DomainError
from chalicelib.domain.honours.records import HonourDeed
from chalicelib.domain.idempotency import Key
from chalicelib.domain.people.actions import PersonAction, Wish
from chalicelib.domain.people.model import Actor
from chalicelib.domain.reference.calendar import ZONE
from chalicelib.services.honours import sentinels
from chalicelib.services.people import person_actions
from chalicelib.services.points import posting
from chalicelib.store.honours import cases, records
from chalicelib.store.honours import sentinels as store
from chalicelib.store.notifications import inbox
from tests.bench.calls import counted
from tests.builders import ADMIN, AUDITOR, CENTRE, COMMITTEE, COURIER, DISTRICT, NOW, TOWNSHIP, VILLAGE, VILLAGER
from tests.honouring import FOR, SECOND, SHOWN, YEAR, apply, change, courier, draw, entry, known, members, name, rule

pytestmark = pytest.mark.usefixtures("rules")
MANY = [courier(f"c{number:02}") for number in range(16)]
TRIES = 20  # of a caller who is told that the store is busy


def ready(*actors: Actor) -> None:
    """They have applied and may be shown, and evidence was drawn."""
    known(*actors)
    for one in actors:
        apply(one, SHOWN)
        draw(one.id)


def outcome(one: Actor) -> str:
    """What becomes of naming somebody; who is told to come again does."""
    for _ in range(TRIES):
        try:
            name(one.id)
        except Busy:
            continue
        except DomainError as refusal:
            return refusal.rule
        return "named"
    return "busy"


def test_sixteen_named_at_once_are_twelve() -> None:
    ready(*MANY)
    with ThreadPoolExecutor(16) as pool:
        found = sorted(pool.map(outcome, MANY))
    assert found == ["named"] * 12 + ["sentinels_full"] * 4
    held = store.find(TOWNSHIP, YEAR)
    assert len(held.members) == len({one.person_id for one in held.members}) == held.version == 12
    assert [line.number for line in records.of(held.id)] == list(range(1, 13))


def test_of_two_who_name_the_last_at_once_one_is_refused() -> None:
    ready(*MANY[:13])
    for one in MANY[:11]:
        name(one.id)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(outcome, MANY[11:13])) == ["named", "sentinels_full"]
    assert len(members()) == 12


def test_somebody_named_twice_at_once_is_on_it_once() -> None:
    ready(COURIER)
    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(outcome, [COURIER] * 4)) == ["named"] + ["sentinel_named"] * 3
    assert len(inbox.page(COURIER.id, limit=9, before=None, now=NOW)) == 1


def test_who_is_overtaken_between_his_two_reads_is_told_what_happened(monkeypatch: pytest.MonkeyPatch) -> None:
    """The list is past and the message stands: that it stands is no answer."""
    ready(COURIER)
    real, names = cases.find, [SECOND]

    def find(person_id: str) -> object:
        if names:
            name(by=names.pop())
        return real(person_id)

    monkeypatch.setattr(cases, "find", find)
    assert rule(name) == "sentinel_named"


def test_the_year_just_ended_can_be_named_for_until_decembers_points_are_in() -> None:
    ready(*MANY[:2])
    january = datetime(2027, 2, 10, 12, tzinfo=ZONE)
    assert not name("c00", now=january).frozen
    later = datetime(2027, 2, 12, tzinfo=ZONE)
    assert sentinels.record(YEAR, FOR, by=DISTRICT, now=later).frozen
    assert rule(lambda: name("c01", now=later)) == "sentinels_frozen"


def test_who_names_a_list_that_has_changed_since_he_read_it_reads_it_again() -> None:
    ready(*MANY[:2])
    name("c00", version=0)
    assert rule(lambda: name("c01", version=0)) == "stale_version"
    assert name("c01", version=1).held.version == 2


def test_the_score_is_of_the_year_as_the_committee_saw_it() -> None:
    posting.post([entry("a", 50), entry("b", 60, day="2025-05-05")])
    ready(COURIER)
    posting.post([entry("c", 70)])
    name()
    [shown] = sentinels.public(YEAR, now=NOW)
    assert (shown.name, shown.villages, shown.score) == ("员courier", (VILLAGE,), 50)


def test_only_the_committee_names_and_never_himself() -> None:
    ready(COURIER)
    for someone in (CENTRE, ADMIN, DISTRICT, AUDITOR, VILLAGER, COURIER):
        assert rule(partial(name, by=someone)) == "role_needed"
    assert rule(lambda: name(by=Actor(id=COURIER.id, posts=COMMITTEE.posts))) == "own_case"
    assert rule(lambda: name("nobody")) == "no_honours_case"


def test_removed_by_decision_the_place_is_free() -> None:
    ready(*MANY[:2])
    name("c00")
    change(HonourDeed.REMOVE, "c00", by=SECOND)
    assert members() == [] and rule(lambda: change(HonourDeed.REMOVE, "c00")) == "no_such_sentinel"
    said = sentinels.record(YEAR, FOR, by=COMMITTEE, now=NOW).records
    assert [(line.deed, line.actor_id, line.reason) for line in said] == [
        (HonourDeed.NAME, COMMITTEE.id, "全年最多"),
        (HonourDeed.REMOVE, SECOND.id, "评议决定"),
    ]
    name("c00")
    assert members() == ["c00"]


def test_a_frozen_list_stays() -> None:
    ready(*MANY[:2])
    name("c00")
    assert change(HonourDeed.FREEZE).frozen
    assert rule(lambda: name("c01")) == rule(lambda: change(HonourDeed.REMOVE, "c00")) == "sentinels_frozen"
    over = NOW.replace(year=2027)
    assert sentinels.record(YEAR, FOR, by=DISTRICT, now=over).frozen
    assert [one.name for one in sentinels.public(YEAR, now=over)] == ["员c00"]


def test_who_has_left_is_shown_no_more_and_the_auditor_reads_no_name() -> None:
    ready(*MANY[:2])
    name("c00")
    name("c01")
    leave = Wish(action=PersonAction.LEAVE)
    person_actions.act("c00", leave, version=None, key=None, by=CENTRE, now=NOW)
    assert [one.name for one in sentinels.public(YEAR, now=NOW)] == ["员c01"]
    audited = sentinels.record(YEAR, FOR, by=AUDITOR, now=NOW)
    assert [entry.name for entry in audited.entries] == ["员***", "员***"]
    for someone in (CENTRE, ADMIN, VILLAGER, COURIER):
        assert rule(partial(sentinels.record, YEAR, FOR, by=someone, now=NOW)) == "role_needed"


def test_naming_sent_again_is_answered_again_and_costs_few_calls() -> None:
    ready(COURIER)
    key = Key(caller_id=COMMITTEE.id, key="k", fingerprint="f")
    with counted() as calls:
        name(key=key)
    assert calls.names[:4] == ["GetItem", "GetItem", "GetItem", "TransactWriteItems"]
    assert name(key=key).held.version == 1
    assert rule(lambda: name(key=replace(key, fingerprint="g"))) == "key_reused"
    with counted() as calls:
        sentinels.public(YEAR, now=NOW)
    assert calls.names == ["GetItem", "BatchGetItem", "BatchGetItem"]
